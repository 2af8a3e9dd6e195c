from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.acts import TOKEN_REVOKED
from tongzhou.actors.models import ApiToken, Post
from tongzhou.actors.vocabulary import PERSON_DEACTIVATE
from tongzhou.kernel.errors import Conflict, NotFound
from tongzhou.ledger.append import append


class TokenRevokedAlready(Conflict):
    """The token is no longer valid."""

    code = "token-revoked-already"
    message = _("This token was revoked already.")


def revoke_token(*, token: ApiToken, by: Post, at: datetime) -> ApiToken:
    """Ends a token: one of the own person, or one of a unit whose posts ``by`` may end.
    Raises NotFound, TokenRevokedAlready."""
    with transaction.atomic():
        locked = ApiToken.objects.select_for_update(of=("self",))
        found = locked.select_related("post__unit__area").get(id=token.id)
        own = found.post.person_id == by.person_id
        if not own and not permissions.allowed(by=by, word=PERSON_DEACTIVATE, on=found.post.unit):
            raise NotFound()
        if found.revoked_at is not None:
            raise TokenRevokedAlready()
        found.revoked_at = at
        found.save(update_fields=["revoked_at"])
        append(
            TOKEN_REVOKED,
            at=at,
            about=("token", found.id),
            **by.signs(),
            with_units=[found.post.unit_id],
            area=by.unit.area.code,
        )
    return found

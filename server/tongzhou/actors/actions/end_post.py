from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import holdings, permissions
from tongzhou.actors.acts import POST_ENDED
from tongzhou.actors.models import ApiToken, Post
from tongzhou.actors.vocabulary import PERSON_DEACTIVATE
from tongzhou.kernel.errors import Conflict
from tongzhou.ledger.append import append


class PostEndedAlready(Conflict):
    """The term is over."""

    code = "post-ended-already"
    message = _("This post has ended already.")


def end_post(*, post: Post, by: Post, at: datetime) -> Post:
    """Ends the term of a post and revokes its API tokens; what it held falls to the unit.
    Raises NotAllowed, PostEndedAlready."""
    with transaction.atomic():
        locked = Post.objects.select_for_update(of=("self",)).select_related("unit__area")
        found = locked.get(id=post.id)
        permissions.require(by=by, word=PERSON_DEACTIVATE, on=found.unit)
        if found.ends_at is not None:
            raise PostEndedAlready()
        close(found, by=by, at=at)
    return found


def close(post: Post, *, by: Post, at: datetime) -> None:
    """Ends the term and writes it down; the caller has asked permission and holds a
    transaction with the post locked."""
    holdings.release([post], by=by, at=at)
    post.ends_at = at
    post.save(update_fields=["ends_at"])
    ApiToken.objects.filter(post=post, revoked_at=None).update(revoked_at=at)
    append(
        POST_ENDED,
        at=at,
        about=("post", post.id),
        **by.signs(),
        with_units=[post.unit_id],
        area=post.unit.area.code,
        audience=[post.unit_id],
        data={"role": post.role, "unit": str(post.unit_id)},
    )

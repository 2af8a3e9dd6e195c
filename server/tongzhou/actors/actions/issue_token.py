from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import keys, permissions
from tongzhou.actors.acts import TOKEN_ISSUED
from tongzhou.actors.models import ApiToken, Post
from tongzhou.actors.vocabulary import TOKEN_ISSUE, Word, held_words
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.ledger.append import append

_LONGEST = timedelta(days=366)
_MOST = 20
_HINT = 8


class LabelMissing(Invalid):
    """A token without a name by which it is told apart."""

    code = "label-missing"
    message = _("Please say what the token is for.")


class ScopeNotHeld(Invalid):
    """A permission that the post itself does not have."""

    code = "scope-not-held"
    message = _("Your post does not have the permission “%(scope)s”, so a token cannot.")


class ExpiryImpossible(Invalid):
    """A token that has expired already, or would be valid too long."""

    code = "expiry-impossible"
    message = _("A token expires in the future, at most one year ahead.")


class TooManyTokens(Conflict):
    """More tokens than one post needs."""

    code = "too-many-tokens"
    message = _("This post has %(most)s tokens in force. Revoke one first.")


def issue_token(
    *, label: str, scopes: Collection[str], expires_at: datetime, by: Post, at: datetime
) -> tuple[ApiToken, str]:
    """Makes a key with which a program acts for the post ``by``: it sees what the post sees
    and may use the permissions in ``scopes`` (none: it only reads). Returns the token and
    its text, which is shown once and not kept.

    Raises NotAllowed, LabelMissing, ScopeNotHeld, ExpiryImpossible, TooManyTokens.
    """
    if not label.strip():
        raise LabelMissing(field="label")
    if not at < expires_at <= at + _LONGEST:
        raise ExpiryImpossible(field="expires_at")
    text = keys.TOKEN_PREFIX + keys.new_key()
    with transaction.atomic():
        permissions.require(by=by, word=TOKEN_ISSUE)
        available = {word.name for word in grantable(by)}
        for scope in scopes:
            if scope not in available:
                raise ScopeNotHeld(field="scopes", scope=scope[:80])
        Post.objects.select_for_update().get(id=by.id)  # so that two at once are counted
        if ApiToken.objects.filter(post=by, revoked_at=None, expires_at__gt=at).count() >= _MOST:
            raise TooManyTokens(most=_MOST)
        token = ApiToken.objects.create(
            token_hash=keys.digest(text),
            hint=text[:_HINT],
            label=label.strip(),
            post=by,
            scopes=sorted(set(scopes)),
            created_at=at,
            expires_at=expires_at,
        )
        append(
            TOKEN_ISSUED,
            at=at,
            about=("token", token.id),
            **by.signs(),
            area=by.unit.area.code,
            data={"scopes": token.scopes, "expires_at": expires_at.isoformat()},
        )
    return token, text


def grantable(post: Post) -> list[Word]:
    """The permissions that a token of this post can have: those of its role, and when the
    post itself acts by a token, of that token."""
    return [word for word in held_words(post.role) if permissions.holds(post, word)]

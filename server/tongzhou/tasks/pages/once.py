"""A form that is sent twice by an impatient finger or a lost answer counts once.

Each form carries a number of its own, signed for the post that was given it. The first
request that brings it takes it; a second one finds it taken. Acts that change the state of a
task need none of this: the second finds the task in its new state.
"""

from typing import Final

from django.core import signing
from django.core.cache import cache

from tongzhou.actors.models import Post
from tongzhou.kernel.ids import new_id

_KEPT: Final = 3 * 3600  # seconds; longer than anybody presses a button again
_SALT: Final = "tasks.once"
_TAKEN: Final = 0


def number(post: Post) -> str:
    """A fresh number for a form of this post."""
    return signing.dumps([str(new_id()), str(post.id)], salt=_SALT)


def _key(post: Post, given: str) -> str:
    """The key under which the number is kept; "" for one that is missing or was given to
    somebody else: it protects nothing."""
    try:
        name, owner = signing.loads(given, salt=_SALT)
    except signing.BadSignature:
        return ""
    return f"once:{name}" if owner == str(post.id) else ""


def first(post: Post, given: str) -> bool:
    """True for the first request with this number."""
    key = _key(post, given)
    return not key or bool(cache.add(key, _TAKEN, _KEPT))


def free(post: Post, given: str) -> None:
    """Gives a number back: what it was taken for was refused, so it can be sent again."""
    key = _key(post, given)
    if key:
        cache.delete(key)


def made(post: Post, given: str, task: int) -> None:
    """Notes the number of the task that a form made."""
    key = _key(post, given)
    if key:
        cache.set(key, task, _KEPT)


def made_before(post: Post, given: str) -> int | None:
    """The number of the task that the form made; None while it is still being made."""
    key = _key(post, given)
    return (cache.get(key) or None) if key else None

"""What is in the hands of a person, told by the rooms that know: when somebody leaves, it
falls to the unit, and whoever lets them go is shown what that is.

A room registers its provider when it starts; this room knows none of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from tongzhou.actors.models import Post


@dataclass(frozen=True)
class Holding:
    """One thing in the hands of a post: its kind ("task") and id, how it is called, where
    it is shown, and the post."""

    kind: str
    id: UUID
    reference: str
    title: str
    address: str
    post: UUID


class Provider(Protocol):
    """A room's answer."""

    def held_by(self, posts: Sequence[Post]) -> list[Holding]:
        """What the posts hold and have not finished."""
        ...

    def release(self, posts: Sequence[Post], *, by: Post, at: datetime) -> None:
        """Gives it back to the units of the posts, in the caller's transaction."""
        ...


_PROVIDERS: list[Provider] = []


def register(provider: Provider) -> None:
    """Adds a provider."""
    _PROVIDERS.append(provider)


def held_by(posts: Sequence[Post]) -> list[Holding]:
    """Everything that the posts hold."""
    return [holding for provider in _PROVIDERS for holding in provider.held_by(posts)]


def release(posts: Sequence[Post], *, by: Post, at: datetime) -> None:
    """Gives it all back to the units."""
    for provider in _PROVIDERS:
        provider.release(posts, by=by, at=at)

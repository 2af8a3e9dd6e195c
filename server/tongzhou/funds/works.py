"""What money is asked for may lie in rooms above: they say here what is to be done, inside the
transaction, when it is paid."""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from tongzhou.actors.models import Post
from tongzhou.funds.choices import Work

#: Takes the id of the thing, the request's id, what is paid in all by now, who, and when.
Paid = Callable[[UUID, UUID, int, Post, datetime], None]
_PAID: Final[dict[str, Paid]] = {}


def when_paid(work: Work) -> Callable[[Paid], Paid]:
    """Registers what is done when a thing of this kind is paid. Raises ValueError for a kind that
    is taken."""

    def register(paid: Paid) -> Paid:
        if work in _PAID:
            raise ValueError(f"the payment of {work!r} is registered twice")
        _PAID[work] = paid
        return paid

    return register


def tell_paid(
    kind: str, id: UUID | None, spending: UUID, total: int, *, by: Post, at: datetime
) -> None:
    """Tells the room of the thing; nobody, where none registered."""
    told = _PAID.get(kind)
    if told is not None and id is not None:
        told(id, spending, total, by, at)

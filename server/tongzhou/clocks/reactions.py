"""The follower: sealed acts move the clocks."""

from collections.abc import Sequence
from typing import Final

from tongzhou.clocks.applying import apply
from tongzhou.kernel import clock
from tongzhou.ledger.follow import Sealed, follower

FOLLOWER: Final = "clocks"


@follower(FOLLOWER)
def move_clocks(acts: Sequence[Sealed]) -> None:
    """Applies the acts; run twice over the same act, nothing changes."""
    apply(acts, now=clock.now())

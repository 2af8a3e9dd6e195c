"""The follower: sealed acts move the clocks."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from tongzhou.clocks.applying import FOLLOWER, apply
from tongzhou.kernel import clock
from tongzhou.ledger.follow import Sealed, follower


@follower(FOLLOWER, title=_("Time limits start, move and stop"))
def move_clocks(acts: Sequence[Sealed]) -> None:
    """Applies the acts; run twice over the same act, nothing changes."""
    apply(acts, now=clock.now())

"""Reservations whose time is over."""

from django.utils.translation import gettext_lazy as _

from tongzhou.kernel import clock
from tongzhou.kernel.periodic import periodic
from tongzhou.stock.actions.release import release_lapsed


@periodic(
    "stock.release_lapsed",
    cron="*/5 * * * *",
    title=_("Frees goods whose reservation has run out"),
)
def lapse(timestamp: int = 0, **_: object) -> None:
    """Gives free what was reserved until a moment that has passed."""
    release_lapsed(at=clock.now())

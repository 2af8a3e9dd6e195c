"""Clocks: needs of which nobody said anything for a week."""

from django.utils.translation import gettext_lazy as _

from tongzhou.kernel import clock
from tongzhou.kernel.periodic import periodic
from tongzhou.needs.actions.doubt_needs import doubt_needs


@periodic(
    "needs.doubt_needs", cron="7 * * * *", title=_("Asks units whether their old needs still hold")
)
def doubt(timestamp: int = 0, **_: object) -> None:
    """Asks units whether their old needs still hold."""
    while doubt_needs(at=clock.now()):
        pass

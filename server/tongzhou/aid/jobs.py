"""Clocks: calls for aid whose last day is over."""

from django.utils.translation import gettext_lazy as _

from tongzhou.aid.actions.end_requests import end_requests
from tongzhou.kernel import clock
from tongzhou.kernel.periodic import periodic


@periodic("aid.end_requests", cron="11 * * * *", title=_("Ends calls for aid by their day"))
def end(timestamp: int = 0, **_: object) -> None:
    """Ends calls for aid by their day."""
    while end_requests(at=clock.now()):
        pass

"""Clocks: delegations whose term is over."""

from django.utils.translation import gettext_lazy as _

from tongzhou.kernel import clock
from tongzhou.kernel.periodic import periodic
from tongzhou.mandates.actions.expire_delegations import expire_delegations


@periodic(
    "mandates.expire_delegations",
    cron="*/5 * * * *",
    title=_("Ends delegations whose term is over"),
)
def expire(timestamp: int = 0, **_: object) -> None:
    """Ends each delegation whose term is over."""
    expire_delegations(at=clock.now())

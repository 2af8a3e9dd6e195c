"""Clocks: delegations whose term is over."""

from procrastinate.contrib.django import app

from tongzhou.kernel import clock
from tongzhou.mandates.actions.expire_delegations import expire_delegations


@app.periodic(cron="*/5 * * * *")
@app.task(name="mandates.expire_delegations", queueing_lock="mandates.expire_delegations")
def expire(timestamp: int = 0, **_: object) -> None:
    """Ends each delegation whose term is over."""
    expire_delegations(at=clock.now())

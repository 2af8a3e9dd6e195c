"""Reservations whose time is over."""

from procrastinate.contrib.django import app

from tongzhou.kernel import clock
from tongzhou.stock.actions.release import release_lapsed


@app.periodic(cron="*/5 * * * *")
@app.task(name="stock.release_lapsed", queueing_lock="stock.release_lapsed")
def lapse(timestamp: int = 0, **_: object) -> None:
    """Gives free what was reserved until a moment that has passed."""
    release_lapsed(at=clock.now())

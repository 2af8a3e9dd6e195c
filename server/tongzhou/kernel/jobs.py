"""What the clock clears away."""

from procrastinate.contrib.django import app

from tongzhou.kernel import clock, rate
from tongzhou.kernel.api import idempotency


@app.periodic(cron="23 * * * *")
@app.task(name="kernel.forget", queueing_lock="kernel.forget")
def forget(timestamp: int = 0, **_: object) -> None:
    """Deletes kept answers whose time is over and counts that no longer count."""
    at = clock.now()
    idempotency.forget(at=at)
    rate.forget(at=at)

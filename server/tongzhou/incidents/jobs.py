"""Clocks: response levels that are about to expire, measures that have expired."""

from django.utils.timezone import localtime
from procrastinate.contrib.django import app

from tongzhou.incidents.actions.note_expiry import note_expired_measures, note_expiring_grades
from tongzhou.kernel import clock


@app.periodic(cron="*/5 * * * *")
@app.task(name="incidents.note_expiry", queueing_lock="incidents.note_expiry")
def note_expiry(timestamp: int = 0, **_: object) -> None:
    """Tells once of each level and measure whose time is up."""
    at = localtime(clock.now())
    note_expiring_grades(at=at)
    note_expired_measures(at=at)

"""Clocks: response levels that are about to expire, measures that have expired."""

from procrastinate.contrib.django import app

from tongzhou.incidents import uploads
from tongzhou.incidents.actions.note_expiry import note_expired_measures, note_expiring_grades
from tongzhou.kernel import clock


@app.periodic(cron="*/5 * * * *")
@app.task(name="incidents.note_expiry", queueing_lock="incidents.note_expiry")
def note_expiry(timestamp: int = 0, **_: object) -> None:
    """Tells once of each level and measure whose time is up."""
    at = clock.now()
    note_expiring_grades(at=at)
    note_expired_measures(at=at)


@app.periodic(cron="17 3 * * *")
@app.task(name="incidents.forget_uploads", queueing_lock="incidents.forget_uploads")
def forget_uploads(timestamp: int = 0, **_: object) -> None:
    """Removes files of counts that were uploaded and never recorded."""
    uploads.forget(at=clock.now())

"""What is cleared away."""

from procrastinate.contrib.django import app

from tongzhou.incidents import uploads
from tongzhou.kernel import clock


@app.periodic(cron="17 3 * * *")
@app.task(name="incidents.forget_uploads", queueing_lock="incidents.forget_uploads")
def forget_uploads(timestamp: int = 0, **_: object) -> None:
    """Removes files of counts that were uploaded and never recorded."""
    uploads.forget(at=clock.now())

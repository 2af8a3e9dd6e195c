"""What the clock does for accounts."""

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from procrastinate.contrib.django import app

from tongzhou.actors.lockout import attempts_since
from tongzhou.kernel import clock


@app.periodic(cron="41 * * * *")
@app.task(name="actors.forget_sessions", queueing_lock="actors.forget_sessions")
def forget_sessions(timestamp: int = 0, **_: object) -> None:
    """Deletes sessions that have ended, and failed sign-ins that lock nobody any more: both
    say who was where, so they stay no longer than needed."""
    at = clock.now()
    Session.objects.filter(expire_date__lt=at).delete()
    AccessAttempt.objects.filter(attempt_time__lt=attempts_since(at)).delete()

"""What the clock does for accounts."""

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.lockout import attempts_since
from tongzhou.kernel import clock
from tongzhou.kernel.periodic import periodic


@periodic(
    "actors.forget_sessions",
    cron="41 * * * *",
    title=_("Forgets sessions that ended and failed sign-ins"),
)
def forget_sessions(timestamp: int = 0, **_: object) -> None:
    """Deletes sessions that have ended, and failed sign-ins that lock nobody any more: both
    say who was where, so they stay no longer than needed."""
    at = clock.now()
    Session.objects.filter(expire_date__lt=at).delete()
    AccessAttempt.objects.filter(attempt_time__lt=attempts_since(at)).delete()

"""What the clock clears away."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from procrastinate import JobContext
from procrastinate.builtin_tasks import remove_old_jobs

from tongzhou.kernel import clock, rate
from tongzhou.kernel.api import idempotency
from tongzhou.kernel.periodic import periodic

_KEPT_HOURS: Final = 7 * 24


@periodic(
    "kernel.forget", cron="23 * * * *", title=_("Forgets kept answers and old counts of requests")
)
def forget(timestamp: int = 0, **_: object) -> None:
    """Deletes kept answers whose time is over and counts that no longer count."""
    at = clock.now()
    idempotency.forget(at=at)
    rate.forget(at=at)


@periodic(
    "kernel.forget_jobs",
    cron="47 4 * * *",
    title=_("Removes jobs that ended a week ago"),
    pass_context=True,
)
async def forget_jobs(context: JobContext, timestamp: int = 0, **_: object) -> None:
    """Removes jobs that ended, well or not, once nobody asks for them any more: a failure stays
    in sight for as long on the page of the background work."""
    await remove_old_jobs(
        context,
        max_hours=_KEPT_HOURS,
        remove_failed=True,
        remove_cancelled=True,
        remove_aborted=True,
    )

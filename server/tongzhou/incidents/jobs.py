"""What is cleared away."""

from django.utils.translation import gettext_lazy as _

from tongzhou.incidents import uploads
from tongzhou.kernel import clock
from tongzhou.kernel.periodic import periodic


@periodic(
    "incidents.forget_uploads",
    cron="17 3 * * *",
    title=_("Removes uploaded counts that were never recorded"),
)
def forget_uploads(timestamp: int = 0, **_: object) -> None:
    """Removes files of counts that were uploaded and never recorded."""
    uploads.forget(at=clock.now())

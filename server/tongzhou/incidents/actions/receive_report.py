from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import REPORT_PASS
from tongzhou.incidents.actions.reporting import locked_report, tell
from tongzhou.incidents.acts import REPORT_RECEIVED
from tongzhou.incidents.models import Report
from tongzhou.kernel.errors import Conflict, NotAllowed


class ReportSeen(Conflict):
    """The unit has confirmed receipt before."""

    code = "report-received"
    message = _("Receipt of this report has been confirmed already.")


def receive_report(*, report: Report, by: Post, at: datetime) -> Report:
    """Confirms for the unit that was given the report last that it has it. The limit for
    passing it on goes on. Raises NotFound, NotAllowed, ReportSeen."""
    with transaction.atomic():
        locked = locked_report(report.id)
        leg = locked.legs.order_by("-place").first()
        assert leg is not None
        if leg.unit_id != by.unit_id:
            permissions.require(by=by, word=REPORT_PASS, on=locked)
            raise NotAllowed(permission=REPORT_PASS.label)
        if not permissions.holds(by, REPORT_PASS):
            raise NotAllowed(permission=REPORT_PASS.label)
        if leg.seen_at is not None:
            raise ReportSeen()
        leg.seen_at, leg.seen_by = at, by
        leg.save(update_fields=["seen_at", "seen_by"])
        tell(
            REPORT_RECEIVED,
            locked,
            by=by,
            at=at,
            leg=leg,
            asked_at=leg.received_at,
            outcome="received",
        )
    return locked

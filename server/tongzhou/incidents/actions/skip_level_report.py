from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import REPORT_SKIP
from tongzhou.incidents.actions.change import reason_given
from tongzhou.incidents.actions.reporting import (
    NoFurtherLevel,
    arrive,
    leave,
    locked_report,
    movable_leg,
    tell,
)
from tongzhou.incidents.acts import REPORT_ARRIVED, REPORT_LEVEL_SKIPPED
from tongzhou.incidents.models import Report
from tongzhou.incidents.queries import chains
from tongzhou.kernel.errors import Invalid


class SkipForbidden(Invalid):
    """The chain does not allow a level to be jumped."""

    code = "report-skip-forbidden"
    message = _("This chain does not allow a level to be skipped.")


class NotAbove(Invalid):
    """The level is not one above the next: nothing would be skipped."""

    code = "report-level-not-above"
    message = _("Choose a level above the next one; to the next one the report is passed on.")


def skip_level_report(
    *, report: Report, to_level: str, reason: str, by: Post, at: datetime
) -> Report:
    """Brings a report past one or more levels, with a reason: by its holder, by a unit above
    the holder, or by any unit that passed it on before and sees it lie. For those, the
    holder is what is skipped, so the next level counts as well.

    Raises NotFound, NotAllowed, ReasonMissing, ReportEnded, SkipForbidden, NotAbove,
    NoFurtherLevel.
    """
    reason = reason_given(reason)
    with transaction.atomic():
        locked = locked_report(report.id)
        leg = movable_leg(locked, by=by, word=REPORT_SKIP)
        body = chains.of_id(locked.chain)
        if body.skip == "never":
            raise SkipForbidden()
        here = body.place(leg.level)
        wanted = next((n for n, each in enumerate(body.levels) if each.key == to_level), -1)
        holds = by.unit_id == locked.holder_id
        if wanted <= (here + 1 if holds else here):
            raise NotAbove(field="to_level")
        to = chains.after(body, wanted - 1, area=locked.about.area, beside=locked.holder)
        if to is None:
            raise NoFurtherLevel()
        jumped = [each.key for each in body.levels[here + 1 : body.place(to.level.key)]]
        outcome = leave(leg, by=by, at=at, left_out=jumped, reason=reason)
        new = arrive(locked, body, to, at=at)
        tell(
            REPORT_LEVEL_SKIPPED,
            locked,
            by=by,
            at=at,
            to=to,
            leg=new,
            asked_at=leg.received_at,
            outcome=outcome,
            data={
                "from": leg.level,
                "left_out": jumped,
                "past_holder": not holds,
            },
        )
        if locked.ended_at is not None:
            tell(REPORT_ARRIVED, locked, by=by, at=at, leg=new, outcome=outcome)
    return locked

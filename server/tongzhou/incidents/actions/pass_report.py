from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import REPORT_PASS
from tongzhou.incidents.actions.reporting import (
    NoFurtherLevel,
    arrive,
    leave,
    locked_report,
    movable_leg,
    tell,
)
from tongzhou.incidents.acts import REPORT_ARRIVED, REPORT_PASSED
from tongzhou.incidents.models import Report
from tongzhou.incidents.queries import chains


def pass_report(*, report: Report, by: Post, at: datetime) -> Report:
    """Passes a report on to the next level of its chain: by the unit that holds it, or by one
    above that unit in the line of command, which takes it up. That it came late stands in
    the act; nobody can send it back or stop it.

    Raises NotFound, NotAllowed, ReportEnded, NoFurtherLevel.
    """
    with transaction.atomic():
        locked = locked_report(report.id)
        leg = movable_leg(locked, by=by, word=REPORT_PASS)
        body = chains.of_id(locked.chain)
        to = chains.after(body, body.place(leg.level), area=locked.about.area, beside=locked.holder)
        if to is None:
            raise NoFurtherLevel()
        taken_up = by.unit_id != locked.holder_id
        outcome = leave(leg, by=by, at=at, left_out=to.left_out)
        new = arrive(locked, body, to, at=at)
        tell(
            REPORT_ARRIVED if locked.ended_at is not None else REPORT_PASSED,
            locked,
            by=by,
            at=at,
            to=to,
            leg=new,
            asked_at=leg.received_at,
            outcome=outcome,
            data={"from": leg.level, "left_out": list(to.left_out), "taken_up": taken_up},
        )
    return locked

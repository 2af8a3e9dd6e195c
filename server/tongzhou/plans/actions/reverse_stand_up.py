from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.incidents.actions.change import reason_given, record
from tongzhou.plans.actions.authority import begin_with_plan
from tongzhou.plans.actions.taking_back import Report, end, take_back
from tongzhou.plans.acts import PLAN_REVERSED
from tongzhou.plans.models import PlanLine, StandState, StandUp


def reverse_stand_up(*, stand_up: StandUp, reason: str, by: Post, at: datetime) -> Report:
    """Takes back that a plan was stood up: withdraws the tasks that nobody has begun, dissolves
    its groups, lifts its measures. The report says what could not be taken back, and why.

    Raises NotFound, NotAllowed, IncidentClosed, AnotherAuthority, PlanNotStanding,
    ReasonMissing.
    """
    with transaction.atomic():
        incident, locked = begin_with_plan(stand_up, by=by)
        reason = reason_given(reason)
        lines = list(PlanLine.objects.filter(stand_up=locked).order_by("place", "id"))
        report = take_back(lines, reason=reason, by=by, at=at)
        end(locked, StandState.REVERSED, reason=reason, by=by, at=at)
        record(
            PLAN_REVERSED,
            incident=incident,
            by=by,
            at=at,
            about=("plan", locked.id),
            with_units={line.unit_id for line in lines if line.unit_id is not None},
            basis="order",
            outcome="reversed",
            data={
                "plan": locked.key,
                "taken": len(report.taken),
                "stayed": [f"{line.kind}:{line.key}" for line in report.stayed],
            },
        )
    return report

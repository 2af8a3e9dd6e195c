from datetime import datetime
from typing import cast

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.incidents.actions.change import reason_given, record
from tongzhou.library import queries as library
from tongzhou.library.kinds.plan import Plan
from tongzhou.plans.actions.authority import begin_with_plan
from tongzhou.plans.actions.making import make_lines
from tongzhou.plans.actions.taking_back import Report, end, take_back
from tongzhou.plans.acts import PLAN_STEPPED_DOWN
from tongzhou.plans.models import PlanLine, StandState, StandUp
from tongzhou.plans.queries.ending import kept
from tongzhou.plans.queries.preview import step_lines


def step_down_plan(*, stand_up: StandUp, reason: str, by: Post, at: datetime) -> Report:
    """Ends a plan in order: sends the tasks of its step-down list, withdraws those that nobody
    has begun and leaves the others to be finished, dissolves its groups and lifts its measures
    but for those that the list keeps.

    Raises NotFound, NotAllowed, IncidentClosed, AnotherAuthority, PlanNotStanding,
    ReasonMissing, and what sending the tasks raises.
    """
    with transaction.atomic():
        incident, locked = begin_with_plan(stand_up, by=by)
        reason = reason_given(reason)
        version = library.version(locked.version)
        lines = list(PlanLine.objects.filter(stand_up=locked).order_by("place", "id"))
        spare = kept(lines, cast(Plan, version.body))
        report = take_back(lines, reason=reason, by=by, at=at, spare=spare)
        steps = make_lines(
            step_lines(version, incident, by=by, at=at),
            stand_up=locked,
            incident=incident,
            by=by,
            at=at,
            first=len(lines),
        )
        end(locked, StandState.STEPPED_DOWN, reason=reason, by=by, at=at)
        told = {line.unit_id for line in (*lines, *steps) if line.unit_id is not None}
        record(
            PLAN_STEPPED_DOWN,
            incident=incident,
            by=by,
            at=at,
            about=("plan", locked.id),
            with_units=told,
            basis="order",
            outcome="stepped_down",
            data={
                "plan": locked.key,
                "taken": len(report.taken),
                "going": [f"{line.kind}:{line.key}" for line in report.going],
                "tasks": sum(line.made is not None for line in steps),
                "unresolved": [line.key for line in steps if line.made is None],
            },
        )
    return report

"""What holds for every act of this room: somebody may do it, somebody who sees the plan may
not, somebody else does not find it, a closed incident stands still, and nothing is left behind
when it fails. Standing up is tested beside this file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from unit.plans.conftest import AT, HOUR
from unit.rows import rows

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.change import IncidentClosed
from tongzhou.incidents.actions.close_incident import close_incident
from tongzhou.incidents.actions.edit_incident import edit_incident
from tongzhou.incidents.models import Incident, Measure, WorkingGroup
from tongzhou.kernel.errors import NotAllowed, NotFound
from tongzhou.ledger.models import Act
from tongzhou.library.queries import Version
from tongzhou.plans.actions.fill_line import fill_line
from tongzhou.plans.actions.follow_incubation import follow_incubation
from tongzhou.plans.actions.reverse_stand_up import reverse_stand_up
from tongzhou.plans.actions.stand_up_plan import stand_up_plan
from tongzhou.plans.actions.step_down_plan import step_down_plan
from tongzhou.plans.models import PlanLine, StandUp
from tongzhou.tasks.models import Task

TABLES = (StandUp, PlanLine, Task, WorkingGroup, Measure)
LATER = AT + HOUR
Done = Callable[[StandUp, Cast, Post], Any]


@dataclass(frozen=True)
class Case:
    """An act, and what it writes down."""

    do: Done
    type: str


CASES = {
    "reverse_stand_up": Case(
        lambda stand, cast, by: reverse_stand_up(stand_up=stand, reason="x", by=by, at=LATER),
        "plan.reversed.v1",
    ),
    "step_down_plan": Case(
        lambda stand, cast, by: step_down_plan(stand_up=stand, reason="x", by=by, at=LATER),
        "plan.stepped_down.v1",
    ),
    "fill_line": Case(
        lambda stand, cast, by: fill_line(
            line=stand.lines.get(key="nobody"), unit=cast.units["hz-health"], reason="x", by=by,
            at=LATER,
        ),
        "plan.line_filled.v1",
    ),
}  # fmt: skip

every_act = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


@pytest.fixture
def stand_up(cast: Cast, first_level: Incident, plan: Version) -> StandUp:
    """The plan for level I, stood up by the province."""
    return stand_up_plan(incident=first_level, version=plan.id, by=cast.shen, at=AT)


@every_act
def test_it_happens_and_stands_in_the_ledger_once(
    cast: Cast, stand_up: StandUp, case: Case
) -> None:
    case.do(stand_up, cast, cast.shen)

    act = Act.objects.get(type=case.type)
    assert (act.about_kind, act.about_id, act.by_post) == ("plan", stand_up.id, cast.shen.id)
    assert (act.at, act.kind) == (LATER, "decide")
    assert cast.units["wz-trade"].id not in act.audience


@every_act
@pytest.mark.parametrize("who", ["lou", "gu", "qiu"])
def test_whoever_sees_it_without_the_power_is_refused(
    cast: Cast, stand_up: StandUp, case: Case, who: str
) -> None:
    before = rows(TABLES)

    with pytest.raises(NotAllowed):
        case.do(stand_up, cast, cast.posts[who])

    assert rows(TABLES) == before


@every_act
def test_another_organisation_finds_nothing(cast: Cast, stand_up: StandUp, case: Case) -> None:
    with pytest.raises(NotFound):
        case.do(stand_up, cast, cast.ou)


@every_act
def test_in_a_closed_incident_nothing_moves(cast: Cast, stand_up: StandUp, case: Case) -> None:
    close_incident(
        incident=stand_up.incident, reason="Over", lift_measures=True, by=cast.shen, at=AT
    )

    with pytest.raises(IncidentClosed):
        case.do(stand_up, cast, cast.shen)


@every_act
def test_a_failing_ledger_leaves_nothing_behind(
    cast: Cast, stand_up: StandUp, case: Case, broken_ledger: Any
) -> None:
    before = rows(TABLES)

    with broken_ledger():
        case.do(stand_up, cast, cast.shen)

    assert rows(TABLES) == before


def test_following_the_incubation_leaves_nothing_behind_either(
    cast: Cast, stand_up: StandUp, broken_ledger: Any
) -> None:
    incident = edit_incident(
        incident=stand_up.incident, reason="Known", incubation_days=7, by=cast.shen, at=LATER
    )
    before = rows(TABLES)

    with broken_ledger():
        follow_incubation(incident=incident.id, by=cast.shen, at=LATER)

    assert rows(TABLES) == before

"""Measures of boundaries, of burden and of the course over time, on logs with known truths."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from actscope.diagnose.diagnosis import Verdict, diagnose
from actscope.diagnose.log import Log
from actscope.diagnose.measures import MEASURES
from actscope.diagnose.rules import read_rules
from actscope.synth.log import synthetic_log
from actscope.synth.settings import Plant, Settings

MakeActs = Callable[..., pa.Table]
START = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def asked(make_acts: MakeActs) -> Log:
    """The street asks three units of the city; health answers in time, the hospital late, the
    firm not at all."""
    due = START + timedelta(hours=4)
    rows = []
    for place, (unit, hours) in enumerate({"health": 2, "hospital": 6, "firm": 0}.items()):
        case = {"about_kind": "task", "about_id": f"t{place}"}
        rows.append(
            case
            | {"by_unit": "street", "with_units": [unit], "kind": "ask", "at": START, "due_at": due}
        )
        if hours:
            at = START + timedelta(hours=hours)
            rows.append(
                case | {"by_unit": unit, "with_units": ["street"], "kind": "answer", "at": at}
            )
    late = {"by_unit": "grid", "with_units": [], "at": START + timedelta(days=9)}
    actors = pa.table(
        {
            "unit": ["street", "health", "hospital", "firm", "grid"],
            "sector": ["government", "government", "hospital", "enterprise", None],
            "level": ["street", "city", "city", "city", "grid"],
            "area": ["330106", "3301", "3301", "3301", None],
        }
    )
    return Log(make_acts(*rows, late), actors=actors)


def test_parts_of_a_gap_are_those_of_its_requests(asked: Log) -> None:
    answered = MEASURES["answered_level"](asked)
    on_time = MEASURES["on_time_level"](asked)

    assert (answered.value, answered.n) == (pytest.approx(2 / 3), 3)
    assert (on_time.value, on_time.n) == (pytest.approx(1 / 2), 2)
    assert {case.who for case in answered.cases} >= {"street → firm", "street → hospital"}


def test_without_actors_no_boundary_is_measured(asked: Log) -> None:
    found = MEASURES["gap_society"](Log(asked.acts))

    assert (found.value, found.n) == (None, 0)


def test_burden_falls_on_those_who_are_asked(asked: Log) -> None:
    """Three of five bear one request each: the Gini of 0, 0, 1, 1, 1 is 2 ÷ 5."""
    found = MEASURES["burden_gini"](asked)

    assert found.value == pytest.approx(0.4)
    assert found.n == 3


@pytest.mark.parametrize("planted", [True, False])
def test_a_diagnosis_finds_what_was_planted_and_only_that(planted: bool) -> None:
    plants = (Plant.RISE_AND_FALL, Plant.BURDEN) if planted else ()
    log = synthetic_log(Settings(acts=6_000, units=30, plants=plants, seed=5))

    found = diagnose(Log(log.acts(), actors=log.actors(), plan=log.plan()), read_rules())

    problems = {problem.id: problem for problem in found.problems}
    fading = problems["fading"]
    burden = next(cause for cause in fading.causes if cause.id == "burden")
    assert (fading.verdict is Verdict.SHOWN) == planted
    assert (burden.verdict is Verdict.SHOWN) == planted
    assert ("social_trust" in [k for k, held in found.plan.items() if held]) == planted

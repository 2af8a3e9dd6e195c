"""Cases held against a plan."""

import json
from pathlib import Path

import pytest

from actscope.process.closing import closed_at_last_event, closed_by_activity
from actscope.process.conformance import conformance
from actscope.process.plan import (
    Plan,
    PlanCycleError,
    PlanRepeatsError,
    PlanStepUnknownError,
    PlanUnreadableError,
    Step,
    in_sequence,
    read_plan,
)

from .conftest import MakeLog

PLAN = in_sequence("alert", "verify", "respond")


def test_missing_disordered_and_extra_steps_are_told_apart(make_log: MakeLog) -> None:
    log = make_log(
        *("good 0 r alert", "good 1 r verify", "good 2 r call", "good 3 r respond"),
        *("short 0 r alert", "short 1 r respond"),
        *("odd 0 r verify", "odd 1 r alert", "odd 2 r respond"),
    )

    found = conformance(log, PLAN, closed_at_last_event(log))

    assert (found.n, found.conforming) == (3, 1)
    assert found.share == pytest.approx(1 / 3)
    assert (found.with_missing, found.out_of_order, found.with_extra) == (1, 1, 1)
    assert [(s.activity, s.cases, s.missing) for s in found.steps] == [
        ("alert", 3, 0),
        ("verify", 2, 1),
        ("respond", 3, 0),
    ]
    assert [(o.before, o.after, o.n, o.broken) for o in found.order] == [
        ("alert", "verify", 2, 1),
        ("verify", "respond", 2, 0),
    ]
    assert [(e.activity, e.cases, e.events) for e in found.extra] == [("call", 1, 1)]
    # 5 of 5 checks, 2 of 3 (three steps, no pair), 4 of 5
    assert found.fitness == pytest.approx((1 + 2 / 3 + 4 / 5) / 3)
    assert [case for case, _ in found.worst] == ["short", "odd"]
    assert [fitness for _, fitness in found.worst] == pytest.approx([2 / 3, 4 / 5])


def test_steps_without_an_order_may_come_in_any(make_log: MakeLog) -> None:
    plan = Plan(
        (
            Step(activity="alert"),
            Step(activity="lab", after=("alert",)),
            Step(activity="trace", after=("alert",), optional=True),
        )
    )
    log = make_log("1 0 r alert", "1 1 r trace", "1 2 r lab", "2 0 r alert", "2 1 r lab")

    found = conformance(log, plan, closed_at_last_event(log))

    assert (found.conforming, found.fitness) == (2, 1.0)


def test_what_an_open_case_has_not_reached_is_due_and_not_missing(make_log: MakeLog) -> None:
    log = make_log("1 0 r alert", "2 0 r alert", "2 1 r verify", "2 2 r respond", "3 0 r call")

    found = conformance(log, PLAN, closed_by_activity(log, ["respond"]))

    assert (found.with_missing, found.conforming, found.fitness) == (0, 3, 1.0)
    assert [step.due for step in found.steps] == [1, 2, 2]


def test_events_without_activity_are_counted_and_no_cases_conform_to_nothing(
    make_log: MakeLog,
) -> None:
    log = make_log("1 0 r -")
    assert conformance(log, PLAN, closed_at_last_event(log)).missing == 1

    empty = conformance(make_log(), PLAN, closed_at_last_event(make_log()))
    assert (empty.n, empty.share, empty.fitness) == (0, None, None)


def test_plans_that_contradict_themselves_are_refused() -> None:
    with pytest.raises(PlanRepeatsError, match="alert"):
        in_sequence("alert", "alert")
    with pytest.raises(PlanStepUnknownError, match="signal"):
        Plan((Step(activity="alert", after=("signal",)),))
    with pytest.raises(PlanCycleError, match="→"):
        Plan((Step(activity="a", after=("b",)), Step(activity="b", after=("a",))))


def test_a_plan_is_read_from_json(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    steps = [{"activity": "alert"}, {"activity": "verify", "after": ["alert"], "optional": True}]
    file.write_text(json.dumps({"steps": steps}), encoding="utf-8")

    plan = read_plan(file)

    assert plan.steps[1] == Step(activity="verify", after=("alert",), optional=True)
    assert plan.order == (("alert", "verify"),)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "{}",
        '{"steps": []}',
        '{"steps": [{"name": "a"}]}',
        '{"steps": [{"activity": 1}]}',
        '{"steps": [{"activity": "a", "after": "b"}]}',
        '{"steps": [{"activity": "a", "x": 1}]}',
    ],
)
def test_other_files_are_no_plans(tmp_path: Path, text: str) -> None:
    file = tmp_path / "plan.json"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(PlanUnreadableError) as refused:
        read_plan(file)
    assert refused.value.sentence("zh")


def test_a_plan_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanUnreadableError):
        read_plan(tmp_path / "none.json")

"""Standing a plan up, taking it back, stepping it down."""

from typing import Any

import pytest
from unit.plans.conftest import AT, DAY, HOUR, PLAN, charged, graded, published

from tongzhou.actors.actions.edit_unit import edit_unit
from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.change import IncidentClosed
from tongzhou.incidents.actions.close_incident import close_incident
from tongzhou.incidents.models import Incident, Measure, WorkingGroup
from tongzhou.kernel.errors import NotAllowed, NotFound, ReasonMissing
from tongzhou.ledger.models import Act
from tongzhou.library.queries import Version
from tongzhou.plans import queries
from tongzhou.plans.actions.authority import AnotherAuthority, PlanNotStanding
from tongzhou.plans.actions.fill_line import LineNotOpen, fill_line
from tongzhou.plans.actions.reverse_stand_up import reverse_stand_up
from tongzhou.plans.actions.stand_up_plan import (
    LineUnknown,
    OverruleUnfit,
    PlanStands,
    PreviewChanged,
    stand_up_plan,
)
from tongzhou.plans.actions.step_down_plan import step_down_plan
from tongzhou.plans.models import Outcome, PlanLine, StandUp
from tongzhou.plans.outline import Overrule
from tongzhou.plans.queries.fitting import PlanOfElsewhere, PlanUnfit
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.start_task import start_task
from tongzhou.tasks.models import State, Task


def _stand_up(cast: Cast, incident: Incident, plan: Version, **given: Any) -> StandUp:
    arguments = {"by": cast.shen, "at": AT} | given
    return stand_up_plan(incident=incident, version=plan.id, **arguments)


def _outcomes(stand_up: StandUp) -> dict[str, str]:
    return {f"{line.kind}:{line.key}": line.outcome for line in stand_up.lines.all()}


ALL = {
    "group:control": "made",
    "group:office": "made",
    "group:headless": "unresolved",
    "task:trace": "made",
    "task:beds": "made",
    "task:guard@3301": "made",
    "task:guard@3303": "made",
    "task:nobody": "unresolved",
    "measure:gatherings": "made",
    "measure:visits@3301": "not_proposed",
    "measure:visits@3303": "not_proposed",
    "measure:small": "not_proposed",
}


def test_a_plan_begins_everything_at_once(cast: Cast, first_level: Incident, plan: Version) -> None:
    stand_up = _stand_up(cast, first_level, plan)

    assert _outcomes(stand_up) == ALL
    tasks = list(Task.objects.select_related("lead"))
    assert {t.lead.code for t in tasks} == {
        "zj-cdc", "zj-health", "hz-command", "wz-command",
    }  # fmt: skip
    assert {(t.state, t.asker_id, t.basis) for t in tasks} == {
        ("dispatched", cast.shen.unit_id, "order")
    }
    assert all(t.mandate.startswith("cell:") for t in tasks)
    group = WorkingGroup.objects.get(name_en="Epidemic control")
    assert group.chair == cast.units["zj-cdc"]
    assert {u.code for u in group.members.all()} == {
        "zj-cdc", "zj-health", "hz-command", "wz-command",
    }  # fmt: skip
    measure = Measure.objects.get()
    assert measure.stop_rule == "连续14天无新增病例 No new case for 14 days"
    assert measure.expires_at == AT + 28 * DAY


def test_it_is_one_act_that_all_concerned_are_told_of(
    cast: Cast, first_level: Incident, plan: Version
) -> None:
    stand_up = _stand_up(cast, first_level, plan)

    act = Act.objects.get(type="plan.stood_up.v1")
    assert (act.about_kind, act.about_id, act.incident) == ("plan", stand_up.id, first_level.id)
    told = {cast.units[c].id for c in ("zj-cdc", "zj-health", "hz-command", "wz-command")}
    assert set(act.with_units) == told
    assert act.data["unresolved"] == ["group:headless", "task:nobody"]
    assert (act.data["groups"], act.data["tasks"], act.data["measures"]) == (2, 4, 1)


def test_the_preview_says_all_of_it_and_changes_nothing(
    cast: Cast, first_level: Incident, plan: Version
) -> None:
    found = queries.preview(plan, first_level, visible_to=cast.shen, at=AT)

    lines = {line.name: line for line in found.outline.lines}
    assert [line.name for line in found.outline.unresolved] == ["group:headless", "task:nobody"]
    assert lines["task:nobody"].why.code == "nobody-charged"  # type: ignore[union-attr]
    assert [o.code for o in lines["group:control"].missing] == ["nobody-charged"]  # type: ignore[attr-defined]
    assert lines["task:trace"].cell is not None  # type: ignore[attr-defined]
    assert lines["measure:gatherings"].judgement.readings[0].value == 64_567_588
    assert lines["measure:visits@3301"].standing == "undecided"
    assert lines["measure:small"].standing == "not_met"
    assert [limit.key for limit in found.limits] == ["task-due"]
    assert not Task.objects.exists()


def test_who_is_asked_for_instead_of_ordered_is_said(
    cast: Cast, first_level: Incident, duties: None
) -> None:
    charged(cast, "trade", a33="wz-trade")
    plan = published(PLAN.replace("duty: guard-place\n      each: city", "duty: trade"), cast)

    found = queries.preview(plan, first_level, visible_to=cast.shen, at=AT)

    assert {line.key: line.basis for line in found.outline.tasks}["guard"] == "agreement"
    _stand_up(cast, first_level, plan)


def test_a_person_may_leave_out_assign_and_put_in_each_with_a_reason(
    cast: Cast, first_level: Incident, plan: Version
) -> None:
    stand_up = _stand_up(
        cast, first_level, plan,
        overrules=[
            Overrule("task:beds", "leave_out", "There are enough"),
            Overrule("task:nobody", "assign", "They offered", cast.units["hz-health"]),
            Overrule("measure:small", "include", "The village asked for it"),
        ],
    )  # fmt: skip

    outcomes = _outcomes(stand_up)
    assert outcomes["task:beds"] == "left_out"
    assert outcomes["task:nobody"] == outcomes["measure:small"] == "made"
    line = stand_up.lines.get(key="nobody")
    assert (line.by_hand, line.reason, line.unit) == (True, "They offered", cast.units["hz-health"])
    act = Act.objects.get(type="plan.stood_up.v1")
    assert act.data["left_out"] == ["task:beds"]
    assert act.data["assigned"] == {"task:nobody": str(cast.units["hz-health"].id)}
    assert "offered" not in str(act.data)


@pytest.mark.parametrize(
    ("overrule", "refusal"),
    [
        (Overrule("task:unheard-of", "leave_out", "x"), LineUnknown),
        (Overrule("task:beds", "leave_out", " "), ReasonMissing),
        (Overrule("measure:small", "assign", "x"), OverruleUnfit),
        (Overrule("task:beds", "assign", "x"), OverruleUnfit),
        (Overrule("task:beds", "include", "x"), OverruleUnfit),
    ],
)
def test_an_overrule_that_makes_no_sense_is_refused(
    cast: Cast, first_level: Incident, plan: Version, overrule: Overrule, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        _stand_up(cast, first_level, plan, overrules=[overrule])

    assert not StandUp.objects.exists()


def test_what_was_seen_binds_but_not_what_one_decides_oneself(
    cast: Cast, first_level: Incident, plan: Version
) -> None:
    seen = queries.preview(plan, first_level, visible_to=cast.shen, at=AT).digest
    own = [Overrule("task:beds", "leave_out", "Enough of them")]
    edit_unit(unit=cast.units["zj-cdc"], active=False, by=cast.an, at=AT)

    with pytest.raises(PreviewChanged):
        _stand_up(cast, first_level, plan, overrules=own, seen=seen)
    edit_unit(unit=cast.units["zj-cdc"], active=True, by=cast.an, at=AT)
    _stand_up(cast, first_level, plan, overrules=own, seen=seen)


def test_the_same_plan_is_not_stood_up_twice(
    cast: Cast, first_level: Incident, plan: Version
) -> None:
    _stand_up(cast, first_level, plan)
    before = Task.objects.count()

    with pytest.raises(PlanStands):
        _stand_up(cast, first_level, plan)

    assert Task.objects.count() == before


def test_it_refuses_what_does_not_fit(
    cast: Cast, incident: Incident, first_level: Incident, plan: Version, lower: Version
) -> None:
    with pytest.raises(PlanUnfit):
        _stand_up(cast, first_level, lower)
    elsewhere = published(
        PLAN.replace('jurisdiction: "33"', 'jurisdiction: "3301"').replace("drill-one", "other"),
        cast,
    )
    with pytest.raises(PlanOfElsewhere):
        _stand_up(cast, first_level, elsewhere)
    with pytest.raises(PreviewChanged):
        _stand_up(cast, first_level, plan, seen="what was there yesterday")
    close_incident(incident=first_level, reason="Over", by=cast.shen, at=AT)
    with pytest.raises(IncidentClosed):
        _stand_up(cast, first_level, plan)


def test_who_may_not_is_refused_and_who_does_not_see_finds_nothing(
    cast: Cast, first_level: Incident, plan: Version
) -> None:
    for by in (cast.lou, cast.gu, cast.bai):
        with pytest.raises(NotAllowed):
            _stand_up(cast, first_level, plan, by=by)
    with pytest.raises(NotFound):
        _stand_up(cast, first_level, plan, by=cast.ou)


def test_one_thing_that_fails_takes_everything_with_it(
    cast: Cast, first_level: Incident, plan: Version, broken_ledger: Any
) -> None:
    acts = Act.objects.count()

    with broken_ledger():
        _stand_up(cast, first_level, plan)

    assert Act.objects.count() == acts
    for table in (StandUp, PlanLine, Task, WorkingGroup, Measure):
        assert not table.objects.exists()


def test_taking_back_says_what_could_not_be_taken_back(
    cast: Cast, first_level: Incident, plan: Version
) -> None:
    stand_up = _stand_up(cast, first_level, plan)
    begun = Task.objects.get(lead=cast.units["zj-cdc"])
    accept_task(task=begun, by=cast.qiu, at=AT + HOUR)
    start_task(task=begun, by=cast.qiu, at=AT + HOUR)

    report = reverse_stand_up(stand_up=stand_up, reason="An error", by=cast.shen, at=AT + 2 * HOUR)

    assert [(line.key, line.why) for line in report.stayed] == [("trace", "task-begun")]
    assert len(report.taken) == 6
    states = set(Task.objects.values_list("lead__code", "state"))
    assert ("zj-cdc", "in_progress") in states
    assert ("zj-health", "withdrawn") in states
    assert not WorkingGroup.objects.filter(dissolved_at=None).exists()
    assert not Measure.objects.filter(lifted_at=None).exists()
    act = Act.objects.get(type="plan.reversed.v1")
    assert act.data["stayed"] == ["task:trace"]
    stand_up.refresh_from_db()
    assert stand_up.state == "reversed"


def test_another_authority_does_not_take_it_back(
    cast: Cast, plan: Version, first_level: Incident
) -> None:
    stand_up = _stand_up(cast, first_level, plan)
    StandUp.objects.update(unit=cast.units["hz-command"])

    with pytest.raises(AnotherAuthority):
        reverse_stand_up(stand_up=stand_up, reason="x", by=cast.shen, at=AT)
    with pytest.raises(AnotherAuthority):
        step_down_plan(stand_up=stand_up, reason="x", by=cast.shen, at=AT)
    with pytest.raises(NotAllowed):
        reverse_stand_up(stand_up=stand_up, reason="x", by=cast.lou, at=AT)
    with pytest.raises(NotFound):
        reverse_stand_up(stand_up=stand_up, reason="x", by=cast.ou, at=AT)


def test_a_plan_is_ended_once_and_with_a_reason(
    cast: Cast, first_level: Incident, plan: Version
) -> None:
    stand_up = _stand_up(cast, first_level, plan)
    with pytest.raises(ReasonMissing):
        reverse_stand_up(stand_up=stand_up, reason=" ", by=cast.shen, at=AT)

    reverse_stand_up(stand_up=stand_up, reason="x", by=cast.shen, at=AT)

    with pytest.raises(PlanNotStanding):
        step_down_plan(stand_up=stand_up, reason="x", by=cast.shen, at=AT)
    again = _stand_up(cast, first_level, plan)
    assert _outcomes(again) == ALL


def test_stepping_down_keeps_what_the_list_names_and_begins_its_tasks(
    cast: Cast, first_level: Incident, plan: Version
) -> None:
    stand_up = _stand_up(cast, first_level, plan)
    begun = Task.objects.get(lead=cast.units["zj-cdc"])
    accept_task(task=begun, by=cast.qiu, at=AT + HOUR)
    start_task(task=begun, by=cast.qiu, at=AT + HOUR)

    report = step_down_plan(stand_up=stand_up, reason="Over", by=cast.shen, at=AT + DAY)

    assert sorted(line.key for line in report.going) == ["office", "trace"]
    assert [g.name_en for g in WorkingGroup.objects.filter(dissolved_at=None)] == ["Coordination"]
    review = Task.objects.get(title__endswith="Review after the action")
    assert (review.state, review.due_at) == (State.DISPATCHED, AT + 8 * DAY)
    assert Act.objects.get(type="plan.stepped_down.v1").data["tasks"] == 1


def test_another_level_carries_over_what_both_plans_have(
    cast: Cast, first_level: Incident, plan: Version, lower: Version
) -> None:
    first = _stand_up(cast, first_level, plan)
    graded(first_level, "II", by=cast.shen, at=AT + HOUR)
    first_level.refresh_from_db()
    found = queries.preview(lower, first_level, visible_to=cast.shen, at=AT + HOUR)

    second = _stand_up(cast, first_level, lower, at=AT + HOUR)

    assert [s.id for s in found.replaces] == [first.id]
    assert [line.key for line in found.ends] == ["beds"]
    assert _outcomes(second)["task:trace"] == Outcome.KEPT
    assert _outcomes(second)["task:screening"] == Outcome.MADE
    assert Task.objects.filter(title__startswith="开展流行病学调查").count() == 1
    assert Task.objects.get(title__startswith="腾空").state == State.WITHDRAWN
    assert WorkingGroup.objects.filter(dissolved_at=None).count() == 2
    first.refresh_from_db()
    assert (first.state, second.replaced_id) == ("replaced", first.id)

    reverse_stand_up(stand_up=second, reason="x", by=cast.shen, at=AT + 2 * HOUR)
    assert not WorkingGroup.objects.filter(dissolved_at=None).exists()


def test_what_nobody_was_found_for_is_given_to_somebody_later(
    cast: Cast, first_level: Incident, plan: Version
) -> None:
    stand_up = _stand_up(cast, first_level, plan)
    task, group = (stand_up.lines.get(key=key) for key in ("nobody", "headless"))

    made = fill_line(line=task, unit=cast.units["hz-health"], reason="Near", by=cast.shen, at=AT)
    fill_line(line=group, unit=cast.units["hz-health"], reason="Near", by=cast.shen, at=AT)

    assert Task.objects.get(id=made.made).lead == cast.units["hz-health"]
    assert WorkingGroup.objects.get(name_en="Headless").chair == cast.units["hz-health"]
    assert _outcomes(stand_up)["task:nobody"] == "made"
    with pytest.raises(LineNotOpen):
        fill_line(line=made, unit=cast.units["hz-health"], reason="x", by=cast.shen, at=AT)
    assert made.id == task.id
    with pytest.raises(LineNotOpen):  # whoever still had the open line before them
        fill_line(line=task, unit=cast.units["hz-health"], reason="x", by=cast.shen, at=AT)


def test_an_inactive_unit_takes_nothing_on(
    cast: Cast, first_level: Incident, plan: Version
) -> None:
    edit_unit(unit=cast.units["zj-cdc"], active=False, by=cast.an, at=AT)

    stand_up = _stand_up(cast, first_level, plan)

    assert _outcomes(stand_up)["task:trace"] == "unresolved"


def test_how_it_stands_is_told_in_figures(cast: Cast, first_level: Incident, plan: Version) -> None:
    stand_up = _stand_up(cast, first_level, plan)

    found = queries.progress(stand_up, visible_to=cast.shen, at=AT + 13 * HOUR)

    assert (found.tasks, found.done, found.late, found.unseen) == (4, 0, 2, 4)
    assert [s.unit.code for s in found.silent][:2] == ["hz-command", "wz-command"]
    assert len(found.groups) == 2
    assert [row.line.key for row in found.open_lines] == ["headless", "nobody"]

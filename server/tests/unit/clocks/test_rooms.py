"""What other rooms get by acts and rules alone: signals, levels, measures, decisions."""

from datetime import datetime

import pytest

from tongzhou.clocks.models import Clock, State
from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.answer_signal import answer_signal
from tongzhou.incidents.actions.assess_signal import assess_signal
from tongzhou.incidents.actions.close_incident import close_incident
from tongzhou.incidents.actions.complete_decision import complete_decision
from tongzhou.incidents.actions.lift_measure import lift_measure
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.incidents.actions.record_decision import record_decision
from tongzhou.incidents.actions.report_signal import report_signal
from tongzhou.incidents.actions.set_grade import set_grade
from tongzhou.incidents.actions.start_measure import start_measure
from tongzhou.incidents.models import Incident, Measure

from .conftest import AT, DAY, HOUR, Works, told

LAW = "Article 49"


@pytest.fixture
def incident(cast: Cast) -> Incident:
    """An incident of the province."""
    return open_incident(
        code="zj-2020",
        title_zh="疫情",
        title_en="Outbreak",
        area=cast.areas["33"],
        told=[cast.units["hz-command"]],
        by=cast.shen,
        at=AT,
    )


def graded(cast: Cast, incident: Incident, *, days: int, at: datetime = AT) -> None:
    """A level that holds so many days."""
    set_grade(
        incident=incident, grade="I", criterion="c", legal_basis=LAW, by=cast.shen, at=at,
        expires_at=AT + days * DAY,
    )  # fmt: skip


def measured(cast: Cast, incident: Incident) -> Measure:
    """A measure that holds two weeks."""
    return start_measure(
        incident=incident, title_zh="措施", title_en="Measure", area=cast.areas["3301"],
        legal_basis=LAW, stop_rule="No case", expires_at=AT + 14 * DAY, by=cast.shen, at=AT,
    )  # fmt: skip


def test_a_signal_is_assessed_within_48_hours_and_then_answered(cast: Cast, works: Works) -> None:
    signal = report_signal(text="Cough", area=cast.areas["330106002901"], at=AT)
    works.at(AT + HOUR)
    found = {clock.rule: clock for clock in Clock.objects.filter(about_id=signal.id)}
    assert found["signal-assessment"].due_at == AT + 48 * HOUR

    assess_signal(signal=signal, verdict="watch", reasons="Seen", by=cast.ye, at=AT + 2 * HOUR)
    works.at(AT + 3 * DAY)
    assert not [act for act in told() if act.data["rule"] == "signal-assessment"]
    answer_signal(signal=signal, answer="We look into it", by=cast.ye, at=AT + 3 * DAY)
    works.at(AT + 99 * DAY)

    assert {clock.state for clock in Clock.objects.filter(about_id=signal.id)} == {State.MET}
    assert told() == []


def test_a_signal_that_nobody_assesses_goes_up_the_line(cast: Cast, works: Works) -> None:
    report_signal(text="Cough", area=cast.areas["330106002901"], at=AT)

    works.at(AT + 99 * DAY)

    missed = [act for act in told("clock.missed") if act.data["rule"] == "signal-assessment"]
    assert [act.at for act in missed] == [AT + 48 * HOUR]
    assert any(act.data["rule"] == "signal-assessment" for act in told("clock.escalated"))


def test_a_level_warns_a_day_before_it_expires(
    cast: Cast, works: Works, incident: Incident
) -> None:
    graded(cast, incident, days=14)

    works.at(AT + 13 * DAY + HOUR)

    assert [(act.type, act.at) for act in told()] == [("clock.warned.v1", AT + 13 * DAY)]
    assert cast.shen.unit_id in told()[0].with_units


def test_a_level_that_is_set_again_has_been_kept_and_runs_anew(
    cast: Cast, works: Works, incident: Incident
) -> None:
    graded(cast, incident, days=14)
    works.at(AT + 13 * DAY + HOUR)
    graded(cast, incident, days=28, at=AT + 13 * DAY + 2 * HOUR)

    works.at(AT + 29 * DAY)

    found = Clock.objects.filter(about_id=incident.id).order_by("started_at")
    assert [clock.state for clock in found] == [State.MET, State.MISSED]


def test_a_measure_ends_without_anybody_having_missed_it(
    cast: Cast, works: Works, incident: Incident
) -> None:
    measure = measured(cast, incident)

    works.at(AT + 99 * DAY)

    found = Clock.objects.get(about_id=measure.id)
    assert (found.state, found.stopped_at) == (State.ENDED, AT + 14 * DAY)
    assert [act.type for act in told()] == ["clock.warned.v1", "clock.ended.v1"]


def test_what_was_lifted_or_closed_ends_silently(
    cast: Cast, works: Works, incident: Incident
) -> None:
    measure = measured(cast, incident)
    graded(cast, incident, days=9)
    decision = record_decision(
        incident=incident, text="Do it", owner=cast.units["hz-health"], due_at=AT + 3 * DAY,
        by=cast.shen, at=AT,
    )  # fmt: skip
    works.at(AT + HOUR)
    assert Clock.objects.filter(stopped_at=None).count() == 3

    lift_measure(measure=measure, reason="Calm", by=cast.shen, at=AT + 2 * HOUR)
    close_incident(incident=incident, reason="Over", by=cast.shen, at=AT + DAY)
    works.at(AT + 99 * DAY)

    assert set(Clock.objects.values_list("state", flat=True)) == {State.CANCELLED}
    assert Clock.objects.get(about_id=decision.id).stopped_at == AT + DAY
    assert told() == []


def test_a_decision_carried_out_late_says_how_late(
    cast: Cast, works: Works, incident: Incident
) -> None:
    decision = record_decision(
        incident=incident, text="Do it", owner=cast.units["hz-health"], due_at=AT + DAY,
        by=cast.shen, at=AT,
    )  # fmt: skip
    works.at(AT + DAY + HOUR)
    complete_decision(decision=decision, outcome="Done", by=cast.shen, at=AT + DAY + 2 * HOUR)

    works.at(AT + 99 * DAY)

    assert Clock.objects.get(about_id=decision.id).late_by == 2 * HOUR

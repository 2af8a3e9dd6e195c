"""Limits that hold in peacetime or in an emergency alone, and those that a switch begins."""

from tongzhou.clocks.models import Clock, State
from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.report_signal import report_signal
from tongzhou.places.actions.edit_area import edit_area
from tongzhou.places.actions.switch_mode import switch_mode

from .conftest import AT, DAY, HOUR, Works, told


def _switch(cast: Cast, mode: str, *, day: int) -> None:
    at = AT + day * DAY
    until = at + 30 * DAY if mode == "emergency" else None
    switch_mode(area=cast.areas["33"], mode=mode, reason="Cases", until=until, by=cast.shen, at=at)


def _rules(cast: Cast, works: Works, *, day: int) -> set[str]:
    """The limits that a signal of that day starts."""
    at = AT + day * DAY + HOUR
    signal = report_signal(text="Fever", area=cast.areas["330106002"], at=at)
    works.at(at)
    return set(Clock.objects.filter(about_id=signal.id).values_list("rule", flat=True))


def test_which_limits_begin_follows_the_mode_of_the_area(cast: Cast, works: Works) -> None:
    before = _rules(cast, works, day=0)
    _switch(cast, "emergency", day=1)
    within = _rules(cast, works, day=1)
    _switch(cast, "peace", day=2)
    after = _rules(cast, works, day=2)

    assert within - before == {"signal-first-look"}
    assert before == after


def test_what_runs_keeps_the_limit_under_which_it_began(cast: Cast, works: Works) -> None:
    _switch(cast, "emergency", day=0)
    _rules(cast, works, day=0)
    _switch(cast, "peace", day=1)
    works.at(AT + DAY)

    assert Clock.objects.get(rule="signal-first-look").due_at == AT + 13 * HOUR


def test_an_emergency_says_a_week_and_a_day_before_that_it_ends(cast: Cast, works: Works) -> None:
    _switch(cast, "emergency", day=0)

    works.at(AT + 31 * DAY)

    acts = told()
    assert [(act.type, act.at) for act in acts] == [
        ("clock.warned.v1", AT + 23 * DAY),
        ("clock.warned.v1", AT + 29 * DAY),
        ("clock.ended.v1", AT + 30 * DAY),
    ]
    assert all(cast.shen.unit_id in act.with_units for act in acts)


def test_back_in_peacetime_the_registers_are_to_be_brought_up_to_date(
    cast: Cast, works: Works
) -> None:
    _switch(cast, "emergency", day=0)
    _switch(cast, "peace", day=1)
    works.at(AT + DAY)
    review = Clock.objects.get(rule="register-review")
    assert (review.state, review.due_at) == (State.RUNNING, AT + 31 * DAY)
    assert Clock.objects.get(rule="emergency-term").state == State.CANCELLED

    edit_area(
        area=cast.areas["33"], changes={"population": 66_000_000}, by=cast.an, at=AT + 2 * DAY
    )
    works.at(AT + 2 * DAY)

    assert Clock.objects.get(rule="register-review").state == State.MET

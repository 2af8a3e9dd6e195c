"""More time: by who waits or stands above, with a reason, as an act."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

import pytest

from tongzhou.actors.models import Post
from tongzhou.clocks.actions.extend_clock import (
    ClockFollowsObject,
    ClockOver,
    ExtendedTooEarly,
    ExtendedTooFar,
    extend_clock,
)
from tongzhou.clocks.models import Clock, Extension, State
from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.answer_signal import answer_signal
from tongzhou.incidents.actions.assess_signal import assess_signal
from tongzhou.incidents.actions.report_signal import report_signal
from tongzhou.incidents.models import Signal
from tongzhou.kernel.errors import NotAllowed, NotFound, ReasonMissing, Refusal
from tongzhou.ledger.models import Act
from tongzhou.tasks.models import Task

from .conftest import AT, DAY, HOUR, Works, of, told

LATER = AT + 3 * DAY


@pytest.fixture
def signal(cast: Cast) -> Signal:
    """A signal of the street."""
    return report_signal(text="Cough", area=cast.areas["330106002901"], at=AT)


@pytest.fixture
def clock(signal: Signal, works: Works) -> Clock:
    """Its assessment, due in two days."""
    works.at(AT + HOUR)
    return Clock.objects.get(about_id=signal.id, rule="signal-assessment")


def more(clock: Clock, by: Post, *, at: datetime = AT + 2 * HOUR, due: datetime = LATER) -> Clock:
    """More time, with a reason."""
    return extend_clock(clock=clock, due_at=due, reason="The laboratory is closed", by=by, at=at)


def test_who_stands_above_gives_more_time(cast: Cast, clock: Clock) -> None:
    found = more(clock, cast.shen)

    found.refresh_from_db()
    assert (found.due_at, found.extended, found.state) == (LATER, 1, State.RUNNING)
    act = Act.objects.get(type="clock.extended.v1")
    assert (act.by_unit, act.due_at, act.with_units) == (cast.shen.unit_id, LATER, found.owners)
    assert act.data["note"] == str(Extension.objects.get().id)
    assert "laboratory" not in str(act.data)


def test_it_is_due_at_the_new_time_alone(cast: Cast, works: Works, clock: Clock) -> None:
    more(clock, cast.shen)

    works.at(AT + 99 * DAY)

    missed = [a.at for a in told("clock.missed") if a.data["rule"] == "signal-assessment"]
    assert missed == [LATER]


def test_whose_limit_it_is_cannot_give_itself_more(cast: Cast, clock: Clock) -> None:
    owner = next(post for post in cast.posts.values() if post.unit_id in clock.owners)

    with pytest.raises(NotAllowed):
        more(clock, owner)


def test_an_outsider_does_not_find_it(cast: Cast, clock: Clock) -> None:
    with pytest.raises(NotFound):
        more(clock, cast.ou)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"reason": "  "}, ReasonMissing),
        ({"due_at": AT + HOUR}, ExtendedTooEarly),
        ({"due_at": AT + DAY}, ExtendedTooEarly),
        ({"due_at": AT + 400 * DAY}, ExtendedTooFar),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(
    cast: Cast, clock: Clock, change: dict[str, object], refusal: type[Refusal]
) -> None:
    given = {"due_at": LATER, "reason": "More"} | change

    with pytest.raises(refusal):
        extend_clock(clock=clock, **given, by=cast.shen, at=AT + 2 * HOUR)  # type: ignore[arg-type]

    clock.refresh_from_db()
    assert (clock.due_at, clock.extended) == (AT + 2 * DAY, 0)


def test_what_is_over_cannot_be_extended(
    cast: Cast, works: Works, signal: Signal, clock: Clock
) -> None:
    assess_signal(signal=signal, verdict="watch", reasons="Seen", by=cast.ye, at=AT + 2 * HOUR)
    answer_signal(signal=signal, answer="Thanks", by=cast.ye, at=AT + 2 * HOUR)
    works.at(AT + 3 * HOUR)

    with pytest.raises(ClockOver):
        more(clock, cast.shen, at=AT + 4 * HOUR)


def test_what_was_missed_before_stays_in_the_ledger(cast: Cast, clock: Clock) -> None:
    found = more(clock, cast.shen, at=AT + 2 * DAY + HOUR)

    assert (found.state, found.due_at) == (State.RUNNING, LATER)
    assert [act.at for act in told("clock.missed")] == [AT + 2 * DAY]
    assert Act.objects.get(type="clock.extended.v1").outcome == "missed before"


def test_a_due_time_is_changed_where_it_was_set(
    cast: Cast, works: Works, send: Callable[..., Task]
) -> None:
    task = send()
    works.at(AT + HOUR)

    with pytest.raises(ClockFollowsObject):
        more(of(task), cast.lou)


def test_it_leaves_nothing_behind_when_the_ledger_fails(
    cast: Cast, clock: Clock, broken_ledger: Callable[[], AbstractContextManager[None]]
) -> None:
    with broken_ledger():
        more(clock, cast.shen)

    clock.refresh_from_db()
    assert (clock.due_at, clock.extended) == (AT + 2 * DAY, 0)
    assert not Extension.objects.exists()

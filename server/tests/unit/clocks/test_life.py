"""A clock from its start to its end, as acts and time move it."""

from collections.abc import Callable

from tongzhou.clocks import ticking
from tongzhou.clocks.applying import apply
from tongzhou.clocks.models import Clock, State
from tongzhou.demo.cast import Cast
from tongzhou.ledger import follow
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.edit_task import edit_task
from tongzhou.tasks.actions.finish_task import finish_task
from tongzhou.tasks.actions.forward_task import forward_task
from tongzhou.tasks.actions.reopen_task import reopen_task
from tongzhou.tasks.actions.withdraw_task import withdraw_task
from tongzhou.tasks.models import Task

from .conftest import AT, DAY, HOUR, Works, of, told

Send = Callable[..., Task]


def test_a_task_that_is_sent_starts_a_clock(cast: Cast, works: Works, send: Send) -> None:
    task = send()

    works.at(AT + HOUR)

    found = of(task)
    assert (found.rule, found.state, found.due_at) == ("task-due", State.RUNNING, AT + DAY)
    assert found.owners == [cast.units["beishan-street"].id]
    assert found.watchers == [cast.units["hz-command"].id]
    assert cast.units["xh-command"].id in found.line
    assert found.next_at == AT + DAY - 2 * HOUR


def test_nobody_is_told_before_the_time(works: Works, send: Send) -> None:
    send()

    works.at(AT + 21 * HOUR)

    assert told() == []


def test_warned_missed_and_escalated_up_the_line_each_once(
    cast: Cast, works: Works, send: Send
) -> None:
    task = send()
    works.at(AT + HOUR)

    for moment in (AT + 23 * HOUR, AT + 25 * HOUR, AT + 25 * HOUR, AT + 40 * HOUR, AT + 99 * DAY):
        works.at(moment)

    acts = told()
    assert [(act.type, act.at) for act in acts] == [
        ("clock.warned.v1", AT + 22 * HOUR),
        ("clock.missed.v1", AT + DAY),
        ("clock.escalated.v1", AT + 36 * HOUR),
        ("clock.escalated.v1", AT + 3 * DAY),
    ]
    street, district = cast.units["beishan-street"], cast.units["xh-command"]
    assert acts[0].with_units == [street.id]
    assert set(acts[1].with_units) == {street.id, district.id, cast.units["hz-command"].id}
    assert acts[2].with_units == [cast.units["hz-command"].id]
    assert acts[3].with_units == [cast.units["zj-command"].id]
    assert all(act.about_id == task.id and act.by_unit is None for act in acts)
    assert of(task).next_at is None


def test_after_a_standstill_all_is_caught_up_with_in_order(works: Works, send: Send) -> None:
    late, later = send(), send(AT + HOUR)

    works.at(AT + 99 * DAY)

    acts = told()
    assert [act.at for act in acts] == sorted(act.at for act in acts)
    assert {act.about_id for act in acts} == {late.id, later.id}
    assert len(acts) == 8


def test_a_stop_in_time_counts_however_late_it_is_read(
    cast: Cast, works: Works, send: Send
) -> None:
    task = send()
    accept_task(task=task, by=cast.ye, at=AT + HOUR)
    finish_task(task=task, result="Done", by=cast.ye, at=AT + DAY)

    works.at(AT + 9 * DAY)

    found = of(task)
    assert (found.state, found.stopped_at, found.missed_at) == (State.MET, AT + DAY, None)
    assert [act.type for act in told()] == ["clock.warned.v1"]


def test_the_ticker_waits_for_a_stop_that_is_on_its_way(
    cast: Cast, works: Works, send: Send
) -> None:
    task = send()
    accept_task(task=task, by=cast.ye, at=AT + HOUR)
    works.at(AT + 23 * HOUR)
    finish_task(task=task, result="Done", by=cast.ye, at=AT + DAY - HOUR)

    assert ticking.catch_up(at=AT + 2 * DAY) == 0  # not sealed yet
    works.seal()
    assert ticking.catch_up(at=AT + 2 * DAY) == 0  # not read yet
    works.follow()
    assert ticking.catch_up(at=AT + 2 * DAY) == 0

    assert of(task).state == State.MET


def test_what_is_met_late_says_how_late(cast: Cast, works: Works, send: Send) -> None:
    task = send()
    accept_task(task=task, by=cast.ye, at=AT + HOUR)
    works.at(AT + 25 * HOUR)
    finish_task(task=task, result="Done", by=cast.ye, at=AT + 26 * HOUR)

    works.at(AT + 99 * DAY)

    found = of(task)
    assert (found.state, found.late_by, found.next_at) == (State.MISSED, 2 * HOUR, None)
    assert [act.type for act in told()] == ["clock.warned.v1", "clock.missed.v1"]


def test_news_that_come_late_clear_what_was_called_missed(
    cast: Cast, works: Works, send: Send
) -> None:
    task = send()
    accept_task(task=task, by=cast.ye, at=AT + HOUR)
    works.at(AT + 25 * HOUR)
    finish_task(task=task, result="Done", by=cast.ye, at=AT + 20 * HOUR)

    works.at(AT + 30 * HOUR)

    assert (of(task).state, of(task).missed_at) == (State.MET, None)
    assert told()[-1].type == "clock.cleared.v1"


def test_a_new_due_time_is_watched_anew(cast: Cast, works: Works, send: Send) -> None:
    task = send()
    works.at(AT + 25 * HOUR)
    edit_task(task=task, reason="More", due_at=AT + 3 * DAY, by=cast.lou, at=AT + 25 * HOUR)

    works.at(AT + 26 * HOUR)
    assert (of(task).state, of(task).due_at) == (State.RUNNING, AT + 3 * DAY)
    works.at(AT + 3 * DAY + HOUR)

    assert [act.type for act in told("clock.missed")] == ["clock.missed.v1"] * 2
    assert Clock.objects.filter(about_id=task.id).count() == 1


def test_another_lead_takes_the_clock_over(cast: Cast, works: Works, send: Send) -> None:
    task = send()
    works.at(AT + HOUR)
    community = cast.units["baoshi-community"]
    forward_task(task=task, to=community, reason="Nearer", by=cast.ye, at=AT + 2 * HOUR)

    works.at(AT + 25 * HOUR)

    found = of(task)
    assert found.owners == [community.id]
    assert community.id in told("clock.missed")[0].with_units
    assert told("clock.warned")[0].with_units == [community.id]


def test_a_task_that_is_withdrawn_cancels_its_clock(cast: Cast, works: Works, send: Send) -> None:
    task = send()
    works.at(AT + HOUR)
    withdraw_task(task=task, reason="Not needed", by=cast.lou, at=AT + 2 * HOUR)

    works.at(AT + 99 * DAY)

    assert of(task).state == State.CANCELLED
    assert told() == []


def test_a_task_reopened_before_its_due_time_runs_again(
    cast: Cast, works: Works, send: Send
) -> None:
    task = send()
    accept_task(task=task, by=cast.ye, at=AT + HOUR)
    finish_task(task=task, result="Done", by=cast.ye, at=AT + 2 * HOUR)
    works.at(AT + 3 * HOUR)
    reopen_task(task=task, reason="Not all", by=cast.lou, at=AT + 4 * HOUR)

    works.at(AT + 25 * HOUR)

    states = Clock.objects.filter(about_id=task.id).order_by("started_at")
    assert [found.state for found in states] == [State.MET, State.MISSED]
    assert of(task).owners == [cast.units["beishan-street"].id]


def test_reading_the_same_acts_again_changes_nothing(works: Works, send: Send) -> None:
    send()
    works.at(AT + 99 * DAY)
    before = list(Clock.objects.values()), len(told())

    apply(follow.after(0), now=AT + 99 * DAY)

    assert (list(Clock.objects.values()), len(told())) == before

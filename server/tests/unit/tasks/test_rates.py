"""The three rates: what counts, what is missing, what is kept back; whom to call back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongzhou.demo.cast import Cast
from tongzhou.ledger.models import Act
from tongzhou.library.kinds.hotline import Hotline
from tongzhou.tasks import rules
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.confirm_task import confirm_task
from tongzhou.tasks.actions.evaluate import evaluate_ticket
from tongzhou.tasks.actions.finish_task import finish_task
from tongzhou.tasks.models import TaskParty, Ticket
from tongzhou.tasks.queries import rates, tickets

from .conftest import AT, DAY, HOUR, registered


def _answered(cast: Cast, *, after: timedelta, said: tuple[bool, bool] | None) -> None:
    found = registered(cast, class_code="utilities")
    accept_task(task=found.task, by=cast.ye, at=AT)
    finish_task(task=found.task, result="Done", by=cast.ye, at=AT + after)
    confirm_task(task=found.task, by=cast.lou, at=AT + after)
    if said is not None:
        evaluate_ticket(ticket=found, solved=said[0], satisfied=said[1], at=AT + after)


def test_the_three_rates_count_what_is_known(cast: Cast) -> None:
    _answered(cast, after=HOUR, said=(True, True))
    _answered(cast, after=HOUR, said=(True, False))
    _answered(cast, after=2 * DAY, said=(False, False))
    _answered(cast, after=HOUR, said=None)

    (found,) = rates.rates(
        visible_to=cast.lou, by="unit", since=AT - DAY, until=AT + DAY, at=AT + 3 * DAY, zone="UTC"
    )

    assert (found.code, found.n, found.shown) == ("beishan-street", 4, True)
    assert (found.answered.percent, found.solved.percent) == (75.0, 66.7)
    assert (found.satisfied.percent, found.satisfied.missing) == (33.3, 1)


def test_of_fewer_than_three_nothing_is_shown(cast: Cast) -> None:
    _answered(cast, after=HOUR, said=(True, True))
    _answered(cast, after=HOUR, said=(True, True))

    for by in rates.GROUPS:
        (found,) = rates.rates(
            visible_to=cast.lou, by=by, since=AT - DAY, until=AT + DAY, at=AT + DAY, zone="UTC"
        )
        assert (found.shown, found.solved.percent) == (False, None)


def _rate(good: int, known: int, *, of: int) -> rates.Rate:
    return rates.Rate(good, known, of - known)


def _group(n: int, known: int | None = None) -> rates.Rates:
    said = _rate(0, n if known is None else known, of=n)
    return rates.Rates("", "", n, n, _rate(n, n, of=n), said, said)


def test_a_single_small_group_is_not_given_away_by_the_sum() -> None:
    found = rates.kept_back([_group(9), _group(4), _group(2), _group(0)])

    assert [one.shown for one in found] == [True, False, False, False]
    assert rates.total(found).n == 15
    # Two small ones hide each other as soon as they are three together.
    assert [one.shown for one in rates.kept_back([_group(9), _group(2), _group(1)])] == [
        True, False, False,
    ]  # fmt: skip


def test_a_single_small_figure_is_not_given_away_by_the_sum() -> None:
    large, middle, small = rates.kept_back([_group(9, 8), _group(7, 5), _group(6, 1)])

    assert [one.shown for one in (large, middle, small)] == [True, True, True]
    assert large.solved.percent is not None
    assert (middle.solved.percent, small.solved.percent) == (None, None)
    assert middle.answered.percent == 100.0


@given(sizes=st.lists(st.integers(0, 12), max_size=8))
@settings(max_examples=60, derandomize=True, deadline=None, database=None)
def test_what_is_kept_back_cannot_be_worked_out(sizes: list[int]) -> None:
    """The sum less what is shown is nothing, or stands for three at least – unless all there
    are make fewer than three, when no sum is shown."""
    found = rates.kept_back([_group(n) for n in sizes])
    behind = sum(one.n for one in found if not one.shown)

    assert behind == 0 or behind >= rates.FEWEST or not rates.total(found).shown


def test_an_exercise_has_rates_of_its_own(cast: Cast) -> None:
    for _each in range(3):
        _answered(cast, after=HOUR, said=(True, True))
    TaskParty.objects.update(exercise=True)

    def seen() -> int:
        period = {"since": AT - DAY, "until": AT + DAY, "at": AT + DAY, "zone": "UTC"}
        return sum(one.n for one in rates.rates(visible_to=cast.lou, by="unit", **period))

    assert seen() == 0
    cast.lou.exercise = True
    assert seen() == 3


def _template(**changes: Any) -> Hotline:
    return rules.hotline(at=AT)[1].model_copy(update=changes)


def test_closing_draws_whom_to_call_back_and_keeps_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "hotline_of", lambda _id: _template(call_back_percent=50))
    for _each in range(12):
        _answered(cast, after=HOUR, said=None)

    def tab(name: str) -> set[str]:
        found = tickets.listed(visible_to=cast.lou, at=AT, tab=name)
        return {row.number for row in found.rows}

    drawn, others = tab("call_back"), tab("not_drawn")
    assert len(drawn) + len(others) == 12
    assert drawn == {one.number for one in Ticket.objects.filter(sampled=True)}
    for one in Ticket.objects.all():
        closed = Act.objects.get(about_id=one.task_id, type="task.confirmed.v1")
        assert closed.data["sampled"] == one.sampled
        assert one.sampled == rules.drawn_for_call_back(one.task_id, percent=50)
    # A template that changes later draws nobody anew.
    monkeypatch.setattr(rules, "hotline_of", lambda _id: _template(call_back_percent=0))
    assert tab("call_back") == drawn


def test_so_many_in_a_hundred_are_drawn() -> None:
    some = [UUID(int=n * 7919) for n in range(2000)]

    for percent in (0, 10, 30, 100):
        drawn = {one for one in some if rules.drawn_for_call_back(one, percent=percent)}
        assert abs(len(drawn) - 20 * percent) <= 60
    ten = {one for one in some if rules.drawn_for_call_back(one, percent=10)}
    assert all(rules.drawn_for_call_back(one, percent=30) for one in ten)

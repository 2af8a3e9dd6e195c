"""Two people act on one task at the same time, on connections of their own: one wins, the
other is told so in a plain sentence."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import Refusal
from tongzhou.ledger.models import Act
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.forward_task import forward_task
from tongzhou.tasks.actions.merge_tasks import merge_tasks
from tongzhou.tasks.actions.refuse_task import refuse_task
from tongzhou.tasks.actions.take_task import TakenAlready, take_task
from tongzhou.tasks.actions.transition import WrongState
from tongzhou.tasks.actions.withdraw_task import withdraw_task
from tongzhou.tasks.models import State, Task

from .conftest import AT, HOUR, bring, draft

pytestmark = pytest.mark.django_db(transaction=True)
WITHIN = 20  # seconds; far more than any of this takes


class Elsewhere(threading.Thread):
    """Does something in a transaction of its own and, where told to, holds it open until
    ``let_go``."""

    def __init__(self, do: Callable[[], object], *, held: bool = False) -> None:
        super().__init__()
        self._do = do
        self._done, self._may_end = threading.Event(), threading.Event()
        if not held:
            self._may_end.set()
        self.error: Refusal | None = None
        self.backend = 0

    def run(self) -> None:
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_backend_pid()")
                    self.backend = cursor.fetchone()[0]
                self._do()
                self._done.set()
                self._may_end.wait(WITHIN)
        except Refusal as error:
            self.error = error
        finally:
            self._done.set()
            connection.close()

    def done(self) -> None:
        """Waits until it was done; the transaction is still open where it is held."""
        assert self._done.wait(WITHIN)

    def let_go(self) -> None:
        self._may_end.set()
        self.join(WITHIN)

    def blocked(self) -> None:
        """Waits until it waits for somebody else's lock."""
        until = time.monotonic() + WITHIN
        while time.monotonic() < until:
            with connection.cursor() as cursor:
                cursor.execute("SELECT cardinality(pg_blocking_pids(%s))", [self.backend])
                if self.backend and cursor.fetchone()[0]:
                    return
        raise AssertionError("it never had to wait")


def race(first: Callable[[], object], second: Callable[[], object]) -> Refusal | None:
    """``second`` begins while ``first`` is done but not committed; returns its error."""
    winner = Elsewhere(first, held=True)
    winner.start()
    winner.done()
    assert winner.error is None
    loser = Elsewhere(second)
    loser.start()
    loser.blocked()
    winner.let_go()
    loser.join(WITHIN)
    return loser.error


def acts_about(task: Task) -> list[str]:
    return list(Act.objects.filter(about_id=task.id).order_by("id").values_list("type", flat=True))


def test_of_two_who_accept_one_wins(cast: Cast) -> None:
    task = bring(cast, draft(cast), State.DISPATCHED)

    error = race(
        lambda: accept_task(task=task, by=cast.ye, at=AT),
        lambda: accept_task(task=task, by=cast.ye, at=AT + HOUR),
    )

    assert isinstance(error, WrongState)
    assert "is “accepted” now" in str(error)
    assert acts_about(task).count("task.accepted.v1") == 1


def test_accepting_and_refusing_at_once(cast: Cast) -> None:
    task = bring(cast, draft(cast), State.DISPATCHED)

    error = race(
        lambda: refuse_task(
            task=task,
            reason="Not here",
            better_owner=cast.units["wz-command"],
            by=cast.ye,
            at=AT,
        ),
        lambda: accept_task(task=task, by=cast.ye, at=AT),
    )

    assert isinstance(error, WrongState)
    task.refresh_from_db()
    assert task.state == State.REFUSED


def test_a_task_withdrawn_under_the_hands_of_its_lead(cast: Cast) -> None:
    task = bring(cast, draft(cast), State.DISPATCHED)

    error = race(
        lambda: withdraw_task(task=task, reason="Not needed", by=cast.lou, at=AT),
        lambda: accept_task(task=task, by=cast.ye, at=AT),
    )

    assert isinstance(error, WrongState)
    assert "is “withdrawn” now" in str(error)


def test_of_two_who_take_a_task_one_handles_it(cast: Cast) -> None:
    task = bring(cast, draft(cast, lead=cast.units["baoshi-community"]), State.ACCEPTED)

    error = race(
        lambda: take_task(task=task, by=cast.mei, at=AT),
        lambda: take_task(task=task, by=cast.ji, at=AT),
    )

    assert isinstance(error, TakenAlready)
    assert "Mei Ke" in str(error)


def test_two_tasks_merged_into_each_other_do_not_lock_each_other_for_ever(cast: Cast) -> None:
    one = bring(cast, draft(cast), State.DISPATCHED)
    other = bring(cast, draft(cast), State.DISPATCHED)

    error = race(
        lambda: merge_tasks(task=one, into=other, by=cast.lou, at=AT),
        lambda: merge_tasks(task=other, into=one, by=cast.lou, at=AT),
    )

    assert isinstance(error, WrongState)
    states = dict(Task.objects.values_list("id", "state"))
    assert states == {one.id: State.MERGED, other.id: State.DISPATCHED}


def test_who_waited_sees_the_parties_as_they_are_afterwards(cast: Cast) -> None:
    accepted: list[Task] = []
    task = bring(cast, draft(cast, basis="law"), State.DISPATCHED)

    def forward() -> None:
        forward_task(task=task, to=cast.units["wz-command"], reason="Theirs", by=cast.lou, at=AT)

    error = race(forward, lambda: accepted.append(accept_task(task=task, by=cast.he, at=AT)))

    assert error is None
    assert accepted[0].lead_id == cast.units["wz-command"].id

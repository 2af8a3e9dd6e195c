"""One act on many tasks: each by itself, all reported, nothing kept in a dry run."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tongzhou.demo.cast import Cast
from tongzhou.ledger.models import Act
from tongzhou.tasks.actions.bulk_act import (
    BULK_VERBS,
    ArgumentMissing,
    ArgumentUnknown,
    BulkReport,
    NotInBulk,
    bulk_act,
    bulk_by_number,
)
from tongzhou.tasks.actions.verbs import VERBS
from tongzhou.tasks.models import State, Task

from .conftest import AT, HOUR, bring, draft


@pytest.fixture
def some(cast: Cast) -> list[Task]:
    """Two that can be accepted, and one that is done."""
    states = (State.DISPATCHED, State.DONE, State.SEEN)
    return [bring(cast, draft(cast), state) for state in states]


def test_what_is_refused_for_one_does_not_hold_up_the_others(cast: Cast, some: list[Task]) -> None:
    report = bulk_act(verb="accept", tasks=some, by=cast.ye, at=AT + HOUR)

    assert report.done == [some[0].number, some[2].number]
    (refused,) = report.refused
    assert (refused.number, refused.code) == (some[1].number, "task-wrong-state")
    assert "is “done” now" in refused.sentence
    states = [Task.objects.get(id=task.id).state for task in some]
    assert states == ["accepted", "done", "accepted"]


def test_a_dry_run_says_the_same_and_keeps_nothing(cast: Cast, some: list[Task]) -> None:
    acts = Act.objects.count()

    told = bulk_act(verb="accept", tasks=some, by=cast.ye, at=AT + HOUR, dry_run=True)

    assert Act.objects.count() == acts
    assert Task.objects.get(id=some[0].id).state == State.DISPATCHED
    assert told == bulk_act(verb="accept", tasks=some, by=cast.ye, at=AT + HOUR)


def test_arguments_go_to_each(cast: Cast, some: list[Task]) -> None:
    report = bulk_act(
        verb="edit", tasks=some, by=cast.lou, at=AT + HOUR, reason="More time", priority=2
    )

    assert report.done == [some[0].number, some[2].number]
    assert Task.objects.filter(priority=2).count() == 2


def test_after_a_refusal_the_row_is_as_it_was(cast: Cast, some: list[Task]) -> None:
    report = bulk_act(
        verb="forward", tasks=some, by=cast.lou, at=AT, reason="x", to=cast.units["wz-trade"]
    )

    assert [refused.code for refused in report.refused] == [
        "order-needs-line", "task-wrong-state", "order-needs-line",
    ]  # fmt: skip
    assert not Task.objects.filter(lead=cast.units["wz-trade"]).exists()


def test_tasks_that_are_not_seen_are_reported_as_not_found(cast: Cast, some: list[Task]) -> None:
    numbers = [some[0].number, 999_999]

    report = bulk_by_number(verb="accept", numbers=numbers, by=cast.ye, at=AT)
    outside = bulk_by_number(verb="accept", numbers=numbers, by=cast.ou, at=AT)

    assert report.done == [some[0].number]
    assert [(r.number, r.code) for r in report.refused] == [(999_999, "not-found")]
    assert [(r.number, r.code) for r in outside.refused] == [(n, "not-found") for n in numbers]


def test_one_number_twice_is_done_once(cast: Cast, some: list[Task]) -> None:
    report = bulk_by_number(verb="see", numbers=[some[0].number] * 2, by=cast.ye, at=AT)

    assert report == BulkReport(done=[some[0].number])


@pytest.mark.parametrize("verb", ["split", "attach", "release", "explode", ""])
def test_an_act_that_needs_its_own_for_each_is_no_bulk_act(cast: Cast, verb: str) -> None:
    with pytest.raises(NotInBulk):
        bulk_act(verb=verb, tasks=[], by=cast.ye, at=AT)


def test_arguments_are_checked_before_anything_is_done(cast: Cast, some: list[Task]) -> None:
    with pytest.raises(ArgumentMissing) as missing:
        bulk_act(verb="refuse", tasks=some, by=cast.ye, at=AT, reason="x")
    with pytest.raises(ArgumentUnknown) as unknown:
        bulk_act(verb="accept", tasks=some, by=cast.ye, at=AT, reason="x")

    assert missing.value.field == "better_owner"
    assert unknown.value.field == "reason"


def test_every_bulk_verb_is_a_verb() -> None:
    assert set(BULK_VERBS) <= set(VERBS)


def test_a_task_costs_two_statements_besides_its_savepoint(cast: Cast) -> None:
    tasks = [bring(cast, draft(cast), State.DISPATCHED) for _ in range(20)]

    with CaptureQueriesContext(connection) as captured:
        bulk_act(verb="accept", tasks=tasks, by=cast.ye, at=AT)

    statements = [q["sql"] for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(statements) <= 2 + 2 * len(tasks)

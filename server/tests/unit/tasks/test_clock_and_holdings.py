"""What the clock does for tasks, and what becomes of them when somebody leaves."""

from collections.abc import Callable

import pytest

from tongzhou.actors import holdings
from tongzhou.actors.actions.deactivate_person import deactivate_person
from tongzhou.actors.actions.end_post import end_post
from tongzhou.demo.cast import Cast
from tongzhou.kernel import clock
from tongzhou.ledger.follow import Sealed
from tongzhou.ledger.models import Act
from tongzhou.tasks import jobs, reactions
from tongzhou.tasks.actions.edit_task import edit_task
from tongzhou.tasks.actions.mark_overdue import mark_all_overdue, mark_overdue
from tongzhou.tasks.actions.release_task import NobodyHandles, let_go, release_task
from tongzhou.tasks.actions.take_task import take_task
from tongzhou.tasks.models import State, Task

from .conftest import AT, DAY, HOUR, bring, draft

LATE = AT + 2 * DAY


def overdue(task: Task) -> int:
    return Act.objects.filter(about_id=task.id, type="task.overdue.v1").count()


def test_a_task_past_its_due_time_is_told_of_once(
    cast: Cast, task: Task, last_act: Callable[[], Act]
) -> None:
    assert mark_all_overdue(at=AT + HOUR) == 0

    assert mark_all_overdue(at=LATE) == 1
    assert mark_all_overdue(at=LATE + HOUR) == 0

    act = last_act()
    assert (act.type, act.kind, act.by_unit, act.at) == ("task.overdue.v1", "supervise", None, LATE)
    told = {"hz-command", "beishan-street", "baoshi-property", "xh-command"}
    assert set(act.with_units) == {cast.units[code].id for code in told}


def test_a_new_due_time_is_watched_anew(cast: Cast, task: Task) -> None:
    mark_all_overdue(at=LATE)
    edit_task(task=task, reason="More time", due_at=LATE + DAY, by=cast.lou, at=LATE)

    assert mark_all_overdue(at=LATE + HOUR) == 0
    assert mark_all_overdue(at=LATE + 2 * DAY) == 1
    assert overdue(task) == 2


@pytest.mark.parametrize("state", State)
def test_only_a_task_with_its_lead_becomes_late(cast: Cast, state: State) -> None:
    task = bring(cast, draft(cast), state)

    told = mark_overdue(task=task, at=LATE)

    assert told == (state in {"dispatched", "seen", "accepted", "in_progress", "blocked"})
    assert overdue(task) == told


def test_the_job_goes_by_the_clock(cast: Cast, task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATE)

    assert jobs.tell_overdue(timestamp=0, something_new=1) == 1
    assert overdue(task) == 1


def test_a_handler_can_give_a_task_back(cast: Cast, task: Task) -> None:
    take_task(task=task, by=cast.ye, at=AT)

    release_task(task=task, by=cast.ye, at=AT + HOUR)

    task.refresh_from_db()
    assert task.handler is None
    with pytest.raises(NobodyHandles):
        release_task(task=task, by=cast.ye, at=AT + HOUR)


def test_who_leaves_is_asked_for_what_they_handle(cast: Cast, task: Task) -> None:
    take_task(task=task, by=cast.ye, at=AT)
    closed = bring(cast, draft(cast), State.ACCEPTED)
    take_task(task=closed, by=cast.ye, at=AT)
    Task.objects.filter(id=closed.id).update(state=State.CONFIRMED)

    (held,) = holdings.held_by([cast.ye, cast.lou])

    assert (held.kind, held.id, held.reference) == ("task", task.id, task.reference)
    assert (held.title, held.post) == (task.title, cast.ye.id)
    assert held.address == f"/tasks/{task.number}"


def test_deactivating_a_person_names_the_tasks_that_fall_to_the_unit(
    cast: Cast, task: Task, last_act: Callable[[], Act]
) -> None:
    take_task(task=task, by=cast.ye, at=AT)

    found = deactivate_person(person=cast.ye.person, by=cast.an, at=AT + HOUR)

    assert [held.reference for held in found.holdings] == [task.reference]
    task.refresh_from_db()
    assert (task.handler, task.state) == (None, State.DISPATCHED)
    act = Act.objects.get(type="task.released.v1")
    assert act.with_units == [cast.units["beishan-street"].id]
    assert act.by_post == cast.an.id


def test_ending_a_post_releases_its_tasks_and_no_others(cast: Cast) -> None:
    lead = cast.units["baoshi-community"]
    one, other = (bring(cast, draft(cast, lead=lead), State.ACCEPTED) for _ in range(2))
    take_task(task=one, by=cast.ji, at=AT)
    take_task(task=other, by=cast.mei, at=AT)

    end_post(post=cast.ji, by=cast.an, at=AT + HOUR)

    handlers = dict(Task.objects.values_list("id", "handler_id"))
    assert handlers == {one.id: None, other.id: cast.mei.id}


def test_what_nobody_handles_any_more_is_let_be(cast: Cast, task: Task) -> None:
    acts = Act.objects.count()

    let_go(task=task, by=None, at=AT)

    assert Act.objects.count() == acts


def sealed(act: Act) -> Sealed:
    return Sealed(
        1, act.id, act.type, act.at, act.by_post, act.by_unit, act.with_units, act.kind,
        act.incident, act.about_kind, act.about_id, act.visibility, act.audience, act.data,
    )  # fmt: skip


def test_a_task_taken_in_the_moment_of_leaving_is_released_when_the_end_is_sealed(
    cast: Cast, task: Task
) -> None:
    end_post(post=cast.ye, by=cast.an, at=AT + HOUR)
    ended = sealed(Act.objects.get(type="post.ended.v1"))
    other = sealed(Act.objects.filter(type="task.dispatched.v1")[0])
    Task.objects.filter(id=task.id).update(handler=cast.ye)

    reactions.release_after([other])
    assert Task.objects.get(id=task.id).handler is not None
    reactions.release_after([ended])
    reactions.release_after([ended])

    task.refresh_from_db()
    assert task.handler is None
    assert Act.objects.filter(type="task.released.v1").count() == 1

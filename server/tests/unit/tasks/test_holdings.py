"""What becomes of tasks when somebody leaves."""

from collections.abc import Callable

import pytest

from tongzhou.actors import holdings
from tongzhou.actors.actions.deactivate_person import deactivate_person
from tongzhou.actors.actions.end_post import end_post
from tongzhou.demo.cast import Cast
from tongzhou.ledger.follow import Sealed
from tongzhou.ledger.models import Act
from tongzhou.tasks import reactions
from tongzhou.tasks.actions.release_task import NobodyHandles, let_go, release_task
from tongzhou.tasks.actions.take_task import take_task
from tongzhou.tasks.models import State, Task

from .conftest import AT, HOUR, bring, draft


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

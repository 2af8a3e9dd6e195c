"""One task with everything around it, and who may see it."""

import pytest

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotFound
from tongzhou.tasks import queries
from tongzhou.tasks.actions.comment_task import comment_task
from tongzhou.tasks.actions.forward_task import forward_task
from tongzhou.tasks.actions.merge_tasks import merge_tasks
from tongzhou.tasks.actions.see_task import see_task
from tongzhou.tasks.actions.split_task import Part, split_task
from tongzhou.tasks.models import State, Task

from .conftest import AT, DAY, HOUR, bring, draft


def test_the_detail_of_a_task(cast: Cast, task: Task) -> None:
    comment_task(task=task, text="Bring thermometers", by=cast.pan, at=AT + HOUR)
    (part,) = split_task(
        task=task,
        parts=[Part("Building 3", cast.units["baoshi-community"], AT + DAY)],
        by=cast.ye,
        at=AT + HOUR,
    )

    found = queries.detail(visible_to=cast.ye, number=task.number, at=AT + HOUR)

    assert found.row.number == task.number
    assert found.verbs == (
        "see", "accept", "refuse", "return", "forward", "take", "split", "merge", "comment",
        "attach",
    )  # fmt: skip
    assert found.unseen
    assert [label.code for label in found.assisting] == ["baoshi-property"]
    assert [label.code for label in found.informed] == ["lvyuan-volunteers"]
    assert [(n.verb, n.text, n.by.code, n.person) for n in found.notes] == [
        ("comment", "Bring thermometers", "baoshi-property", "Pan Li")
    ]
    assert [row.number for row in found.parts] == [part.number]
    assert [entry.type for entry in found.history] == [
        "task.created.v1", "task.dispatched.v1", "task.commented.v1", "task.split.v1",
    ]  # fmt: skip
    assert found.history[2].note == "Bring thermometers"
    assert "Beishan Subdistrict Office" in found.history[1].sentence
    assert found.history[1].position is None


def test_a_part_shows_its_whole_only_to_those_who_see_that(cast: Cast, task: Task) -> None:
    (part,) = split_task(
        task=task,
        parts=[Part("Building 3", cast.units["baoshi-community"], AT + DAY)],
        by=cast.ye,
        at=AT + HOUR,
    )

    above = queries.detail(visible_to=cast.lou, number=part.number, at=AT)
    below = queries.detail(visible_to=cast.mei, number=part.number, at=AT)

    assert above.parent is not None
    assert above.parent.number == task.number
    assert below.parent is None


def test_a_merged_task_lends_its_words_to_the_other(cast: Cast, task: Task) -> None:
    repeat = bring(cast, draft(cast, title="The same again"), State.DISPATCHED)
    comment_task(task=repeat, text="Said there", by=cast.ye, at=AT)

    merge_tasks(task=repeat, into=task, by=cast.lou, at=AT)

    found = queries.detail(visible_to=cast.ye, number=task.number, at=AT)
    assert [(note.text, note.of) for note in found.notes] == [("Said there", repeat.reference)]
    assert [row.number for row in found.repeats] == [repeat.number]
    other = queries.detail(visible_to=cast.ye, number=repeat.number, at=AT)
    assert other.merged_into is not None
    assert other.merged_into.number == task.number


def test_seen_is_offered_until_it_is_noted(cast: Cast, task: Task) -> None:
    def unseen(who: str) -> bool:
        post = cast.posts[who]
        return queries.detail(visible_to=post, number=task.number, at=AT).unseen

    assert [unseen(who) for who in ("ye", "pan", "chu", "lou", "gu")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    see_task(task=task, by=cast.ye, at=AT)
    see_task(task=task, by=cast.pan, at=AT)
    assert [unseen(who) for who in ("ye", "pan", "chu")] == [False, False, True]


def test_visible_is_what_the_unit_has_to_do_with(cast: Cast, task: Task) -> None:
    draft(cast)

    assert list(queries.visible(cast.ye)) == [task]
    assert queries.visible(cast.lou).count() == queries.visible(cast.gu).count() == 2
    assert not queries.visible(cast.ou).exists()


def test_what_a_post_may_not_see_is_not_found(cast: Cast, task: Task) -> None:
    for number in (task.number, 999_999):
        with pytest.raises(NotFound):
            queries.task_for(visible_to=cast.ou, number=number)
        with pytest.raises(NotFound):
            queries.detail(visible_to=cast.ou, number=number, at=AT)
    with pytest.raises(NotFound):
        queries.tasks_for(visible_to=cast.ou, numbers=[task.number])


def test_many_are_found_in_the_order_asked_for(cast: Cast, task: Task) -> None:
    other = bring(cast, draft(cast), State.DISPATCHED)

    found = queries.tasks_for(visible_to=cast.ye, numbers=[other.number, task.number, other.number])

    assert found == [other, task]


def test_the_detail_costs_the_same_with_much_or_little_in_it(
    cast: Cast, task: Task, django_assert_max_num_queries: object
) -> None:
    def read() -> queries.Detail:
        with django_assert_max_num_queries(8):  # type: ignore[operator]
            return queries.detail(visible_to=cast.lou, number=task.number, at=AT)

    read()
    parts = [Part(f"Part {n}", cast.units["baoshi-community"], AT + DAY) for n in range(10)]
    split_task(task=task, parts=parts, by=cast.ye, at=AT)
    for n in range(10):
        comment_task(task=task, text=f"Comment {n}", by=cast.ye, at=AT)
    forward_task(task=task, to=cast.units["xh-command"], reason="x", by=cast.lou, at=AT)

    found = read()

    assert (len(found.parts), len(found.notes)) == (10, 11)

"""The rules of passing on: refusing, forwarding, splitting, merging."""

from collections.abc import Callable

import pytest

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed, NotFound
from tongzhou.ledger.models import Act
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.bounce import BetterOwnerIsRefuser
from tongzhou.tasks.actions.dispatch_task import OrderNeedsLine
from tongzhou.tasks.actions.finish_task import PartsOpen, finish_task
from tongzhou.tasks.actions.forward_task import ForwardedToItself, forward_task
from tongzhou.tasks.actions.merge_tasks import MergedIntoItself, merge_tasks
from tongzhou.tasks.actions.refuse_task import refuse_task
from tongzhou.tasks.actions.split_task import Part, PartsMissing, split_task
from tongzhou.tasks.actions.take_task import take_task
from tongzhou.tasks.actions.transition import ReasonMissing, WrongState
from tongzhou.tasks.actions.withdraw_task import withdraw_task
from tongzhou.tasks.models import State, Task

from .conftest import AT, HOUR, bring, draft


def test_a_refusal_names_another_unit_and_the_asker_can_forward_there(
    cast: Cast, task: Task
) -> None:
    with pytest.raises(ReasonMissing):
        refuse_task(task=task, reason="", better_owner=cast.units["xh-command"], by=cast.ye, at=AT)
    with pytest.raises(BetterOwnerIsRefuser):
        refuse_task(
            task=task,
            reason="Not here",
            better_owner=cast.units["beishan-street"],
            by=cast.ye,
            at=AT,
        )
    refuse_task(
        task=task, reason="Not here", better_owner=cast.units["xh-command"], by=cast.ye, at=AT
    )
    task.refresh_from_db()
    assert task.better_owner is not None

    forwarded = forward_task(
        task=task, to=task.better_owner, reason="As they say", by=cast.lou, at=AT
    )

    assert (forwarded.state, forwarded.lead_id) == ("dispatched", cast.units["xh-command"].id)
    assert (forwarded.better_owner_id, forwarded.reason) == (None, "")


def test_a_forwarded_task_lies_before_its_new_lead_like_a_new_one(cast: Cast) -> None:
    task = bring(cast, draft(cast), State.IN_PROGRESS)
    take_task(task=task, by=cast.ye, at=AT)

    forward_task(
        task=task, to=cast.units["baoshi-community"], reason="Closer", by=cast.ye, at=AT + HOUR
    )

    task.refresh_from_db()
    assert task.state == State.DISPATCHED
    assert (task.handler, task.seen_at, task.accepted_at) == (None, None, None)
    assert task.dispatched_at == AT + HOUR


def test_an_order_is_forwarded_within_the_line_of_who_issued_it(
    cast: Cast, last_act: Callable[[], Act]
) -> None:
    order = bring(cast, draft(cast), State.DISPATCHED)
    asked = bring(cast, draft(cast, basis="agreement"), State.DISPATCHED)

    for unit in ("wz-command", "zj-command", "lvyuan-volunteers"):
        with pytest.raises(OrderNeedsLine):
            forward_task(task=order, to=cast.units[unit], reason="x", by=cast.ye, at=AT)
    forward_task(task=order, to=cast.units["xh-command"], reason="x", by=cast.ye, at=AT)
    assert last_act().kind == "dispatch"
    forward_task(task=asked, to=cast.units["wz-command"], reason="x", by=cast.ye, at=AT)
    assert last_act().kind == "ask"


def test_a_task_is_not_forwarded_to_who_has_it(cast: Cast, task: Task) -> None:
    with pytest.raises(ForwardedToItself):
        forward_task(task=task, to=cast.units["beishan-street"], reason="x", by=cast.lou, at=AT)


def test_an_assisting_unit_can_become_the_lead(cast: Cast) -> None:
    task = bring(cast, draft(cast, basis="agreement"), State.DISPATCHED)

    forward_task(task=task, to=cast.units["baoshi-property"], reason="x", by=cast.lou, at=AT)

    task.refresh_from_db()
    assert task.assisting == []
    assert task.relations[cast.units["baoshi-property"].id] == {"lead"}


def test_a_forwarded_draft_leaves_no_trace_with_who_never_had_it(cast: Cast) -> None:
    task = draft(cast)

    forward_task(task=task, to=cast.units["xh-command"], reason="x", by=cast.lou, at=AT)

    task.refresh_from_db()
    assert cast.units["beishan-street"].id not in task.relations


def test_a_split_task_is_done_when_its_parts_are(cast: Cast) -> None:
    task = bring(cast, draft(cast), State.IN_PROGRESS)
    first, second = split_task(
        task=task,
        parts=[
            Part("Building 1", cast.units["baoshi-community"], AT + HOUR),
            Part("Parcels", cast.units["baoshi-property"], AT + HOUR, basis="agreement"),
        ],
        by=cast.ye,
        at=AT,
    )
    assert {first.asker_id, second.asker_id} == {cast.units["beishan-street"].id}
    assert cast.units["hz-command"].id in first.informed

    with pytest.raises(PartsOpen) as caught:
        finish_task(task=task, result="All", by=cast.ye, at=AT)
    assert first.reference in str(caught.value)
    assert second.reference in str(caught.value)

    accept_task(task=first, by=cast.mei, at=AT)
    finish_task(task=first, result="Done", by=cast.mei, at=AT)
    withdraw_task(task=second, reason="Not needed", by=cast.ye, at=AT)

    assert finish_task(task=task, result="All", by=cast.ye, at=AT).state == State.DONE


def test_parts_are_sent_all_or_none_and_the_row_is_named(cast: Cast, task: Task) -> None:
    parts = [
        Part("Building 1", cast.units["baoshi-community"], AT + HOUR),
        Part("Parcels", cast.units["baoshi-property"], AT + HOUR),
    ]

    with pytest.raises(OrderNeedsLine) as caught:
        split_task(task=task, parts=parts, by=cast.ye, at=AT)

    assert caught.value.row == 2
    assert Task.objects.count() == 1


@pytest.mark.parametrize("n", [0, 51])
def test_a_task_is_split_into_something_that_can_be_watched(cast: Cast, task: Task, n: int) -> None:
    parts = [Part("Part", cast.units["baoshi-community"], AT + HOUR)] * n

    with pytest.raises(PartsMissing):
        split_task(task=task, parts=parts, by=cast.ye, at=AT)


def test_nobody_hangs_a_part_on_the_task_of_others(cast: Cast, task: Task) -> None:
    with pytest.raises(NotFound):
        draft(cast, parent=task, by=cast.ou, basis="agreement")
    with pytest.raises(NotAllowed):
        draft(cast, parent=task, by=cast.chu, basis="agreement")


def test_merging_informs_everybody_of_the_other_task(cast: Cast, task: Task) -> None:
    repeat = bring(
        cast,
        draft(cast, lead=cast.units["xh-command"], assisting=[cast.units["wz-command"]]),
        State.ACCEPTED,
    )
    (part,) = split_task(
        task=repeat,
        parts=[Part("Part", cast.units["baoshi-community"], AT + HOUR)],
        by=cast.second_post,
        at=AT,
    )

    merge_tasks(task=repeat, into=task, by=cast.lou, at=AT)

    task.refresh_from_db()
    repeat.refresh_from_db()
    part.refresh_from_db()
    assert repeat.merged_into == task
    assert part.parent == task
    assert task.relations[cast.units["wz-command"].id] == {"informed"}
    assert "informed" in task.relations[cast.units["xh-command"].id]
    assert task.state == State.DISPATCHED


def test_a_task_is_not_merged_into_itself_or_into_a_closed_one(cast: Cast, task: Task) -> None:
    closed = bring(cast, draft(cast), State.CONFIRMED)

    with pytest.raises(MergedIntoItself):
        merge_tasks(task=task, into=task, by=cast.lou, at=AT)
    with pytest.raises(WrongState):
        merge_tasks(task=task, into=closed, by=cast.lou, at=AT)


def test_nobody_merges_into_a_task_that_they_do_not_see(cast: Cast, task: Task) -> None:
    hidden = bring(
        cast,
        draft(cast, by=cast.he, lead=cast.units["wz-command"], assisting=[], informed=[]),
        State.DRAFT,
    )

    with pytest.raises(NotFound):
        merge_tasks(task=task, into=hidden, by=cast.lou, at=AT)

"""The rules of single acts: what they ask for, and what they leave behind."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tongzhou.actors.actions.edit_unit import edit_unit
from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.close_incident import close_incident
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import NotAllowed, NotFound, Refusal
from tongzhou.ledger.models import Act
from tongzhou.tasks.actions import create_task as creating
from tongzhou.tasks.actions.block_task import block_task
from tongzhou.tasks.actions.comment_task import TextMissing, TextTooLong, comment_task
from tongzhou.tasks.actions.dispatch_task import OrderNeedsLine, dispatch_task
from tongzhou.tasks.actions.edit_task import NothingChanged, edit_task
from tongzhou.tasks.actions.finish_task import ResultMissing, finish_task
from tongzhou.tasks.actions.participants import UnitInactive
from tongzhou.tasks.actions.reopen_task import reopen_task
from tongzhou.tasks.actions.return_task import return_task
from tongzhou.tasks.actions.see_task import SeenAlready, see_task
from tongzhou.tasks.actions.send_task import send_task
from tongzhou.tasks.actions.take_task import TakenAlready, take_task
from tongzhou.tasks.actions.transition import ReasonMissing
from tongzhou.tasks.actions.withdraw_task import withdraw_task
from tongzhou.tasks.choices import UnknownChoice
from tongzhou.tasks.models import Comment, State, Task

from .conftest import AT, DAY, HOUR, bring, draft


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"title": "  "}, creating.TitleMissing, "title"),
        ({"title": "x" * 201}, creating.TitleTooLong, "title"),
        ({"due_at": AT}, creating.DueInThePast, "due_at"),
        ({"due_at": datetime(9999, 12, 31, tzinfo=UTC)}, creating.DueTooFar, "due_at"),
        ({"basis": "whim"}, UnknownChoice, "basis"),
        ({"work": "magic"}, UnknownChoice, "work"),
        ({"priority": 7}, UnknownChoice, "priority"),
    ],
)
def test_a_task_that_cannot_be_is_not_made(
    cast: Cast, changes: dict[str, Any], refusal: type[Refusal], field: str
) -> None:
    with pytest.raises(refusal) as caught:
        draft(cast, **changes)

    assert caught.value.field == field
    assert not Task.objects.exists()


def test_creating_leaves_one_act_that_only_the_askers_side_is_told_of(
    cast: Cast, last_act: Callable[[], Act]
) -> None:
    task = draft(cast)

    act = last_act()
    assert (act.type, act.about_id, act.with_units) == ("task.created.v1", task.id, [])
    assert set(act.audience) == {cast.units["hz-command"].id, cast.units["zj-command"].id}


def test_a_failing_ledger_leaves_no_draft_behind(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    class LedgerIsDown(Exception):
        pass

    def fail(*_args: object, **_fields: object) -> None:
        raise LedgerIsDown

    monkeypatch.setattr("tongzhou.tasks.actions.transition.append", fail)

    with pytest.raises(LedgerIsDown):
        draft(cast)

    assert not Task.objects.exists()


def test_a_resident_cannot_ask_tasks_of_others(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        draft(cast, by=cast.ren)


def test_no_task_in_an_incident_that_the_post_does_not_see(cast: Cast, incident: Incident) -> None:
    with pytest.raises(NotFound):
        draft(cast, incident=incident, by=cast.ou, basis="agreement")


def test_no_new_task_in_a_closed_incident(cast: Cast, incident: Incident) -> None:
    close_incident(incident=incident, reason="Over", by=cast.shen, at=AT)
    incident.refresh_from_db()

    with pytest.raises(creating.IncidentClosed):
        draft(cast, incident=incident)


@pytest.mark.parametrize("part", ["lead", "assisting", "informed"])
def test_a_unit_that_is_no_more_takes_no_tasks(cast: Cast, part: str) -> None:
    unit = edit_unit(unit=cast.units["lvyuan-volunteers"], active=False, by=cast.an, at=AT)

    with pytest.raises(UnitInactive) as caught:
        draft(cast, **{part: unit if part == "lead" else [unit]})

    assert caught.value.field == part


def test_each_unit_has_one_part_in_a_task(cast: Cast) -> None:
    lead, firm = cast.units["beishan-street"], cast.units["baoshi-property"]

    task = draft(
        cast, assisting=[lead, firm, firm], informed=[firm, lead, cast.units["hz-command"]]
    )

    assert (task.assisting, task.informed) == ([firm.id], [])


@pytest.mark.parametrize(
    ("lead", "basis", "kind"),
    [
        ("xh-command", "order", "dispatch"),
        ("baoshi-community", "order", "dispatch"),
        ("hz-command", "order", "dispatch"),
        ("wz-command", "agreement", "ask"),
        ("baoshi-property", "voluntary", "ask"),
        ("zj-cdc", "law", "ask"),
        ("xh-command", "agreement", "ask"),
    ],
)
def test_an_order_is_dispatched_and_anything_else_is_asked_for(
    cast: Cast, lead: str, basis: str, kind: str, last_act: Callable[[], Act]
) -> None:
    dispatch_task(task=draft(cast, lead=cast.units[lead], basis=basis), by=cast.lou, at=AT)

    assert (last_act().kind, last_act().basis) == (kind, basis)


@pytest.mark.parametrize("lead", ["zj-command", "wz-command", "baoshi-property", "zj-cdc"])
def test_an_order_goes_down_the_line_of_command_only(cast: Cast, lead: str) -> None:
    with pytest.raises(OrderNeedsLine) as caught:
        dispatch_task(task=draft(cast, lead=cast.units[lead]), by=cast.lou, at=AT)

    assert "is not below Hangzhou Command Headquarters" in str(caught.value)


def test_a_due_time_that_passed_while_drafted_must_be_changed_first(cast: Cast) -> None:
    with pytest.raises(creating.DueInThePast):
        dispatch_task(task=draft(cast), by=cast.lou, at=AT + 2 * DAY)


def test_sending_is_both_or_neither(cast: Cast) -> None:
    with pytest.raises(OrderNeedsLine):
        send_task(
            title="Task",
            lead=cast.units["wz-command"],
            area=cast.areas["3303"],
            due_at=AT + DAY,
            basis="order",
            by=cast.lou,
            at=AT,
        )

    assert not Task.objects.exists()


@pytest.mark.parametrize(
    ("act", "state", "who"),
    [
        (return_task, State.SEEN, "ye"),
        (block_task, State.IN_PROGRESS, "ye"),
        (reopen_task, State.DONE, "lou"),
        (withdraw_task, State.SEEN, "lou"),
        (edit_task, State.SEEN, "lou"),
    ],
)
def test_a_reason_is_asked_for_and_kept_beside_the_ledger(
    cast: Cast,
    act: Callable[..., Task],
    state: State,
    who: str,
    last_act: Callable[[], Act],
) -> None:
    task = bring(cast, draft(cast), state)
    more = {"priority": 2} if act is edit_task else {}

    with pytest.raises(ReasonMissing):
        act(task=task, reason=" \n ", by=cast.posts[who], at=AT, **more)
    act(task=task, reason=" Zhang San has moved ", by=cast.posts[who], at=AT, **more)

    note = Comment.objects.get(id=last_act().data["note"])
    assert (note.text, note.post_id) == ("Zhang San has moved", cast.posts[who].id)
    assert "Zhang" not in str(last_act().data)


def test_two_of_a_unit_do_not_handle_one_task(cast: Cast) -> None:
    task = bring(cast, draft(cast, lead=cast.units["baoshi-community"]), State.ACCEPTED)
    take_task(task=task, by=cast.mei, at=AT)

    with pytest.raises(TakenAlready):
        take_task(task=task, by=cast.ji, at=AT)


def test_the_look_of_an_assisting_unit_is_noted_once_and_changes_no_state(
    cast: Cast, task: Task
) -> None:
    see_task(task=task, by=cast.pan, at=AT)

    task.refresh_from_db()
    assert (task.state, task.seen_at) == ("dispatched", None)
    with pytest.raises(SeenAlready):
        see_task(task=task, by=cast.pan, at=AT)
    assert see_task(task=task, by=cast.ye, at=AT).state == State.SEEN


def test_done_says_what_was_done_and_whether_in_time(
    cast: Cast, last_act: Callable[[], Act]
) -> None:
    in_time, late = (bring(cast, draft(cast), State.IN_PROGRESS) for _ in range(2))
    with pytest.raises(ResultMissing):
        finish_task(task=in_time, result=" ", by=cast.ye, at=AT)

    finish_task(task=in_time, result="12 households", by=cast.ye, at=AT + HOUR)
    assert (last_act().outcome, last_act().kind) == ("in_time", "report")
    finish_task(task=late, result="12 households", by=cast.ye, at=AT + 2 * DAY)
    assert (last_act().outcome, last_act().due_at) == ("late", AT + DAY)


def test_an_edit_changes_something(cast: Cast, task: Task) -> None:
    with pytest.raises(NothingChanged):
        edit_task(task=task, reason="x", due_at=task.due_at, priority=0, by=cast.lou, at=AT)
    with pytest.raises(creating.DueInThePast):
        edit_task(task=task, reason="x", due_at=AT, by=cast.lou, at=AT)
    with pytest.raises(creating.DueTooFar):
        edit_task(task=task, reason="x", due_at=AT + 3700 * DAY, by=cast.lou, at=AT)
    with pytest.raises(UnknownChoice):
        edit_task(task=task, reason="x", priority=5, by=cast.lou, at=AT)


def test_an_edit_of_a_draft_shows_it_to_nobody_new(cast: Cast) -> None:
    task = draft(cast)

    edit_task(
        task=task, reason="More hands", assisting=[cast.units["wz-command"]], by=cast.lou, at=AT
    )

    task.refresh_from_db()
    assert task.assisting == [cast.units["wz-command"].id]
    assert set(task.relations) == {cast.units["hz-command"].id, cast.units["zj-command"].id}


def test_the_ledger_says_what_was_edited(
    cast: Cast, task: Task, last_act: Callable[[], Act]
) -> None:
    edit_task(task=task, reason="x", priority=2, due_at=AT + 3 * DAY, by=cast.lou, at=AT)

    data = last_act().data
    assert data["priority"] == 2
    assert data["due_at"].startswith("2020-01-26T")
    assert "assisting" not in data


def test_a_confirmed_task_is_reopened_by_whom_it_concerns(cast: Cast) -> None:
    task = bring(cast, draft(cast), State.CONFIRMED)

    reopen_task(task=task, reason="One household is missing", by=cast.chu, at=AT)

    task.refresh_from_db()
    assert (task.state, task.reopened) == ("in_progress", 1)
    assert (task.done_at, task.closed_at) == (None, None)
    assert set(task.parties.values_list("open", flat=True)) == {True}


def test_a_comment_says_something_and_not_too_much(cast: Cast, task: Task) -> None:
    with pytest.raises(TextMissing):
        comment_task(task=task, text="  ", by=cast.ye, at=AT)
    with pytest.raises(TextTooLong):
        comment_task(task=task, text="x" * 4001, by=cast.ye, at=AT)

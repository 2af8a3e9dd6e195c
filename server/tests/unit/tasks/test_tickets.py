"""Tickets and whistles: whose they are, what is refused, what is counted."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed, NotFound
from tongzhou.ledger.models import Act
from tongzhou.tasks.actions.answer_at_once import answer_at_once
from tongzhou.tasks.actions.blow_whistle import (
    NobodyCalled,
    WhistleDownwards,
    WhistleToItself,
)
from tongzhou.tasks.actions.call_back import NotReachedButAnswered, call_back
from tongzhou.tasks.actions.evaluate import EvaluationNotYours, evaluate, evaluate_ticket
from tongzhou.tasks.actions.finish_task import ResultMissing
from tongzhou.tasks.actions.merge_tasks import MergedAcrossForms, merge_tasks
from tongzhou.tasks.actions.reclassify_ticket import SameClass, reclassify_ticket
from tongzhou.tasks.actions.register_ticket import (
    TicketEmpty,
    TicketTooLong,
    UnknownClass,
)
from tongzhou.tasks.actions.reopen_ticket import reopen_ticket
from tongzhou.tasks.actions.take_sms import SmsEmpty, SmsSenderInvalid, take_sms
from tongzhou.tasks.actions.transition import NoAnswerYet
from tongzhou.tasks.actions.withdraw_task import withdraw_task
from tongzhou.tasks.choices import UnknownChoice
from tongzhou.tasks.models import Call, Channel, Form, State, Task, Ticket, Whistle
from tongzhou.tasks.queries import tickets, whistles

from .conftest import AT, DAY, HOUR, MAKERS, bring, draft, registered, ticket, whistle


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"text": "  "}, TicketEmpty, "text"),
        ({"text": "x" * 10_000}, TicketTooLong, "text"),
        ({"place": "x" * 10_000}, TicketTooLong, "place"),
        ({"class_code": "vip"}, UnknownClass, "class_code"),
        ({"channel": "pigeon"}, UnknownChoice, "channel"),
    ],
)
def test_a_bad_ticket_is_refused_by_name(
    cast: Cast, changes: dict[str, Any], refusal: type[Exception], field: str
) -> None:
    with pytest.raises(refusal) as found:
        registered(cast, **changes)

    assert found.value.field == field  # type: ignore[attr-defined]
    assert not Ticket.objects.exists()
    assert not Task.objects.exists()


def test_a_ticket_without_the_permission_is_refused(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        registered(cast, by=cast.ren)


def test_the_class_says_by_when(cast: Cast) -> None:
    found = registered(cast, class_code="life")

    assert found.task.due_at == AT + 2 * HOUR
    act = Act.objects.get(type="ticket.registered.v1")
    assert act.data["desk"] == str(cast.units["hz-command"].id)
    assert "Rubbish" not in str(act.data)


def test_a_whistle_to_oneself_downwards_or_to_nobody_is_refused(cast: Cast) -> None:
    for units, refusal in (
        (["beishan-street", "zj-health"], WhistleToItself),
        (["baoshi-community"], WhistleDownwards),
        ([], NobodyCalled),
    ):
        with pytest.raises(refusal):
            whistle(cast, units=[cast.units[code] for code in units])
    with pytest.raises(UnknownChoice):
        whistle(cast, kind="loud")

    assert not Whistle.objects.exists()
    assert not Task.objects.exists()


def test_each_department_has_a_call_of_its_own_and_half_an_hour(cast: Cast) -> None:
    found = whistle(cast, units=[cast.units["zj-health"], cast.units["hz-health"]])

    calls = list(Call.objects.filter(whistle=found))
    assert [call.arrive_by for call in calls] == [AT + timedelta(minutes=30)] * 2
    acts = Act.objects.filter(type="whistle.called.v1")
    assert {act.due_at for act in acts} == {AT + timedelta(minutes=30)}
    assert {act.data["form"] for act in acts} == {"whistle"}


def test_a_failing_ledger_leaves_nothing_behind(cast: Cast, broken_ledger: Any) -> None:
    with broken_ledger():
        whistle(cast)
    with broken_ledger():
        registered(cast)

    assert not Whistle.objects.exists()
    assert not Call.objects.exists()
    assert not Ticket.objects.exists()
    assert not Task.objects.exists()


def test_nobody_but_who_asked_evaluates_a_ticket(cast: Cast) -> None:
    task = bring(cast, ticket(cast), State.CONFIRMED)

    with pytest.raises(EvaluationNotYours):
        evaluate(task=task, solved=True, satisfied=True, by=cast.lou, at=AT)
    with pytest.raises(NotAllowed):
        evaluate(task=task, solved=True, satisfied=True, by=cast.ye, at=AT)
    with pytest.raises(NotFound):
        evaluate(task=task, solved=True, satisfied=True, by=cast.ou, at=AT)


def test_there_is_nothing_to_judge_before_the_answer(cast: Cast) -> None:
    asked = registered(cast)

    with pytest.raises(NoAnswerYet) as refused:
        evaluate_ticket(ticket=asked, solved=True, satisfied=True, at=AT)

    assert asked.task.reference not in str(refused.value), "our number tells them nothing"
    asked.refresh_from_db()
    assert asked.evaluated_at is None


def test_who_was_not_reached_said_nothing(cast: Cast) -> None:
    task = bring(cast, ticket(cast), State.CONFIRMED)

    with pytest.raises(NotReachedButAnswered):
        call_back(task=task, reached=False, solved=True, by=cast.lou, at=AT)
    call_back(task=task, reached=False, by=cast.lou, at=AT)

    found = Ticket.objects.get(task=task)
    assert (found.reached, found.solved, found.satisfied) == (False, None, None)


def test_the_same_or_an_unknown_class_changes_nothing(cast: Cast, sent: Task) -> None:
    for code, refusal in (("normal", SameClass), ("vip", UnknownClass)):
        with pytest.raises(refusal):
            reclassify_ticket(task=sent, class_code=code, reason="r", by=cast.lou, at=AT)

    assert Ticket.objects.get(task=sent).class_code == "normal"


def test_an_answer_at_once_is_whole_or_nothing(cast: Cast) -> None:
    given = {"text": "When?", "area": cast.areas["330106002"], "channel": Channel.PHONE}

    with pytest.raises(ResultMissing):
        answer_at_once(answer="  ", by=cast.lou, at=AT, **given)

    assert not Ticket.objects.exists()
    assert not Act.objects.filter(type__startswith="ticket.").exists()


def test_opened_again_the_class_promises_a_new_time(cast: Cast) -> None:
    task = bring(cast, ticket(cast), State.CONFIRMED)

    reopen_ticket(ticket=Ticket.objects.get(task=task), reason="Wet again", at=AT + 3 * DAY)

    task.refresh_from_db()
    assert (task.state, task.due_at) == (State.IN_PROGRESS, AT + 10 * DAY)


def test_a_ticket_is_not_merged_into_a_plain_task(cast: Cast) -> None:
    task = bring(cast, draft(cast), State.DISPATCHED)

    with pytest.raises(MergedAcrossForms):
        merge_tasks(task=ticket(cast), into=task, by=cast.lou, at=AT)


def test_a_text_message_becomes_a_ticket_and_asks_for_it(cast: Cast) -> None:
    given = {"sender": "+86 138 0000 1111", "area": cast.areas["330106002"], "by": cast.lou}

    first = take_sms(text="五天没有人收垃圾", at=AT, **given)
    again = take_sms(text=f"查询 {first.ticket.lower()}", at=AT, **given)
    unknown = take_sms(text="TZ-2222-2222", at=AT, **given)

    found = Ticket.objects.get()
    assert (found.number, found.channel, found.requester.phone) == (
        first.ticket, "sms", "+86 138 0000 1111",
    )  # fmt: skip
    assert first.ticket in first.text
    assert again.ticket == first.ticket
    assert unknown.ticket == ""
    assert "138" not in str(list(Act.objects.values_list("data", flat=True)))


def test_a_bad_text_message_is_refused_by_name(cast: Cast) -> None:
    area = cast.areas["330106002"]

    with pytest.raises(SmsEmpty):
        take_sms(sender="13800001111", text=" ", area=area, by=cast.lou, at=AT)
    with pytest.raises(SmsSenderInvalid):
        take_sms(sender="<b>", text="Rubbish", area=area, by=cast.lou, at=AT)
    with pytest.raises(TicketTooLong):
        take_sms(sender="13800001111", text="x" * 10_000, area=area, by=cast.lou, at=AT)
    with pytest.raises(NotAllowed):
        take_sms(sender="13800001111", text="Rubbish", area=area, by=cast.ren, at=AT)


def test_whistles_are_found_page_by_page(cast: Cast) -> None:
    made = [whistle(cast, at=AT + each * HOUR) for each in range(5)]

    def found(**wanted: Any) -> list[int]:
        page = whistles.listed(visible_to=cast.ye, **{"at": AT + DAY, **wanted})
        return [row.whistle.number for row in page.rows]

    newest = [one.number for one in reversed(made)]
    first = whistles.listed(visible_to=cast.ye, at=AT, limit=3)
    rest = whistles.listed(visible_to=cast.ye, at=AT, limit=3, cursor=first.next)
    assert [row.whistle.number for row in (*first.rows, *rest.rows)] == newest
    assert rest.next == ""
    for q in ("发热", "east GATE", made[2].unit.name_en, "Health"):
        assert found(q=q) == newest, q
    assert found(q=made[1].reference) == found(q=str(made[1].number)) == [made[1].number]
    assert found(q="100%") == found(q="nothing like it") == []
    assert found(state="open") == found(state="absent") == newest
    assert found(state="absent", at=AT) == found(state="closed") == []
    call = made[0].calls.get().task
    withdraw_task(task=call, reason="Solved", by=cast.ye, at=AT + DAY)
    assert found(state="closed") == [made[0].number]
    assert made[0].number not in found(state="absent")


def test_the_list_of_whistles_costs_the_same_however_long(cast: Cast) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            whistles.listed(visible_to=cast.ye, at=AT, q="fever", state="open")
        return len(asked)

    whistle(cast)
    before = cost()
    for _each in range(4):
        whistle(cast)

    assert cost() == before == 2


def test_the_desk_costs_the_same_however_long(cast: Cast) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            tickets.listed(visible_to=cast.lou, at=AT, tab="all")
        return len(asked)

    registered(cast)
    tickets.listed(visible_to=cast.lou, at=AT, tab="all")  # the template is kept by the process
    before = cost()
    for _each in range(5):
        registered(cast)

    assert cost() == before == 1


def test_pages_of_the_desk_follow_each_other(cast: Cast) -> None:
    made = {registered(cast).number for _each in range(5)}

    first = tickets.listed(visible_to=cast.lou, at=AT, tab="all", limit=3)
    second = tickets.listed(visible_to=cast.lou, at=AT, tab="all", limit=3, cursor=first.next)

    assert {row.number for row in (*first.rows, *second.rows)} == made
    assert second.next == ""
    assert tickets.listed(visible_to=cast.lou, at=AT, tab="all", cursor="nonsense").rows


@pytest.mark.parametrize("form", Form)
def test_every_form_can_be_made(cast: Cast, form: Form) -> None:
    assert MAKERS[form](cast).form == form

"""Tickets and whistles: whose they are, what is refused, what is counted."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed, NotFound
from tongzhou.ledger.models import Act
from tongzhou.library.kinds.hotline import Hotline
from tongzhou.tasks import rules
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.answer_at_once import answer_at_once
from tongzhou.tasks.actions.blow_whistle import (
    NobodyCalled,
    WhistleDownwards,
    WhistleToItself,
)
from tongzhou.tasks.actions.bounce import (
    BetterOwnerIsRefuser,
    BouncedBack,
    BounceNeedsOwner,
    LineMustDecide,
    OwnerBound,
)
from tongzhou.tasks.actions.call_back import NotReachedButAnswered, call_back
from tongzhou.tasks.actions.confirm_task import confirm_task
from tongzhou.tasks.actions.decide_owner import decide_owner
from tongzhou.tasks.actions.evaluate import EvaluationNotYours, evaluate, evaluate_ticket
from tongzhou.tasks.actions.finish_task import ResultMissing, finish_task
from tongzhou.tasks.actions.forward_task import forward_task
from tongzhou.tasks.actions.merge_tasks import MergedAcrossForms, merge_tasks
from tongzhou.tasks.actions.object_to_dispatch import object_to_dispatch
from tongzhou.tasks.actions.reclassify_ticket import SameClass, reclassify_ticket
from tongzhou.tasks.actions.refuse_task import refuse_task
from tongzhou.tasks.actions.register_ticket import (
    TicketEmpty,
    TicketTooLong,
    UnknownClass,
    register_ticket,
)
from tongzhou.tasks.actions.reopen_ticket import reopen_ticket
from tongzhou.tasks.actions.return_task import return_task
from tongzhou.tasks.actions.review_objection import UpheldNeedsOwner, review_objection
from tongzhou.tasks.actions.take_sms import SmsEmpty, SmsSenderInvalid, take_sms
from tongzhou.tasks.actions.withdraw_task import withdraw_task
from tongzhou.tasks.choices import UnknownChoice
from tongzhou.tasks.models import Call, Channel, Form, State, Task, TaskParty, Ticket, Whistle
from tongzhou.tasks.queries import rates, tickets, whistles

from .conftest import AT, DAY, HOUR, MAKERS, bring, draft, ticket, whistle


@pytest.fixture
def sent(cast: Cast) -> Task:
    """A ticket that the city's desk sent to the street."""
    return bring(cast, ticket(cast), State.DISPATCHED)


def registered(cast: Cast, **changes: Any) -> Ticket:
    given = {
        "text": "Rubbish",
        "area": cast.areas["330106002"],
        "channel": Channel.PHONE,
        "lead": cast.units["beishan-street"],
        "by": cast.lou,
        "at": AT,
        **changes,
    }
    return register_ticket(**given)


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


def test_nobody_passes_a_ticket_on_without_a_better_owner(cast: Cast, sent: Task) -> None:
    with pytest.raises(BounceNeedsOwner):
        refuse_task(task=sent, reason="No", better_owner=None, by=cast.ye, at=AT)
    with pytest.raises(BounceNeedsOwner):
        return_task(task=sent, reason="No", by=cast.ye, at=AT)
    with pytest.raises(BetterOwnerIsRefuser):
        refuse_task(
            task=sent, reason="No", better_owner=cast.units["beishan-street"], by=cast.ye, at=AT
        )
    with pytest.raises(BouncedBack):
        refuse_task(
            task=sent, reason="No", better_owner=cast.units["hz-command"], by=cast.ye, at=AT
        )


def test_it_is_not_played_back_to_where_it_came_from(cast: Cast, sent: Task) -> None:
    community = cast.units["baoshi-community"]
    forward_task(task=sent, to=community, reason="Theirs", by=cast.ye, at=AT)

    with pytest.raises(BouncedBack):
        forward_task(
            task=sent, to=cast.units["beishan-street"], reason="No, theirs", by=cast.mei, at=AT
        )

    sent.refresh_from_db()
    assert (sent.bounces, sent.lead_id) == (1, community.id)


def test_after_two_times_the_unit_above_decides_for_good(cast: Cast, sent: Task) -> None:
    community, volunteers = cast.units["baoshi-community"], cast.units["lvyuan-volunteers"]
    forward_task(task=sent, to=community, reason="Theirs", by=cast.ye, at=AT)
    refuse_task(task=sent, reason="No means", better_owner=volunteers, by=cast.mei, at=AT)
    asker = cast.lou

    # Hangzhou's command stands above the community itself, so it may decide.
    assert "line" in Task.objects.get(id=sent.id).relations_of(asker)
    decide_owner(task=sent, to=community, reason="By the catalogue", by=cast.shen, at=AT)

    with pytest.raises(OwnerBound):
        refuse_task(task=sent, reason="Still no", better_owner=volunteers, by=cast.mei, at=AT)
    with pytest.raises(OwnerBound):
        object_to_dispatch(task=sent, reason="Still no", by=cast.mei, at=AT)
    accept_task(task=sent, by=cast.mei, at=AT)


def test_who_does_not_stand_above_cannot_move_it_any_more(cast: Cast) -> None:
    task = whistle(cast).calls.get().task
    forward_task(task=task, to=cast.units["hz-health"], reason="Theirs", by=cast.tang, at=AT)
    refuse_task(task=task, reason="No", better_owner=cast.units["zj-cdc"], by=cast.xia, at=AT)

    with pytest.raises(LineMustDecide):
        forward_task(task=task, to=cast.units["zj-cdc"], reason="So be it", by=cast.ye, at=AT)

    decide_owner(task=task, to=cast.units["zj-cdc"], reason="Enough", by=cast.shen, at=AT)


def test_an_objection_upheld_names_the_new_owner(cast: Cast, sent: Task) -> None:
    object_to_dispatch(task=sent, reason="Not our road", by=cast.ye, at=AT)
    with pytest.raises(UpheldNeedsOwner):
        review_objection(task=sent, upheld=True, reason="Right", by=cast.lou, at=AT)

    review_objection(
        task=sent, upheld=True, to=cast.units["xh-command"], reason="Right", by=cast.lou, at=AT
    )

    sent.refresh_from_db()
    assert (sent.state, sent.lead_id) == (State.DISPATCHED, cast.units["xh-command"].id)
    assert "informed" in sent.relations_of(cast.ye)


def test_an_objection_rejected_binds(cast: Cast, sent: Task) -> None:
    object_to_dispatch(task=sent, reason="Not our road", by=cast.ye, at=AT)

    review_objection(task=sent, upheld=False, reason="It is", by=cast.lou, at=AT)

    with pytest.raises(OwnerBound):
        object_to_dispatch(task=sent, reason="Again", by=cast.ye, at=AT)


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


def test_the_tab_to_decide_begins_where_the_acts_do(cast: Cast, sent: Task) -> None:
    """As often as the template allows, whatever its number."""
    most = rules.most_bounces(sent)

    def to_decide() -> int:
        return tickets.counts(visible_to=cast.shen, at=AT, tabs=("decide",))["decide"]

    Task.objects.filter(id=sent.id).update(state=State.REFUSED, bounces=most - 1)
    TaskParty.objects.filter(task=sent).update(state=State.REFUSED)
    assert to_decide() == 0
    Task.objects.filter(id=sent.id).update(bounces=most)
    assert to_decide() == 1


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

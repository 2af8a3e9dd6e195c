"""The burden guard: one fact one entry, quotas that hold, facts that fill many forms."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.oversight.conftest import AT, DAY, HOUR, TODAY, Asking, fields, load_of

from tongzhou.demo.cast import Cast, assemble
from tongzhou.kernel.errors import NotAllowed, NotFound, ReasonMissing, Refusal
from tongzhou.ledger.models import Act
from tongzhou.library.kinds.burden import BurdenBody
from tongzhou.oversight.actions import ask_units as asking
from tongzhou.oversight.actions.ask_units import QuotaPassed, Wanted, ask_units
from tongzhou.oversight.actions.change import DeadlinePassed
from tongzhou.oversight.actions.consent_burden import WithinQuota, consent_burden
from tongzhou.oversight.actions.declare_field import (
    FieldCodeMalformed,
    FieldCodeTaken,
    FieldStandsAlready,
    declare_field,
)
from tongzhou.oversight.actions.withdraw_request import withdraw_request
from tongzhou.oversight.models import Ask, AskPart, PartState
from tongzhou.oversight.queries import asks, catalogue, load, quota


def test_a_request_is_one_act_for_each_unit(cast: Cast, ask: Asking) -> None:
    ask(units=[cast.units["baoshi-community"], cast.units["beishan-street"]])

    acts = Act.objects.filter(type="request.sent.v1")
    assert {act.data["unit"] for act in acts} == {
        str(cast.units[code].id) for code in ("baoshi-community", "beishan-street")
    }
    assert {act.kind for act in acts} == {"ask"}


def test_the_same_field_is_entered_once_for_many_requests(cast: Cast, ask: Asking) -> None:
    ask(3)
    ask(5, by=cast.xia)

    assert (load_of(cast).fields, load_of(cast).written, load_of(cast).forms) == (5, 8, 2)
    assert load_of(cast).duplicates == 0


def test_what_is_asked_anew_for_a_reason_counts_as_a_duplicate(cast: Cast, ask: Asking) -> None:
    ask(4)
    again = [Wanted(field, anew=True, reason="Other hour") for field in fields(cast, 1)]
    ask(wanted=again, by=cast.xia)

    assert (load_of(cast).fields, load_of(cast).distinct, load_of(cast).duplicates) == (5, 4, 1)
    assert load_of(cast).duplicate_share == 0.2


def test_past_the_quota_it_is_refused(cast: Cast, ask: Asking) -> None:
    ask(30)

    with pytest.raises(QuotaPassed) as refused:
        ask(20, prefix="other", by=cast.xia)

    assert "fields a day 50, of 40" in str(refused.value)
    assert Ask.objects.count() == 1
    assert load_of(cast).fields == 30


def test_a_form_that_is_filled_from_elsewhere_passes_no_quota_of_fields(
    cast: Cast, ask: Asking
) -> None:
    ask(40)
    ask(40, by=cast.xia)

    assert load_of(cast).fields == 40


def test_the_sender_makes_room_by_withdrawing_one_of_its_own(cast: Cast, ask: Asking) -> None:
    first = ask(30)
    second = ask(20, prefix="other", withdraws=first)

    first.refresh_from_db()
    assert first.stops_on == TODAY
    assert second.withdraws == first
    assert load_of(cast).fields == 20
    assert Act.objects.filter(type="request.withdrawn.v1").count() == 1


def test_only_the_senders_own_request_gives_way(cast: Cast, ask: Asking) -> None:
    first = ask(30)

    with pytest.raises(asking.NotYourRequest):
        ask(20, prefix="other", withdraws=first, by=cast.xia)


def test_too_little_room_is_refused_and_withdraws_nothing(cast: Cast, ask: Asking) -> None:
    ask(35, by=cast.xia)
    small = ask(5, prefix="small")

    with pytest.raises(QuotaPassed):
        ask(20, prefix="other", withdraws=small)

    small.refresh_from_db()
    assert small.stops_on is None


def test_the_unit_consents_or_owes_nothing(cast: Cast, ask: Asking) -> None:
    ask(30)
    extra = ask(20, prefix="other", by=cast.xia, seek_consent=True)
    part = AskPart.objects.get(ask=extra)

    assert part.state == PartState.WAITING
    assert part.passed[0]["limit"] == "fields_day"
    assert load_of(cast).fields == 30
    consent_burden(part=part, consent=True, by=cast.mei, at=AT + HOUR)
    assert load_of(cast).fields == 50


def test_a_consent_can_be_taken_back_from_tomorrow_on(cast: Cast, ask: Asking) -> None:
    ask(30)
    part = AskPart.objects.get(ask=ask(20, prefix="other", by=cast.xia, seek_consent=True))
    consent_burden(part=part, consent=True, by=cast.mei, at=AT + HOUR)

    consent_burden(part=part, consent=False, reason="Too much", by=cast.mei, at=AT + 2 * HOUR)

    assert load_of(cast).fields == 50
    assert load_of(cast, TODAY + timedelta(1)).fields == 30


def test_what_is_within_the_quota_cannot_be_declined(cast: Cast, ask: Asking) -> None:
    part = AskPart.objects.get(ask=ask(3))

    with pytest.raises(WithinQuota):
        consent_burden(part=part, consent=False, reason="No", by=cast.mei, at=AT)


def test_only_the_unit_consents(cast: Cast, ask: Asking) -> None:
    ask(30)
    part = AskPart.objects.get(ask=ask(20, prefix="other", by=cast.xia, seek_consent=True))

    with pytest.raises(NotAllowed):
        consent_burden(part=part, consent=True, by=cast.xia, at=AT)
    with pytest.raises(NotFound):
        consent_burden(part=part, consent=True, by=cast.ou, at=AT)
    with pytest.raises(ReasonMissing):
        consent_burden(part=part, consent=False, by=cast.mei, at=AT)


def test_meetings_and_inspections_have_quotas_of_their_own(cast: Cast, ask: Asking) -> None:
    for number in range(2):
        ask(kind="inspection", rhythm="once", wanted=[], first_on=TODAY + timedelta(number))

    with pytest.raises(QuotaPassed):
        ask(kind="inspection", rhythm="once", wanted=[], first_on=TODAY + timedelta(6))
    ask(kind="inspection", rhythm="once", wanted=[], first_on=TODAY + timedelta(7))


def test_what_stands_in_a_register_is_read_there(cast: Cast, ask: Asking) -> None:
    population = declare_field(
        code="population", name_zh="常住人口", name_en="Population",
        kept_in="Areas", by=cast.tang, at=AT,
    )  # fmt: skip

    with pytest.raises(asking.KeptElsewhere):
        ask(wanted=[Wanted(population)])
    with pytest.raises(asking.KeptElsewhere):
        ask(wanted=[Wanted(population, anew=True)])
    ask(wanted=[Wanted(population, anew=True, reason="Census is old")])


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"wanted": []}, asking.RequestWithoutFields),
        ({"units": []}, asking.NobodyAsked),
        ({"until": TODAY - timedelta(1)}, asking.SpanMalformed),
        ({"until": TODAY + timedelta(200)}, asking.SpanTooLong),
        ({"first_on": TODAY - timedelta(2)}, DeadlinePassed),
        ({"due_time": time(9)}, DeadlinePassed),
        ({"kind": "song"}, asking.UnknownAskChoice),
        ({"purpose": ""}, Refusal),
        ({"legal_basis": " "}, Refusal),
    ],
)
def test_it_refuses_half_a_request(
    ask: Asking, changed: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        ask(**changed)
    assert not Ask.objects.exists()


def test_it_refuses_a_field_twice_and_one_anew_without_a_reason(cast: Cast, ask: Asking) -> None:
    (field,) = fields(cast, 1)

    with pytest.raises(asking.FieldTwice):
        ask(wanted=[Wanted(field), Wanted(field)])
    with pytest.raises(asking.AnewNeedsReason):
        ask(wanted=[Wanted(field, anew=True)])


def test_it_refuses_oneself_and_whom_one_does_not_answer_for(cast: Cast, ask: Asking) -> None:
    with pytest.raises(asking.AskOneself):
        ask(units=[cast.units["zj-health"]])
    with pytest.raises(NotAllowed):
        ask(units=[cast.units["baoshi-community"]], by=cast.he)
    with pytest.raises(NotAllowed):
        ask(units=[cast.units["beishan-street"]], by=cast.ou)
    with pytest.raises(NotAllowed):
        ask(units=[cast.units["zj-command"]])


def test_a_field_under_another_name_is_proposed(cast: Cast) -> None:
    declare_field(
        code="fever_cases", name_zh="发热人数", name_en="People with fever", by=cast.tang, at=AT
    )

    with pytest.raises(FieldStandsAlready):
        declare_field(code="fever_people", name_zh="今日发热人数", by=cast.xia, at=AT)
    with pytest.raises(FieldStandsAlready):
        declare_field(code="fever_2", name_zh="甲", name_en="Fever: people", by=cast.xia, at=AT)
    declare_field(
        code="fever_people", name_zh="今日发热人数", reason="Above 38.5 °C", by=cast.xia, at=AT
    )
    declare_field(code="masks_left", name_zh="口罩库存", name_en="Masks in stock", by=cast.xia,
                  at=AT)  # fmt: skip
    assert [like.field.code for like in catalogue.alike("口罩的库存量")] == ["masks_left"]


def test_it_refuses_a_code_twice_and_one_that_is_none(cast: Cast) -> None:
    declare_field(code="beds_free", name_zh="空床", by=cast.tang, at=AT)

    with pytest.raises(FieldCodeTaken):
        declare_field(code="beds_free", name_zh="别的", by=cast.tang, at=AT)
    with pytest.raises(FieldCodeMalformed):
        declare_field(code="Beds free!", name_zh="床", by=cast.tang, at=AT)
    with pytest.raises(NotAllowed):
        declare_field(code="beds_all", name_zh="床位", by=cast.gu, at=AT)


def test_a_quota_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="quota-negative"):
        BurdenBody.model_validate(
            {
                "quotas": [{"levels": ["community"], "fields_day": -1}],
                "duplicate_percent": 5,
                "minutes": {"form": 5, "meeting": 90, "inspection": 120},
            }
        )


# One entry, many uses.


def test_each_level_that_moves_a_deadline_is_shown(cast: Cast, ask: Asking) -> None:
    top = ask(1, units=[cast.units["xh-command"]], due_time=time(17), by=cast.shen)
    ye = cast.second_post
    lower = ask(1, units=[cast.units["beishan-street"]], due_time=time(12), passes_on=top, by=ye)

    levels = asks.way_down(lower)

    assert [level.earlier for level in levels] == [None, 5 * HOUR]
    with pytest.raises(asking.PassesOnUnknown):
        ask(1, passes_on=top, by=cast.xia)


def test_the_load_takes_two_queries_for_many_units(
    cast: Cast, ask: Asking, django_assert_num_queries: Callable[[int], object]
) -> None:
    ask(3, units=[cast.units["baoshi-community"], cast.units["beishan-street"]])

    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        units = [unit.id for unit in cast.units.values()]
        found = load.by_day(units, since=TODAY, until=TODAY + timedelta(30))
    assert len(found) == 14


SENDERS = ("tang", "xia", "shen")


@pytest.mark.django_db
def test_no_sequence_of_acts_passes_a_quota_without_a_consent(db: None) -> None:
    cast = assemble(at=AT - DAY)
    unit = cast.units["baoshi-community"]
    pool = fields(cast, 60)
    limit = quota.body(on=TODAY).quota_of("community")
    assert limit is not None

    step = st.one_of(
        st.tuples(
            st.just("ask"), st.sampled_from(SENDERS), st.integers(0, 40), st.integers(1, 30),
            st.booleans(), st.sampled_from(["daily", "weekly", "once"]), st.integers(0, 9),
        ),
        st.tuples(st.sampled_from(["consent", "decline", "withdraw"]), st.integers(0, 9)),
    )  # fmt: skip

    def do(one: tuple[object, ...]) -> None:
        match one:
            case ("ask", str(sender), int(start), int(n), bool(seek), str(rhythm), int(which)):
                post = cast.posts[sender]
                own = list(Ask.objects.filter(sender=post.unit_id).order_by("number"))
                ask_units(
                    kind="form", title="X", units=[unit], purpose="P", legal_basis="L",
                    first_on=TODAY, until=TODAY + timedelta(9), rhythm=rhythm,
                    wanted=[Wanted(field) for field in pool[start : start + n]],
                    seek_consent=seek, withdraws=own[which] if which < len(own) else None,
                    by=post, at=AT,
                )  # fmt: skip
            case (str(verb), int(which)):
                parts = list(AskPart.objects.select_related("ask__post").order_by("ask__number"))
                if which >= len(parts):
                    return
                if verb == "withdraw":
                    asked = parts[which].ask
                    withdraw_request(ask=asked, reason="R", by=asked.post, at=AT)
                else:
                    consent_burden(
                        part=parts[which], consent=verb == "consent", reason="R",
                        by=cast.mei, at=AT,
                    )  # fmt: skip

    @settings(derandomize=True, max_examples=25, deadline=None)
    @given(st.lists(step, max_size=6))
    def lives(steps: list[tuple[object, ...]]) -> None:
        point = transaction.savepoint()
        for one in steps:
            try:
                with transaction.atomic():
                    do(one)
            except Refusal:
                continue
            consented = AskPart.objects.filter(unit=unit, consented_at__isnull=False).exists()
            for day in (TODAY, TODAY + timedelta(1), TODAY + timedelta(7)):
                amount = load_of(cast, day)
                within = amount.fields <= 40 and amount.forms <= 3
                assert within or consented, (day, amount)
        transaction.savepoint_rollback(point)

    lives()

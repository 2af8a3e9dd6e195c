"""One entry, many uses: what a unit fills in once, and what the sender reads of it."""

from datetime import date, timedelta

import pytest
from unit.oversight.conftest import AT, DAY, HOUR, TODAY, Asking, fields, load_of

from tongzhou.demo.cast import Cast
from tongzhou.ledger.models import Act
from tongzhou.oversight.actions.ask_acts import RequestNotSo
from tongzhou.oversight.actions.ask_units import Wanted
from tongzhou.oversight.actions.report_up import (
    DayOutside,
    FieldNotAsked,
    NothingReported,
    ValueMalformed,
    report_up,
)
from tongzhou.oversight.actions.withdraw_request import withdraw_request
from tongzhou.oversight.models import AskAnswer, Fact, Field
from tongzhou.oversight.queries import asks, filling


def test_one_entry_answers_every_request_that_asks_for_it(cast: Cast, ask: Asking) -> None:
    first, second = ask(2), ask(3, by=cast.xia)

    done = report_up(
        day=TODAY, values={"item_0": "4", "item_1": "0", "item_2": "7"}, by=cast.mei, at=AT + HOUR
    )

    assert {occasion.ask for occasion in done} == {first, second}
    assert Fact.objects.count() == 3
    acts = Act.objects.filter(type="request.answered.v1")
    assert {act.data["number"]: act.outcome for act in acts} == {
        first.number: "in_time", second.number: "in_time",
    }  # fmt: skip


def test_what_was_entered_before_is_filled_in_by_itself(cast: Cast, ask: Asking) -> None:
    ask(2)
    report_up(day=TODAY, values={"item_0": "4", "item_1": "0"}, by=cast.mei, at=AT + HOUR)
    later = ask(3, by=cast.xia, at=AT + 2 * HOUR)

    sheet = filling.sheet(visible_to=cast.mei, day=TODAY)

    assert [occasion.ask for occasion in sheet.waiting] == [later]
    filled = {slot.key: slot.fact.value for slot in sheet.slots if slot.fact is not None}
    assert filled == {"item_0": "4", "item_1": "0"}
    report_up(day=TODAY, values={"item_2": "1"}, by=cast.ji, at=AT + 3 * HOUR)
    assert AskAnswer.objects.get(part__ask=later).reused == 2


def test_another_unit_of_the_same_place_finds_it_filled(cast: Cast, ask: Asking) -> None:
    ask(2, units=[cast.units["baoshi-community"], cast.units["baoshi-property"]], by=cast.shen)
    report_up(day=TODAY, values={"item_0": "4"}, by=cast.mei, at=AT + HOUR)

    report_up(day=TODAY, values={"item_1": "2"}, by=cast.pan, at=AT + 2 * HOUR)

    assert AskAnswer.objects.filter(part__unit=cast.units["baoshi-property"]).exists()
    assert Fact.objects.get(field__code="item_0").unit == cast.units["baoshi-community"]


def test_what_is_asked_anew_is_entered_for_itself(cast: Cast, ask: Asking) -> None:
    ask(1)
    again = [Wanted(field, anew=True, reason="Other hour") for field in fields(cast, 1)]
    second = ask(wanted=again, by=cast.xia)
    report_up(day=TODAY, values={"item_0": "4"}, by=cast.mei, at=AT + HOUR)

    assert not AskAnswer.objects.filter(part__ask=second).exists()
    report_up(day=TODAY, values={f"item_0@{second.number}": "5"}, by=cast.mei, at=AT + HOUR)
    assert sorted(Fact.objects.values_list("value", flat=True)) == ["4", "5"]


def test_a_correction_is_a_new_revision(cast: Cast, ask: Asking) -> None:
    asked = ask(1)
    report_up(day=TODAY, values={"item_0": "4"}, by=cast.mei, at=AT + HOUR)

    report_up(day=TODAY, values={"item_0": "5"}, by=cast.mei, at=AT + 2 * HOUR)

    kept = Fact.objects.order_by("revision").values_list("value", "revision", "current")
    assert list(kept) == [("4", 1, False), ("5", 2, True)]
    assert AskAnswer.objects.get(part__ask=asked).revision == 2
    assert Act.objects.filter(type="request.corrected.v1").count() == 1


def test_a_late_answer_says_so(cast: Cast, ask: Asking) -> None:
    ask(1)
    report_up(day=TODAY, values={"item_0": "4"}, by=cast.mei, at=AT + DAY)

    assert AskAnswer.objects.get().late


@pytest.mark.parametrize(
    ("values", "day", "refusal"),
    [
        ({"item_0": "many"}, TODAY, ValueMalformed),
        ({"item_0": "1.5"}, TODAY, ValueMalformed),
        ({"item_9": "1"}, TODAY, FieldNotAsked),
        ({"item_0": " "}, TODAY, NothingReported),
        ({"item_0": "1"}, TODAY + timedelta(1), DayOutside),
        ({"item_0": "1"}, TODAY - timedelta(30), DayOutside),
        ({"item_0": "1", "item_1": "x"}, TODAY, ValueMalformed),
    ],
)
def test_it_refuses_what_cannot_be_taken_and_keeps_nothing(
    cast: Cast, ask: Asking, values: dict[str, str], day: date, refusal: type[Exception]
) -> None:
    ask(2)

    with pytest.raises(refusal):
        report_up(day=day, values=values, by=cast.mei, at=AT + HOUR)
    assert not Fact.objects.exists()


def test_a_single_request_is_answered_before_its_day(cast: Cast, ask: Asking) -> None:
    single = ask(1, rhythm="once", first_on=TODAY + timedelta(3))

    report_up(day=TODAY, values={"item_0": "4"}, by=cast.mei, at=AT + HOUR)

    answer = AskAnswer.objects.get(part__ask=single)
    assert (answer.day, answer.facts_day, answer.late) == (TODAY + timedelta(3), TODAY, False)
    assert not filling.sheet(visible_to=cast.mei, day=TODAY + timedelta(1)).occasions


def test_what_was_answered_counts_even_when_it_is_withdrawn(cast: Cast, ask: Asking) -> None:
    asked = ask(3)
    report_up(day=TODAY, values={"item_0": "4", "item_1": "1", "item_2": "1"}, by=cast.mei, at=AT)

    withdraw_request(ask=asked, reason="Not needed", by=cast.tang, at=AT + HOUR)

    assert load_of(cast).fields == 3
    assert load_of(cast, TODAY + timedelta(1)).fields == 0
    with pytest.raises(RequestNotSo):
        withdraw_request(ask=asked, reason="Again", by=cast.tang, at=AT + HOUR)


def test_the_sender_sees_who_has_not_answered(cast: Cast, ask: Asking) -> None:
    both = [cast.units["baoshi-community"], cast.units["baoshi-property"]]
    asked = ask(1, units=both, by=cast.shen)
    report_up(day=TODAY, values={"item_0": "4"}, by=cast.mei, at=AT + HOUR)
    Field.objects.update(name_en="x")

    found = asks.answers(asked, visible_to=cast.shen, since=TODAY, until=TODAY)

    answered = {row.part.unit.code: row.answer is not None for row in found}
    assert answered["baoshi-community"]
    assert [fact.value for row in found for fact in row.values if fact] == ["4"]
    assert [row.part.unit.code for row in asks.answers(
        asked, visible_to=cast.pan, since=TODAY, until=TODAY)] == ["baoshi-property"]  # fmt: skip

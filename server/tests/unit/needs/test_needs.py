"""Asking, changing, withdrawing, merging and passing up."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from tongzhou.actors.models import Unit
from tongzhou.catalogue.models import Item
from tongzhou.catalogue.quantities import QuantityAbsurd, QuantityMalformed, QuantityNotPositive
from tongzhou.catalogue.queries import MeasureUnknown
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed, NotFound, NothingChanged, ReasonMissing, Refusal
from tongzhou.ledger.models import Act
from tongzhou.needs.actions.ask_for import (
    AskedTwice,
    NothingAsked,
    RangeWrong,
    TooManyLines,
    Wanted,
    ask_for,
)
from tongzhou.needs.actions.change import NeedNotOpen, NeedTimeOff, WordsTooMany
from tongzhou.needs.actions.change_need import LessThanReceived, change_need
from tongzhou.needs.actions.confirm_need import confirm_need
from tongzhou.needs.actions.confirm_received import confirm_received
from tongzhou.needs.actions.doubt_needs import STALE_AFTER, doubt_needs
from tongzhou.needs.actions.merge_needs import NotARepeat, merge_needs
from tongzhou.needs.actions.pass_up import NobodyAbove, NothingUnmet, pass_up
from tongzhou.needs.actions.withdraw_need import StillPromised, withdraw_need
from tongzhou.needs.models import Need, NeedLine, Revision
from tongzhou.needs.queries import needs as queries
from tongzhou.needs.queries.repeats import repeats

from .conftest import AT, DAY, HOUR, Asking, Giving, line


def test_a_community_asks_in_packs_and_it_is_the_street_s_turn(
    cast: Cast, items: dict[str, Item]
) -> None:
    lines = [
        Wanted(items["mask-n95"], 5, "箱"),
        Wanted(items["goggles"]),
        Wanted(items["coverall"], 100, minimum=50, maximum=200),
    ]

    need = ask_for(lines=lines, needed_by=AT + DAY, by=cast.mei, at=AT)

    assert need.holder == cast.units["beishan-street"]
    assert line(need).asked == 800
    assert line(need).typed == "5 箱"
    assert line(need, 2).asked is None
    assert (line(need, 3).minimum, line(need, 3).maximum) == (50, 200)
    act = Act.objects.latest("id")
    assert (act.type, act.about_id) == ("need.stated.v1", need.id)
    assert act.data["lines"][0]["asked"] == "800"
    assert Revision.objects.filter(line__need=need, event="listed").count() == 3


@pytest.mark.parametrize(
    ("thing", "amount", "unit", "refusal"),
    [
        ("mask-n95", -5, "", QuantityNotPositive),
        ("mask-n95", 0, "", QuantityNotPositive),
        ("mask-n95", "2e14", "", QuantityAbsurd),
        ("mask-n95", "NaN", "", QuantityMalformed),
        ("mask-n95", 5, "cubits", MeasureUnknown),
    ],
)
def test_it_refuses_amounts_that_cannot_be(
    items: dict[str, Item], cast: Cast, thing: str, amount: object, unit: str,
    refusal: type[Refusal],
) -> None:  # fmt: skip
    with pytest.raises(refusal):
        ask_for(lines=[Wanted(items[thing], amount, unit)], by=cast.mei, at=AT)  # type: ignore[arg-type]

    assert not Need.objects.exists()


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"lines": []}, NothingAsked),
        ({"lines": "twice"}, AskedTwice),
        ({"lines": "many"}, TooManyLines),
        ({"lines": "range"}, RangeWrong),
        ({"priority": 1}, ReasonMissing),
        ({"needed_by": AT - HOUR}, NeedTimeOff),
        ({"needed_by": AT + 400 * DAY}, NeedTimeOff),
        ({"place": "x" * 201}, WordsTooMany),
    ],
)
def test_it_refuses_needs_that_make_no_sense(
    items: dict[str, Item], ask: Asking, given: dict[str, object], refusal: type[Refusal]
) -> None:
    n95 = Wanted(items["mask-n95"], 10)
    kinds = {
        "twice": [n95, n95],
        "many": [n95] * 101,
        "range": [Wanted(items["mask-n95"], 10, minimum=20)],
    }
    if isinstance(given.get("lines"), str):
        given = given | {"lines": kinds[str(given["lines"])]}

    with pytest.raises(refusal):
        ask(**given)


def test_a_neighbour_cannot_ask_for_another_unit(cast: Cast, ask: Asking) -> None:
    with pytest.raises(NotAllowed):
        ask(by=cast.pan, unit=cast.units["baoshi-community"])


def test_a_street_asks_for_its_community(cast: Cast, ask: Asking) -> None:
    need = ask(by=cast.ye, unit=cast.units["baoshi-community"])

    assert need.unit == cast.units["baoshi-community"]


def test_a_need_that_cannot_be_written_down_is_not_there(
    ask: Asking, broken_ledger: object
) -> None:
    with broken_ledger():  # type: ignore[operator]
        ask()

    assert not Need.objects.exists()
    assert not NeedLine.objects.exists()


def test_who_has_nothing_to_do_with_it_does_not_find_it(cast: Cast, need: Need) -> None:
    for post in (cast.mei, cast.ye, cast.shen, cast.chu, cast.pan):
        assert queries.find(need.number, visible_to=post) == need
    for post in (cast.ou, cast.ren, cast.he):
        with pytest.raises(NotFound):
            queries.find(need.number, visible_to=post)


def test_who_does_not_see_it_can_do_nothing_with_it(cast: Cast, need: Need, ask: Asking) -> None:
    other = ask()
    for act in (
        lambda: change_need(need=need, why="x", priority=4, by=cast.ou, at=AT),
        lambda: withdraw_need(need=need, reason="x", by=cast.ou, at=AT),
        lambda: confirm_need(need=need, by=cast.ou, at=AT),
        lambda: merge_needs(need=need, into=other, by=cast.ou, at=AT),
        lambda: pass_up(need=need, reason="x", by=cast.ou, at=AT),
    ):
        with pytest.raises(NotFound):
            act()


def test_changing_keeps_what_was_asked_before(
    cast: Cast, need: Need, items: dict[str, Item]
) -> None:
    held = line(need)

    changed = change_need(
        need=need, why="More are ill", amounts={held.id: Wanted(items["mask-n95"], 1500)},
        more=[Wanted(items["goggles"], 20)], priority=1, reason="Two nurses fell ill",
        by=cast.mei, at=AT + HOUR,
    )  # fmt: skip

    assert line(need).asked == 1500
    assert line(need, 2).item == items["goggles"]
    assert line(need, 2).priority == 1
    assert changed.confirmed_at == AT + HOUR
    before = Revision.objects.get(line=held, event="changed")
    assert (before.before, before.after) == (1000, 1500)


def test_changing_needs_a_reason_and_a_change(
    cast: Cast, need: Need, items: dict[str, Item]
) -> None:
    same = {line(need).id: Wanted(items["mask-n95"], 1000)}

    with pytest.raises(ReasonMissing):
        change_need(need=need, why=" ", amounts=same, by=cast.mei, at=AT)
    with pytest.raises(NothingChanged):
        change_need(need=need, why="x", amounts=same, by=cast.mei, at=AT)
    with pytest.raises(NotAllowed):
        change_need(need=need, why="x", amounts=same, by=cast.pan, at=AT)


def test_less_than_came_already_cannot_be_asked(
    cast: Cast, need: Need, give: Giving, items: dict[str, Item]
) -> None:
    confirm_received(commitment=give(need, 400), by=cast.mei, at=AT + 2 * HOUR)

    with pytest.raises(LessThanReceived):
        change_need(need=need, why="x", amounts={line(need).id: Wanted(items["mask-n95"], 300)},
                    by=cast.mei, at=AT + DAY)  # fmt: skip
    with pytest.raises(LessThanReceived):
        change_need(need=need, why="x", drop=[line(need).id], by=cast.mei, at=AT + DAY)


def test_withdrawing_ends_it_unless_something_is_promised(
    cast: Cast, ask: Asking, give: Giving
) -> None:
    free, promised = ask(), ask()
    give(promised)

    withdraw_need(need=free, reason="Enough came", by=cast.mei, at=AT + DAY)

    assert line(free).state == "withdrawn"
    with pytest.raises(NeedNotOpen):
        withdraw_need(need=free, reason="Again", by=cast.mei, at=AT + DAY)
    with pytest.raises(StillPromised):
        withdraw_need(need=promised, reason="x", by=cast.mei, at=AT + DAY)
    with pytest.raises(ReasonMissing):
        withdraw_need(need=promised, reason="", by=cast.mei, at=AT + DAY)


def test_a_repeat_goes_into_the_other_with_the_larger_amount(cast: Cast, ask: Asking) -> None:
    older = ask(("mask-n95", 1000), ("goggles", 5))
    newer = ask(("mask-n95", 1200), ("coverall", 30), at=AT + HOUR)

    found = repeats(visible_to=cast.ye)
    merged = merge_needs(need=newer, into=older, by=cast.mei, at=AT + DAY)

    assert [(one.older, one.newer, one.items) for one in found] == [(older, newer, 1)]
    amounts = {x.item.code: x.asked for x in merged.lines.select_related("item")}
    assert amounts == {"mask-n95": 1200, "goggles": 5, "coverall": 30}
    assert line(newer).state == "withdrawn"
    assert repeats(visible_to=cast.ye) == []


def test_needs_of_two_units_are_no_repeats(cast: Cast, ask: Asking, give: Giving) -> None:
    one, other = ask(), ask(by=cast.ye)
    promised = ask()
    give(promised)

    with pytest.raises(NotARepeat):
        merge_needs(need=one, into=other, by=cast.ye, at=AT)
    with pytest.raises(NotARepeat):
        merge_needs(need=one, into=one, by=cast.mei, at=AT)
    with pytest.raises(StillPromised):
        merge_needs(need=promised, into=one, by=cast.mei, at=AT)


def test_an_unmet_need_goes_up_to_the_top(cast: Cast, need: Need) -> None:
    way = []
    for _step in range(3):
        need = pass_up(need=need, reason="The street has none", by=cast.ye, at=AT + HOUR)
        way.append(need.holder.code)

    assert way == ["xh-command", "hz-command", "zj-command"]
    assert line(need).holder == cast.units["zj-command"]
    told = queries.passings(need)
    assert [one.reason for one in told] == ["The street has none"] * 3
    assert told[0].former == cast.units["beishan-street"]
    with pytest.raises(NobodyAbove):
        pass_up(need=need, reason="x", by=cast.shen, at=AT + HOUR)


def test_passing_up_needs_a_reason_and_something_unmet(
    cast: Cast, need: Need, give: Giving
) -> None:
    with pytest.raises(ReasonMissing):
        pass_up(need=need, by=cast.ye, at=AT)
    with pytest.raises(NotAllowed):
        pass_up(need=need, reason="x", by=cast.chu, at=AT)
    give(need, 1000)
    with pytest.raises(NothingUnmet):
        pass_up(need=need, reason="x", by=cast.ye, at=AT)


def test_an_old_need_is_asked_once_whether_it_holds(cast: Cast, need: Need) -> None:
    late = AT + STALE_AFTER + timedelta(minutes=1)

    assert doubt_needs(at=AT + DAY) == 0
    assert doubt_needs(at=late) == 1
    assert doubt_needs(at=late) == 0

    assert line(need).state == "stale"
    confirm_need(need=need, by=cast.mei, at=late + HOUR)
    assert line(need).state == "open"


def test_nobody_writes_a_state_by_hand(need: Need) -> None:
    held = line(need)

    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE needs_needline SET state = 'met' WHERE id = %s", [held.id])


def test_a_firm_outside_of_every_line_asks_the_authority_of_its_place(
    cast: Cast, ask: Asking
) -> None:
    need = ask(by=cast.pan)

    assert need.holder == cast.units["baoshi-community"]
    assert Unit.objects.get(id=need.unit_id).parent is None
    assert line(need).unmet == Decimal(1000)

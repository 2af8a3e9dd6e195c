"""Goods come in, go out and are counted: each act happens, is refused by name, leaves nothing
behind when it fails, and is not for others."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from conftest import Acting
from unit.rows import rows
from unit.stock.conftest import AT, DAY, HOUR, LATER, SOON

from tongzhou.catalogue.models import Item
from tongzhou.catalogue.quantities import (
    QuantityAbsurd,
    QuantityMalformed,
    QuantityNotPositive,
    QuantityTooFine,
)
from tongzhou.catalogue.queries import MeasureUnknown
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotFound, ReasonMissing
from tongzhou.stock import queries as stock
from tongzhou.stock.actions.close_count import (
    CountUnfinished,
    DifferenceUnexplained,
    close_count,
)
from tongzhou.stock.actions.close_site import SiteNotEmpty, close_site
from tongzhou.stock.actions.convert_kits import NotAKit, make_kits, open_kits
from tongzhou.stock.actions.discard_expired import NothingExpired, discard_expired
from tongzhou.stock.actions.issue_goods import issue_goods
from tongzhou.stock.actions.move_goods import SiteOfAnotherUnit, move_goods
from tongzhou.stock.actions.open_site import SiteCodeTaken, open_site
from tongzhou.stock.actions.outgoing import Outgoing
from tongzhou.stock.actions.receive_goods import Incoming, receive_goods
from tongzhou.stock.actions.record_count import CountClosed, record_count, record_find
from tongzhou.stock.actions.recording import NotStored, SiteClosed
from tongzhou.stock.actions.reserve import reserve
from tongzhou.stock.actions.set_minimum import set_minimum
from tongzhou.stock.actions.start_count import CountOpen, start_count
from tongzhou.stock.models import Balance, Batch, Count, CountLine, Entry, Movement, Site
from tongzhou.stock.posting import BatchExpired, NotEnough

TABLES = (Site, Batch, Movement, Entry, Balance, Count, CountLine)


def held(site: Site, by: Any, at: Any = AT + DAY) -> dict[str, Decimal]:
    """Item code → on hand."""
    return {h.item.code: h.on_hand for h in stock.holdings(visible_to=by, at=at, sites=[site.id])}


def test_goods_are_received_in_packs_and_by_any_unit(
    store: Site, items: dict[str, Item], cast: Cast
) -> None:
    receive_goods(
        site=store,
        lines=[
            Incoming(items["mask-n95"], 3, "盒"),
            Incoming(items["mask-n95"], "2", "cases"),
            Incoming(items["disinfectant-84"], "500", "ml"),
            Incoming(items["coverall"], 7, "套"),
        ],
        by=cast.ruan,
        at=AT,
    )

    assert held(store, cast.ruan) == {
        "coverall": 7, "disinfectant-84": Decimal("0.5"), "mask-n95": 380,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"quantity": -3}, QuantityNotPositive),
        ({"quantity": 0}, QuantityNotPositive),
        ({"quantity": "2e14"}, QuantityAbsurd),
        ({"quantity": Decimal("NaN")}, QuantityMalformed),
        ({"quantity": "Infinity"}, QuantityMalformed),
        ({"quantity": "many"}, QuantityMalformed),
        ({"quantity": "1.5"}, QuantityTooFine),
        ({"unit": "litres"}, MeasureUnknown),
        ({"unit": "桶"}, MeasureUnknown),
        ({"expires_on": date(2020, 1, 22)}, BatchExpired),
    ],
)
def test_a_delivery_with_one_bad_line_is_refused_whole(
    store: Site, n95: Item, cast: Cast, change: dict[str, Any], refusal: type[Exception]
) -> None:
    before = rows(TABLES)
    lines = [Incoming(n95, 10), replace(Incoming(n95, 10), **change)]

    with pytest.raises(refusal):
        receive_goods(site=store, lines=lines, by=cast.ruan, at=AT)

    assert rows(TABLES) == before


def test_people_do_not_lie_in_a_store(store: Site, items: dict[str, Item], cast: Cast) -> None:
    with pytest.raises(NotStored):
        receive_goods(site=store, lines=[Incoming(items["nurse"], 3)], by=cast.ruan, at=AT)


def test_a_code_is_taken_once(store: Site, cast: Cast) -> None:
    with pytest.raises(SiteCodeTaken):
        open_site(code=store.code, name_zh="x", unit=store.unit, by=cast.ruan, at=AT)


def test_what_expires_first_goes_out_first(stocked: Site, n95: Item, cast: Cast) -> None:
    movement = issue_goods(
        site=stocked,
        lines=[Outgoing(n95, 45)],
        by=cast.ruan,
        at=AT + DAY,
        unit=cast.units["hz-health"],
    )

    gone = {e.batch.code: e.quantity for e in movement.entries.filter(quantity__lt=0)}
    assert gone == {"B1": -40, "B2": -5}
    assert held(stocked, cast.ruan) == {"mask-n95": 55}


def test_what_is_reserved_does_not_go_out(stocked: Site, n95: Item, cast: Cast) -> None:
    reserve(
        site=stocked, item=n95, quantity=90, for_kind="need", for_id=stocked.id,
        by=cast.ruan, at=AT + DAY,
    )  # fmt: skip

    with pytest.raises(NotEnough):
        issue_goods(site=stocked, lines=[Outgoing(n95, 11)], by=cast.ruan, at=AT + DAY)


def test_a_batch_in_the_hand_goes_unless_it_is_past_its_date(
    stocked: Site, n95: Item, cast: Cast
) -> None:
    batch = Batch.objects.select_related("item").get(code="B1")

    issue_goods(site=stocked, lines=[Outgoing(n95, 1, batch=batch)], by=cast.ruan, at=AT + DAY)
    with pytest.raises(BatchExpired):
        issue_goods(
            site=stocked, lines=[Outgoing(n95, 1, batch=batch)], by=cast.ruan,
            at=AT.replace(month=3, day=2),
        )  # fmt: skip


def test_lost_goods_need_a_reason(stocked: Site, n95: Item, cast: Cast) -> None:
    with pytest.raises(ReasonMissing):
        issue_goods(site=stocked, lines=[Outgoing(n95, 1)], end="lost", by=cast.ruan, at=AT + DAY)


def test_goods_move_between_the_stores_of_one_unit(
    stocked: Site, street_store: Site, n95: Item, cast: Cast
) -> None:
    ward = open_site(code="ward", name_zh="病区", unit=stocked.unit, by=cast.ruan, at=AT)

    move_goods(site=stocked, to=ward, lines=[Outgoing(n95, 30)], by=cast.ruan, at=AT + DAY)

    assert held(stocked, cast.ruan) == {"mask-n95": 70}
    assert held(ward, cast.ruan) == {"mask-n95": 30}
    with pytest.raises(SiteOfAnotherUnit):
        move_goods(
            site=stocked, to=street_store, lines=[Outgoing(n95, 1)],
            by=replace_unit(cast), at=AT + DAY,
        )  # fmt: skip


def replace_unit(cast: Cast) -> Any:
    """The commander of the city stands above both the hospital and the street."""
    return cast.lou


def test_expired_goods_are_discarded_and_nothing_else(stocked: Site, n95: Item, cast: Cast) -> None:
    with pytest.raises(NothingExpired):
        discard_expired(site=stocked, by=cast.ruan, at=AT + DAY)

    discard_expired(site=stocked, by=cast.ruan, at=AT.replace(month=3, day=2))

    assert held(stocked, cast.ruan) == {"mask-n95": 60}


def test_kits_are_made_of_their_parts_and_opened_again(
    store: Site, items: dict[str, Item], cast: Cast
) -> None:
    for code, quantity, day in (
        ("mask-n95", 10, LATER), ("coverall", 10, SOON), ("goggles", 10, None),
        ("gloves-latex", 20, LATER), ("boot-cover", 10, None),
    ):  # fmt: skip
        receive_goods(
            site=store, lines=[Incoming(items[code], quantity, expires_on=day)], by=cast.ruan, at=AT
        )

    made = make_kits(site=store, kit=items["ppe-set"], quantity=4, by=cast.ruan, at=AT + HOUR)

    kit = made.entries.get(item=items["ppe-set"], quantity__gt=0, account__kind="site")
    assert kit.batch.expires_on == SOON
    assert held(store, cast.ruan)["ppe-set"] == 4
    assert held(store, cast.ruan)["gloves-latex"] == 12
    with pytest.raises(NotEnough):
        make_kits(site=store, kit=items["ppe-set"], quantity=7, by=cast.ruan, at=AT + HOUR)
    open_kits(site=store, kit=items["ppe-set"], quantity=4, by=cast.ruan, at=AT + HOUR)
    assert held(store, cast.ruan) == {
        "mask-n95": 10, "coverall": 10, "goggles": 10, "gloves-latex": 20, "boot-cover": 10,
    }  # fmt: skip
    with pytest.raises(NotAKit):
        make_kits(site=store, kit=items["rice"], quantity=1, by=cast.ruan, at=AT + HOUR)


def test_a_store_that_goes_on_moving_is_counted_right(stocked: Site, n95: Item, cast: Cast) -> None:
    count = start_count(site=stocked, by=cast.ruan, at=AT + DAY)
    old, new = (Batch.objects.select_related("item").get(code=c) for c in ("B1", "B2"))

    issue_goods(site=stocked, lines=[Outgoing(n95, 10, batch=old)], by=cast.ruan, at=AT + DAY)
    record_count(count=count, batch=old, counted=28, by=cast.ruan, at=AT + DAY)
    issue_goods(site=stocked, lines=[Outgoing(n95, 5, batch=old)], by=cast.ruan, at=AT + DAY)
    with pytest.raises(CountUnfinished):
        close_count(count=count, by=cast.ruan, at=AT + DAY)
    record_count(count=count, batch=new, counted=60, by=cast.ruan, at=AT + DAY)
    record_find(
        count=count, item=n95, counted=3, batch="B9", reason="unrecorded_receipt",
        by=cast.ruan, at=AT + DAY,
    )  # fmt: skip
    with pytest.raises(DifferenceUnexplained):
        close_count(count=count, by=cast.ruan, at=AT + DAY)
    count.lines.filter(batch=old).update(reason="damaged")
    closed = close_count(count=count, by=cast.ruan, at=AT + DAY)

    # 40 − 10 − 5, and two that were missing when it was counted; three that nobody knew of.
    assert held(stocked, cast.ruan) == {"mask-n95": 23 + 60 + 3}
    assert closed.movement is not None
    with pytest.raises(CountClosed):
        record_count(count=count, batch=old, counted=1, by=cast.ruan, at=AT + DAY)


def test_a_store_is_counted_once_at_a_time(stocked: Site, cast: Cast) -> None:
    start_count(site=stocked, by=cast.ruan, at=AT + DAY)

    with pytest.raises(CountOpen):
        start_count(site=stocked, by=cast.ruan, at=AT + DAY)


def test_a_count_does_not_take_what_is_promised(stocked: Site, n95: Item, cast: Cast) -> None:
    reserve(
        site=stocked, item=n95, quantity=100, for_kind="need", for_id=stocked.id,
        by=cast.ruan, at=AT + DAY,
    )  # fmt: skip
    count = start_count(site=stocked, by=cast.ruan, at=AT + DAY)
    for line in count.lines.select_related("batch__item"):
        record_count(
            count=count, batch=line.batch, counted=1, reason="lost", by=cast.ruan, at=AT + DAY
        )
    before = rows(TABLES)

    with pytest.raises(NotEnough):
        close_count(count=count, by=cast.ruan, at=AT + DAY)

    assert rows(TABLES) == before


def test_only_an_empty_store_is_closed(stocked: Site, n95: Item, cast: Cast) -> None:
    with pytest.raises(SiteNotEmpty):
        close_site(site=stocked, reason="moved", by=cast.ruan, at=AT + DAY)
    issue_goods(site=stocked, lines=[Outgoing(n95, 100)], by=cast.ruan, at=AT + DAY)
    close_site(site=stocked, reason="moved", by=cast.ruan, at=AT + DAY)

    with pytest.raises(SiteClosed):
        receive_goods(site=stocked, lines=[Incoming(n95, 1)], by=cast.ruan, at=AT + DAY)


ACTS: dict[str, Callable[[Site, Item, Any], object]] = {
    "receive": lambda site, item, by: receive_goods(
        site=site, lines=[Incoming(item, 1)], by=by, at=AT + DAY
    ),
    "issue": lambda site, item, by: issue_goods(
        site=site, lines=[Outgoing(item, 1)], by=by, at=AT + DAY
    ),
    "discard": lambda site, item, by: discard_expired(
        site=site, by=by, at=AT.replace(month=3, day=2)
    ),
    "count": lambda site, item, by: start_count(site=site, by=by, at=AT + DAY),
    "minimum": lambda site, item, by: set_minimum(
        site=site, item=item, quantity=5, by=by, at=AT + DAY
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_nothing_happens_that_cannot_be_written_down(
    stocked: Site, n95: Item, cast: Cast, broken_ledger: Acting, act: str
) -> None:
    before = rows(TABLES)

    with broken_ledger():
        ACTS[act](stocked, n95, cast.ruan)

    assert rows(TABLES) == before


@pytest.mark.parametrize("act", ACTS)
def test_to_others_the_store_does_not_exist(stocked: Site, n95: Item, cast: Cast, act: str) -> None:
    before = rows(TABLES)

    with pytest.raises(NotFound):
        ACTS[act](stocked, n95, cast.mei)

    assert rows(TABLES) == before


def test_an_exercise_has_stores_of_its_own(store: Site, n95: Item, cast: Cast) -> None:
    cast.ruan.exercise = True
    drill = open_site(code="drill", name_zh="演练库", unit=store.unit, by=cast.ruan, at=AT)

    with pytest.raises(NotFound):
        receive_goods(site=store, lines=[Incoming(n95, 1)], by=cast.ruan, at=AT)

    receive_goods(site=drill, lines=[Incoming(n95, 1)], by=cast.ruan, at=AT)
    assert [s.code for s in stock.visible_sites(visible_to=cast.ruan)] == ["drill"]
    cast.ruan.exercise = False
    assert [s.code for s in stock.visible_sites(visible_to=cast.ruan)] == [store.code]


def test_what_lies_idle_is_known(stocked: Site, n95: Item, cast: Cast) -> None:
    assert stock.idle(days=30, visible_to=cast.ruan, at=AT + 29 * DAY) == []
    [lying] = stock.idle(days=30, visible_to=cast.ruan, at=AT + 32 * DAY)
    assert (lying.item.code, lying.free, lying.site.code) == ("mask-n95", 100, stocked.code)

    issue_goods(site=stocked, lines=[Outgoing(n95, 1)], by=cast.ruan, at=AT + 31 * DAY)

    assert stock.idle(days=30, visible_to=cast.ruan, at=AT + 32 * DAY) == []

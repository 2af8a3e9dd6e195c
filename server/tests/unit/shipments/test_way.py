"""A shipment from the plan to the receipt, and everything that must not happen on its way."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from unit.shipments.conftest import (
    AT,
    DAY,
    HOUR,
    LATER,
    SOON,
    Planning,
    in_site,
    in_transit,
    outside,
    reserved,
)

from tongzhou.actors.models import Post
from tongzhou.catalogue.models import Item
from tongzhou.catalogue.quantities import (
    QuantityAbsurd,
    QuantityMalformed,
    QuantityNotPositive,
    QuantityTooFine,
)
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed, NotFound, ReasonMissing
from tongzhou.ledger.models import Act
from tongzhou.oversight.actions.change import DeadlinePassed
from tongzhou.shipments.actions.amounts import MoreThanThere, NothingGoes
from tongzhou.shipments.actions.arrive_shipment import arrive_shipment
from tongzhou.shipments.actions.cancel_shipment import cancel_shipment
from tongzhou.shipments.actions.change import NotYourSide, ShipmentNotSo
from tongzhou.shipments.actions.counting import Counted
from tongzhou.shipments.actions.leave_shipment import leave_shipment
from tongzhou.shipments.actions.load_shipment import load_shipment
from tongzhou.shipments.actions.pick_shipment import pick_shipment
from tongzhou.shipments.actions.plan_shipment import (
    DestinationMissing,
    NothingPlanned,
    PurposeUnknown,
    SameSite,
    Wanted,
)
from tongzhou.shipments.actions.receive_shipment import (
    ReceiptNotYours,
    ReceivedAlready,
    receive_shipment,
)
from tongzhou.shipments.actions.report_lost import report_lost
from tongzhou.shipments.actions.report_position import report_position
from tongzhou.shipments.actions.take_back_shipment import take_back_shipment
from tongzhou.shipments.actions.turn_back_shipment import turn_back_shipment
from tongzhou.shipments.choices import State
from tongzhou.shipments.models import Proof, Shipment, ShipmentLine
from tongzhou.shipments.queries import shipments
from tongzhou.stock.choices import AccountKind
from tongzhou.stock.models import Site
from tongzhou.stock.posting import BatchExpired, NotEnough
from tongzhou.tasks.kept_files import FileTypeRefused

LastAct = Callable[[], Act]
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)


def lines(shipment: Shipment) -> list[ShipmentLine]:
    return list(shipment.lines.order_by("position"))


def test_a_plan_reserves_what_expires_first(
    shipment: Shipment, store: Site, last_act: LastAct
) -> None:
    planned = [(line.batch.expires_on, line.planned) for line in lines(shipment)]

    assert shipment.state == State.PLANNED
    assert planned == [(SOON, Decimal(40)), (LATER, Decimal(10))]
    assert (in_site(store), reserved(store)) == (100, 50)
    assert (last_act().type, last_act().due_at) == ("shipment.planned.v1", AT + DAY)
    assert last_act().data["owner"] == str(shipment.giver_id)


def test_goods_go_from_hand_to_hand(
    cast: Cast, shipment: Shipment, store: Site, point: Site, last_act: LastAct
) -> None:
    pick_shipment(shipment=shipment, by=cast.ruan, at=AT + HOUR)
    load_shipment(shipment=shipment, by=cast.ruan, at=AT + HOUR)
    left = leave_shipment(shipment=shipment, by=cast.chu, at=AT + 2 * HOUR)
    assert (in_site(store), in_transit(left), reserved(store)) == (50, 50, 0)
    assert last_act().data["owner"] == str(cast.chu.unit_id)

    report_position(shipment=left, area=cast.areas["330106"], by=cast.chu, at=AT + 3 * HOUR)
    arrive_shipment(shipment=left, by=cast.chu, at=AT + 4 * HOUR)
    done = receive_shipment(shipment=left, by=cast.mei, at=AT + 5 * HOUR)

    assert done.state == State.RECEIVED
    assert (in_site(store), in_transit(done), in_site(point)) == (50, 0, 50)
    assert (last_act().type, last_act().outcome) == ("shipment.received.v1", "in_time")


def test_what_goes_to_no_site_goes_into_use(cast: Cast, plan: Planning) -> None:
    shipment = plan(to_site=None, receiver=cast.units["baoshi-community"])
    load_shipment(shipment=shipment, by=cast.ruan, at=AT)
    leave_shipment(shipment=shipment, by=cast.ruan, at=AT)

    receive_shipment(shipment=shipment, by=cast.mei, at=AT + 2 * DAY)

    assert (in_transit(shipment), outside(AccountKind.USED)) == (0, 50)
    assert shipment.area == cast.areas["330106002901"]


def test_what_is_not_loaded_is_free_again_when_the_rest_leaves(
    cast: Cast, shipment: Shipment, store: Site
) -> None:
    first, second = lines(shipment)
    pick_shipment(shipment=shipment, picked={first.id: 35}, by=cast.ruan, at=AT)
    load_shipment(shipment=shipment, loaded={second.id: 0}, by=cast.ruan, at=AT)
    left = leave_shipment(shipment=shipment, by=cast.ruan, at=AT)

    assert (in_site(store), in_transit(left), reserved(store)) == (65, 35, 0)


@pytest.mark.parametrize(
    ("quantity", "refusal"),
    [
        (101, NotEnough),
        (-1, QuantityNotPositive),
        (0, QuantityNotPositive),
        ("NaN", QuantityMalformed),
        (10**12, QuantityAbsurd),
        ("1.5", QuantityTooFine),
    ],
)
def test_it_refuses_to_ship_what_is_not_there(
    plan: Planning, store: Site, quantity: object, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        plan(quantity)
    assert not Shipment.objects.exists()
    assert reserved(store) == 0


def test_it_refuses_half_a_plan(cast: Cast, plan: Planning, store: Site, masks: Item) -> None:
    somewhere = Wanted(masks, 1, "commitment", store.id)
    for changed, refusal in (
        ({"to_site": None}, DestinationMissing),
        ({"to_site": store}, SameSite),
        ({"wanted": []}, NothingPlanned),
        ({"due_at": AT}, DeadlinePassed),
        ({"wanted": [somewhere]}, PurposeUnknown),
        ({"by": cast.mei}, NotFound),
        ({"by": cast.ou}, NotFound),
    ):
        with pytest.raises(refusal):
            plan(**changed)
    assert not Shipment.objects.exists()


def test_those_above_the_site_send_from_it_too(cast: Cast, plan: Planning, store: Site) -> None:
    assert plan(by=cast.lou).giver_id == cast.ruan.unit_id
    with pytest.raises(NotAllowed):
        plan(by=cast.gu)


def test_expired_goods_do_not_leave(cast: Cast, shipment: Shipment, store: Site) -> None:
    load_shipment(shipment=shipment, by=cast.ruan, at=AT)

    with pytest.raises(BatchExpired):
        leave_shipment(shipment=shipment, by=cast.ruan, at=AT + timedelta(days=30))
    shipment.refresh_from_db()
    assert (shipment.state, in_site(store), reserved(store)) == (State.LOADED, 100, 50)


def test_more_than_picked_cannot_be_loaded_and_nothing_cannot_go(
    cast: Cast, shipment: Shipment
) -> None:
    first, second = lines(shipment)
    pick_shipment(shipment=shipment, picked={first.id: 30}, by=cast.ruan, at=AT)

    with pytest.raises(MoreThanThere):
        load_shipment(shipment=shipment, loaded={first.id: 31}, by=cast.ruan, at=AT)
    with pytest.raises(NothingGoes):
        load_shipment(shipment=shipment, loaded={first.id: 0, second.id: 0}, by=cast.ruan, at=AT)
    with pytest.raises(NotFound):
        load_shipment(shipment=shipment, loaded={store_id(): 1}, by=cast.ruan, at=AT)


def store_id() -> Any:
    return Site.objects.values_list("id", flat=True)[0]


def test_only_the_receiver_receives_and_only_once(
    cast: Cast, on_the_way: Shipment, point: Site
) -> None:
    for other in (cast.chu, cast.ruan, cast.ye):
        with pytest.raises(ReceiptNotYours):
            receive_shipment(shipment=on_the_way, by=other, at=AT + DAY)
    with pytest.raises(NotFound):
        receive_shipment(shipment=on_the_way, by=cast.ou, at=AT + DAY)
    receive_shipment(shipment=on_the_way, by=cast.mei, at=AT + DAY)

    with pytest.raises(ReceivedAlready):
        receive_shipment(shipment=on_the_way, by=cast.ji, at=AT + DAY)
    assert in_site(point) == 50


def test_each_side_does_its_own_part(cast: Cast, shipment: Shipment, on_the_way: Shipment) -> None:
    with pytest.raises(NotYourSide):
        report_lost(shipment=on_the_way, reason="No call", by=cast.mei, at=AT + DAY)
    with pytest.raises(NotAllowed):
        cancel_shipment(shipment=on_the_way, reason="No", by=cast.mei, at=AT)
    with pytest.raises(ShipmentNotSo):
        cancel_shipment(shipment=on_the_way, reason="No", by=cast.ruan, at=AT)
    with pytest.raises(ShipmentNotSo):
        leave_shipment(shipment=on_the_way, by=cast.chu, at=AT)


def test_a_cancelled_shipment_frees_the_goods(
    cast: Cast, shipment: Shipment, store: Site, last_act: LastAct
) -> None:
    with pytest.raises(ReasonMissing):
        cancel_shipment(shipment=shipment, reason=" ", by=cast.ruan, at=AT)
    done = cancel_shipment(shipment=shipment, reason="Not needed", by=cast.ruan, at=AT)

    assert (done.state, reserved(store), in_site(store)) == (State.CANCELLED, 0, 100)
    assert "Not needed" not in str(last_act().data)


def test_what_the_receiver_refuses_comes_back(
    cast: Cast, on_the_way: Shipment, store: Site, last_act: LastAct
) -> None:
    back = turn_back_shipment(shipment=on_the_way, reason="Wrong size", by=cast.mei, at=AT + DAY)
    assert (back.state, in_transit(back)) == (State.RETURNING, 50)
    assert last_act().outcome == "refused"
    with pytest.raises(NotYourSide):
        take_back_shipment(shipment=on_the_way, by=cast.mei, at=AT + DAY)

    done = take_back_shipment(shipment=on_the_way, by=cast.ruan, at=AT + 2 * DAY)

    assert (done.state, in_site(store), in_transit(done)) == (State.RETURNED, 100, 0)


def test_a_receipt_keeps_its_picture(cast: Cast, on_the_way: Shipment, last_act: LastAct) -> None:
    page = SimpleUploadedFile("gate.png", b"<html><script>alert(1)</script></html>")
    with pytest.raises(FileTypeRefused):
        receive_shipment(shipment=on_the_way, files=[page], by=cast.mei, at=AT + DAY)

    picture = SimpleUploadedFile("gate.png", PNG)
    receive_shipment(shipment=on_the_way, files=[picture], by=cast.mei, at=AT + DAY)

    kept = Proof.objects.get()
    assert last_act().data["files"] == [{"file": str(kept.id), "sha256": kept.sha256}]
    assert shipments.file(kept.id, visible_to=cast.chu) == kept
    with pytest.raises(NotFound):
        shipments.file(kept.id, visible_to=cast.ou)


ACTS: Any = [
    ("pick", lambda c, s: pick_shipment(shipment=s, by=c.ruan, at=AT), "planned"),
    ("load", lambda c, s: load_shipment(shipment=s, by=c.ruan, at=AT), "planned"),
    ("cancel", lambda c, s: cancel_shipment(shipment=s, reason="x", by=c.ruan, at=AT), "planned"),
    ("leave", lambda c, s: leave_shipment(shipment=s, by=c.ruan, at=AT), "loaded"),
    (
        "position",
        lambda c, s: report_position(shipment=s, area=c.areas["33"], by=c.chu, at=AT),
        "left",
    ),
    ("arrive", lambda c, s: arrive_shipment(shipment=s, by=c.chu, at=AT), "left"),
    (
        "receive",
        lambda c, s: receive_shipment(
            shipment=s, counted=[Counted(lines(s)[0].id, 39, 0, "One is missing")], by=c.mei, at=AT
        ),
        "left",
    ),
    ("refuse", lambda c, s: turn_back_shipment(shipment=s, reason="x", by=c.mei, at=AT), "left"),
    ("lose", lambda c, s: report_lost(shipment=s, reason="x", by=c.chu, at=AT), "left"),
    ("take back", lambda c, s: take_back_shipment(shipment=s, by=c.ruan, at=AT), "back"),
]


@pytest.mark.parametrize(("act", "stage"), [row[1:] for row in ACTS], ids=[r[0] for r in ACTS])
def test_an_act_that_cannot_be_written_down_changes_nothing(
    cast: Cast, shipment: Shipment, store: Site, broken_ledger: Any, act: Any, stage: str
) -> None:
    if stage != "planned":
        load_shipment(shipment=shipment, by=cast.ruan, at=AT)
    if stage in ("left", "back"):
        leave_shipment(shipment=shipment, by=cast.ruan, at=AT)
    if stage == "back":
        turn_back_shipment(shipment=shipment, reason="x", by=cast.mei, at=AT)
    shipment.refresh_from_db()
    before = (shipment.state, in_site(store), in_transit(shipment), reserved(store))

    with broken_ledger():
        act(cast, shipment)

    shipment.refresh_from_db()
    assert (shipment.state, in_site(store), in_transit(shipment), reserved(store)) == before


@pytest.mark.parametrize(("act", "stage"), [row[1:] for row in ACTS], ids=[r[0] for r in ACTS])
def test_to_others_it_does_not_exist(cast: Cast, shipment: Shipment, act: Any, stage: str) -> None:
    class Stranger:
        """Everybody of the cast is the trading firm."""

        areas = cast.areas

        def __getattr__(self, name: str) -> Post:
            return cast.ou

    with pytest.raises(NotFound):
        act(Stranger(), shipment)
    with pytest.raises(NotFound):
        shipments.find(shipment.number, visible_to=cast.ou)

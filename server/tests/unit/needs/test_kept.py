"""Commitments out of stock: the goods are kept, go with a shipment, or are free again."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from tongzhou.catalogue.models import Item
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed, NotFound
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.models import Act
from tongzhou.needs.actions.commit import ReservationAmount, ReservationElsewhere, commit
from tongzhou.needs.actions.confirm_received import StillKept, confirm_received
from tongzhou.needs.actions.give_from_store import give_from_store
from tongzhou.needs.actions.withdraw_commitment import withdraw_commitment
from tongzhou.needs.models import Commitment, Need
from tongzhou.shipments.actions.plan_shipment import Wanted, plan_shipment
from tongzhou.stock import queries as stock
from tongzhou.stock.actions.held import ReservationEnded
from tongzhou.stock.actions.open_site import open_site
from tongzhou.stock.actions.receive_goods import Incoming, receive_goods
from tongzhou.stock.actions.release import release
from tongzhou.stock.actions.reserve import reserve
from tongzhou.stock.models import Reservation, Site
from tongzhou.stock.posting import NotEnough

from .conftest import AT, DAY, HOUR, line

Keeping = Callable[..., Reservation]


@pytest.fixture
def store(cast: Cast, items: dict[str, Item]) -> Site:
    """The street's store with five hundred respirators and as many of another make."""
    site = open_site(code="street-store", name_zh="北山库", kind="warehouse",
                     unit=cast.units["beishan-street"], by=cast.ye, at=AT)  # fmt: skip
    day = date(2021, 3, 1)
    lines = [Incoming(items[code], 500, expires_on=day) for code in ("mask-n95", "mask-kn95")]
    receive_goods(site=site, lines=lines, by=cast.ye, at=AT)
    return site


@pytest.fixture
def keep(cast: Cast, store: Site, items: dict[str, Item]) -> Keeping:
    """Keeps respirators for a commitment to come."""

    def kept(for_id: UUID, quantity: int = 300, code: str = "mask-n95",
             for_kind: str = "commitment") -> Reservation:  # fmt: skip
        return reserve(site=store, item=items[code], quantity=quantity, for_kind=for_kind,
                       for_id=for_id, by=cast.ye, at=AT)  # fmt: skip

    return kept


def free(cast: Cast, store: Site, item: Item) -> Decimal:
    found = stock.available(visible_to=cast.ye, at=AT + DAY, sites=[store.id], items=[item.id])
    return found.get((store.id, item.id), Decimal(0))


def test_what_was_kept_is_committed_by_the_unit_of_the_store(
    cast: Cast, need: Need, keep: Keeping
) -> None:
    made = new_id()

    given = commit(line=line(need), quantity=300, reservation=keep(made).id, id=made, by=cast.shen,
                   at=AT + HOUR)  # fmt: skip

    assert (given.source, given.unit) == ("reservation", cast.units["beishan-street"])
    assert line(need).committed == 300


def test_only_what_is_kept_for_this_and_all_of_it_can_be_committed(
    cast: Cast, need: Need, keep: Keeping, items: dict[str, Item]
) -> None:
    made, at = new_id(), AT + HOUR
    kept = keep(made)
    other = keep(new_id(), quantity=10)
    for_a_need = keep(made, quantity=10, for_kind="need")
    right = {"line": line(need), "quantity": 300, "id": made, "by": cast.ye, "at": at}

    for wrong in (
        {"id": None}, {"reservation": other.id}, {"reservation": for_a_need.id},
        {"item": items["mask-kn95"]}, {"giver": cast.units["baoshi-community"], "by": cast.shen},
    ):  # fmt: skip
        with pytest.raises(ReservationElsewhere):
            commit(**(right | {"reservation": kept.id} | wrong))  # type: ignore[arg-type]
    for amount in (299, 301):
        with pytest.raises(ReservationAmount):
            commit(**(right | {"reservation": kept.id, "quantity": amount}))  # type: ignore[arg-type]
    for hidden in (new_id(), kept.id):
        with pytest.raises(NotFound):
            commit(**(right | {"reservation": hidden, "by": cast.mei}))  # type: ignore[arg-type]
    release(reservation=kept, by=cast.ye, at=at)
    with pytest.raises(ReservationEnded):
        commit(**right, reservation=kept.id)  # type: ignore[arg-type]

    assert not Commitment.objects.exists()


def test_giving_from_a_store_keeps_and_commits_or_does_neither(
    cast: Cast, need: Need, store: Site, items: dict[str, Item], broken_ledger: object
) -> None:
    masks = items["mask-n95"]
    right = {"line": line(need), "site": store, "quantity": 400, "by": cast.ye, "at": AT + HOUR}

    with pytest.raises(NotEnough):
        give_from_store(**(right | {"quantity": 501}))  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        give_from_store(**(right | {"by": cast.mei}))  # type: ignore[arg-type]
    with broken_ledger():  # type: ignore[operator]
        give_from_store(**right)  # type: ignore[arg-type]
    untouched = (free(cast, store, masks), Reservation.objects.count())
    given = give_from_store(**right)  # type: ignore[arg-type]
    instead = give_from_store(**(right | {"quantity": 100, "item": items["mask-kn95"]}))  # type: ignore[arg-type]

    assert untouched == (500, 0)
    assert (free(cast, store, masks), given.source) == (100, "reservation")
    assert (instead.item, free(cast, store, items["mask-kn95"])) == (items["mask-kn95"], 400)


def test_a_shipment_takes_over_what_is_kept(
    cast: Cast, need: Need, store: Site, items: dict[str, Item]
) -> None:
    masks = items["mask-n95"]
    given = give_from_store(line=line(need), site=store, quantity=500, by=cast.ye, at=AT + HOUR)

    plan_shipment(
        from_site=store, receiver=need.unit, due_at=AT + DAY, by=cast.ye, at=AT + HOUR,
        wanted=[Wanted(masks, 500, "commitment", given.id)],
    )  # fmt: skip

    [left] = Reservation.objects.filter(ended_at=None)
    assert (left.for_kind, left.left, free(cast, store, masks)) == ("shipment", 500, 0)


def test_taken_back_the_goods_are_free_and_until_then_they_cannot_have_come(
    cast: Cast, need: Need, store: Site, items: dict[str, Item]
) -> None:
    given = give_from_store(line=line(need), site=store, quantity=500, by=cast.ye, at=AT + HOUR)

    with pytest.raises(StillKept):
        confirm_received(commitment=given, by=cast.mei, at=AT + DAY)
    with pytest.raises(NotAllowed):
        withdraw_commitment(commitment=given, reason="x", by=cast.mei, at=AT + DAY)
    withdraw_commitment(commitment=given, reason="Needed nearer", by=cast.ye, at=AT + DAY)

    assert (free(cast, store, items["mask-n95"]), line(need).committed) == (500, 0)
    assert Act.objects.filter(type="goods.released.v1").count() == 1

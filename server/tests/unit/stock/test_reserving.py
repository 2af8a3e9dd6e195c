"""Goods are kept for something, taken and released; nothing is promised twice."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import pytest
from conftest import Acting
from django.db import IntegrityError, connection, transaction
from unit.rows import rows
from unit.stock.conftest import AT, DAY, HOUR

from tongzhou.actors.models import Post
from tongzhou.catalogue.models import Item
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotFound
from tongzhou.kernel.ids import new_id
from tongzhou.stock import accounts
from tongzhou.stock import queries as stock
from tongzhou.stock.actions.held import ReservationEnded
from tongzhou.stock.actions.release import release, release_lapsed
from tongzhou.stock.actions.reserve import ReservedUntilPast, reserve
from tongzhou.stock.actions.take import take
from tongzhou.stock.choices import AccountKind, MovementKind
from tongzhou.stock.models import Account, Balance, Entry, Movement, Reservation, ReservedLine, Site
from tongzhou.stock.posting import BatchExpired, NotEnough

TABLES = (Site, Account, Movement, Entry, Balance, Reservation, ReservedLine)
NEED = new_id()


def kept(
    site: Site, item: Item, quantity: object, by: Post, *, at: datetime = AT + DAY,
    until: datetime | None = None, for_id: UUID = NEED,
) -> Reservation:  # fmt: skip
    return reserve(
        site=site, item=item, quantity=quantity,  # type: ignore[arg-type]
        for_kind="need", for_id=for_id, by=by, at=at, until=until,
    )  # fmt: skip


def by_batch(reservation: Reservation) -> dict[str, Decimal]:
    return {
        line.balance.batch.code: line.quantity
        for line in reservation.lines.select_related("balance__batch")
    }


def free(site: Site, item: Item, by: Post, at: datetime = AT + DAY) -> Decimal:
    return stock.available(visible_to=by, at=at, sites=[site.id]).get(
        (site.id, item.id), Decimal(0)
    )


def test_what_expires_first_is_kept_first(stocked: Site, n95: Item, cast: Cast) -> None:
    reservation = kept(stocked, n95, 50, cast.ruan)

    assert by_batch(reservation) == {"B1": 40, "B2": 10}
    assert free(stocked, n95, cast.ruan) == 50


def test_expired_goods_are_not_kept_for_anybody(stocked: Site, n95: Item, cast: Cast) -> None:
    past = AT.replace(year=2020, month=3, day=2)

    assert by_batch(kept(stocked, n95, 60, cast.ruan, at=past)) == {"B2": 60}
    with pytest.raises(NotEnough) as refused:
        kept(stocked, n95, 1, cast.ruan, at=past)
    assert refused.value.params["free"] == "0"


def test_more_than_is_free_is_refused_whole(stocked: Site, n95: Item, cast: Cast) -> None:
    kept(stocked, n95, 70, cast.ruan)
    before = rows(TABLES)

    with pytest.raises(NotEnough):
        kept(stocked, n95, 31, cast.ruan)

    assert rows(TABLES) == before


def test_another_unit_does_not_see_the_store(stocked: Site, n95: Item, cast: Cast) -> None:
    with pytest.raises(NotFound):
        kept(stocked, n95, 1, cast.mei)


def test_nothing_is_kept_that_cannot_be_written_down(
    stocked: Site, n95: Item, cast: Cast, broken_ledger: Acting
) -> None:
    before = rows(TABLES)

    with broken_ledger():
        kept(stocked, n95, 5, cast.ruan)

    assert rows(TABLES) == before


def test_a_reservation_cannot_end_before_it_begins(stocked: Site, n95: Item, cast: Cast) -> None:
    with pytest.raises(ReservedUntilPast):
        kept(stocked, n95, 5, cast.ruan, until=AT)


def test_released_goods_are_free_again(stocked: Site, n95: Item, cast: Cast) -> None:
    reservation = kept(stocked, n95, 50, cast.ruan)

    release(reservation=reservation, by=cast.ruan, at=AT + DAY, quantity=Decimal(15))
    assert by_batch(reservation) == {"B1": 35, "B2": 0}
    assert free(stocked, n95, cast.ruan) == 65
    release(reservation=reservation, by=cast.ruan, at=AT + DAY)
    assert free(stocked, n95, cast.ruan) == 100
    with pytest.raises(ReservationEnded):
        release(reservation=reservation, by=cast.ruan, at=AT + DAY)


def test_what_runs_out_is_free_again_by_itself(stocked: Site, n95: Item, cast: Cast) -> None:
    kept(stocked, n95, 50, cast.ruan, until=AT + 2 * DAY)

    assert release_lapsed(at=AT + DAY + HOUR) == 0
    assert release_lapsed(at=AT + 2 * DAY) == 1
    assert release_lapsed(at=AT + 2 * DAY) == 0
    assert free(stocked, n95, cast.ruan) == 100


def test_taken_goods_are_on_the_way(stocked: Site, n95: Item, cast: Cast) -> None:
    reservation = kept(stocked, n95, 50, cast.ruan)
    away = accounts.on_the_way("shipment", new_id(), unit=cast.units["hz-hospital"])

    movement = take(reservation=reservation, to=away, by=cast.ruan, at=AT + DAY, quantity=45)

    assert movement.kind == MovementKind.MOVE
    assert {b.batch.code: b.on_hand for b in away.balances.all()} == {"B1": 40, "B2": 5}
    assert by_batch(reservation) == {"B1": 0, "B2": 5}
    assert free(stocked, n95, cast.ruan) == 50
    with pytest.raises(NotEnough):
        take(reservation=reservation, to=away, by=cast.ruan, at=AT + DAY, quantity=6)
    take(reservation=reservation, to=accounts.outside(AccountKind.USED), by=cast.ruan, at=AT + DAY)
    reservation.refresh_from_db()
    assert reservation.ended_at == AT + DAY


def test_goods_that_expired_while_they_were_kept_do_not_go(
    stocked: Site, n95: Item, cast: Cast
) -> None:
    reservation = kept(stocked, n95, 10, cast.ruan)
    away = accounts.on_the_way("shipment", new_id(), unit=cast.units["hz-hospital"])
    before = rows(TABLES)

    with pytest.raises(BatchExpired):
        take(reservation=reservation, to=away, by=cast.ruan, at=AT.replace(month=3, day=2))

    assert rows(TABLES) == before


def by_hand(statement: str, *args: object) -> None:
    """Raw SQL, as the web role, its deferred constraints asked at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, args)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stock_entry SET quantity = 1 WHERE id = %s",
        "DELETE FROM stock_entry WHERE id = %s",
        "UPDATE stock_balance SET on_hand = on_hand + 1 WHERE batch_id = "
        "(SELECT batch_id FROM stock_entry WHERE id = %s)",
        "UPDATE stock_balance SET reserved = 1 WHERE batch_id = "
        "(SELECT batch_id FROM stock_entry WHERE id = %s)",
        "DELETE FROM stock_balance WHERE batch_id = "
        "(SELECT batch_id FROM stock_entry WHERE id = %s)",
        # One side of a movement only.
        "INSERT INTO stock_entry (movement_id, account_id, batch_id, item_id, quantity) "
        "SELECT movement_id, account_id, batch_id, item_id, 7 FROM stock_entry WHERE id = %s",
        # Both sides, but of different items.
        "INSERT INTO stock_entry (movement_id, account_id, batch_id, item_id, quantity) "
        "SELECT movement_id, account_id, batch_id, (SELECT id FROM catalogue_item "
        "WHERE code = 'rice'), 7 FROM stock_entry WHERE id = %s",
    ],
)
def test_the_database_itself_keeps_goods_from_appearing(stocked: Site, statement: str) -> None:
    entry = Entry.objects.filter(quantity__gt=0).latest("id")

    with pytest.raises(IntegrityError):
        by_hand(statement, entry.id)

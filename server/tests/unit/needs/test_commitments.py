"""Promising, taking back, receiving; states and sums follow by themselves."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tongzhou.catalogue.models import Item
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed, NotFound, ReasonMissing
from tongzhou.ledger.models import Act
from tongzhou.needs.actions.answer_offer import answer_offer
from tongzhou.needs.actions.commit import (
    LineNotOpen,
    MoreThanAsked,
    MoreThanOffered,
    NotTheItem,
    OfferNotUsable,
    commit,
)
from tongzhou.needs.actions.committed import CommitmentOver
from tongzhou.needs.actions.confirm_received import DifferenceUnexplained, confirm_received
from tongzhou.needs.actions.offer import offer
from tongzhou.needs.actions.offering import Offered
from tongzhou.needs.actions.withdraw_commitment import withdraw_commitment
from tongzhou.needs.models import Commitment, Need, OfferLine

from .conftest import AT, DAY, HOUR, Asking, Giving, line


def test_states_follow_from_promises_and_receipts(cast: Cast, need: Need, give: Giving) -> None:
    seen = [line(need).state]
    first, second = give(need, 400), None
    seen.append(line(need).state)
    second = give(need, 600)
    seen.append(line(need).state)
    confirm_received(commitment=first, by=cast.mei, at=AT + DAY)
    seen.append(line(need).state)
    confirm_received(commitment=second, by=cast.mei, at=AT + DAY)
    seen.append(line(need).state)

    assert seen == ["open", "partly_committed", "committed", "partly_met", "met"]
    assert (line(need).unmet, line(need).open) == (0, False)
    types = list(Act.objects.order_by("id").values_list("type", flat=True))
    assert types[-5:] == [
        "commitment.made.v1", "commitment.made.v1", "need.covered.v1",
        "commitment.received.v1", "commitment.received.v1",
    ]  # fmt: skip


def test_more_than_asked_needs_a_word(need: Need, give: Giving) -> None:
    give(need, 900)

    with pytest.raises(MoreThanAsked):
        give(need, 200)
    give(need, 200, over_reason="Only whole cases leave the store")

    assert line(need).committed == 1100


def test_a_line_without_an_amount_takes_any(cast: Cast, ask: Asking, give: Giving) -> None:
    need = ask(("mask-n95", None))

    given = give(need, 5000)
    confirm_received(commitment=given, by=cast.mei, at=AT + DAY)

    assert (line(need).state, line(need).unmet) == ("partly_met", None)


def test_another_item_counts_only_where_the_catalogue_lets_it_stand(
    need: Need, give: Giving, items: dict[str, Item]
) -> None:
    given = give(need, 100, item=items["mask-kn95"])

    assert given.item == items["mask-kn95"]
    with pytest.raises(NotTheItem):
        give(need, 100, item=items["rice"])


def test_a_promise_is_taken_back_by_who_gave_it(cast: Cast, need: Need, give: Giving) -> None:
    given = give(need, 1000)

    with pytest.raises(NotAllowed):
        withdraw_commitment(commitment=given, reason="x", by=cast.mei, at=AT + DAY)
    with pytest.raises(ReasonMissing):
        withdraw_commitment(commitment=given, reason="", by=cast.ye, at=AT + DAY)
    withdraw_commitment(commitment=given, reason="Sold out", by=cast.ye, at=AT + DAY)

    assert (line(need).state, line(need).unmet) == ("open", 1000)
    assert Act.objects.latest("id").type == "need.uncovered.v1"
    with pytest.raises(CommitmentOver):
        withdraw_commitment(commitment=given, reason="x", by=cast.ye, at=AT + DAY)


def test_only_the_receiving_unit_receives_and_only_once(
    cast: Cast, need: Need, give: Giving
) -> None:
    given = give(need, 400)

    for other in (cast.ye, cast.shen, cast.chu):
        with pytest.raises(NotAllowed):
            confirm_received(commitment=given, by=other, at=AT + DAY)
    with pytest.raises(NotFound):
        confirm_received(commitment=given, by=cast.ou, at=AT + DAY)
    confirm_received(commitment=given, by=cast.mei, at=AT + DAY)
    with pytest.raises(CommitmentOver):
        confirm_received(commitment=given, by=cast.mei, at=AT + DAY)

    assert line(need).received == 400


def test_another_amount_than_promised_is_explained(cast: Cast, need: Need, give: Giving) -> None:
    given = give(need, 400)

    with pytest.raises(DifferenceUnexplained):
        confirm_received(commitment=given, quantity=390, by=cast.mei, at=AT + DAY)
    confirm_received(
        commitment=given, quantity=390, difference_reason="One box wet", by=cast.mei, at=AT + DAY
    )

    assert (line(need).committed, line(need).received, line(need).unmet) == (390, 390, 610)


def test_nothing_is_promised_to_a_line_that_is_met(cast: Cast, need: Need, give: Giving) -> None:
    confirm_received(commitment=give(need, 1000), by=cast.mei, at=AT + DAY)

    with pytest.raises(LineNotOpen):
        give(need, 1, over_reason="x")


def test_an_offer_gives_no_more_than_it_has(cast: Cast, need: Need, items: dict[str, Item]) -> None:
    made = offer(
        lines=[Offered(items["mask-n95"], 300)], area=cast.areas["330106002901"], by=cast.chu, at=AT
    )
    row = OfferLine.objects.get(offer=made)
    given = {"line": line(need), "offer_line": row, "at": AT + HOUR}

    with pytest.raises(OfferNotUsable):
        commit(quantity=100, by=cast.chu, **given)  # type: ignore[arg-type]
    answer_offer(offer=made, accepted=True, by=cast.ye, at=AT + HOUR)
    commit(quantity=200, by=cast.ye, **given)  # type: ignore[arg-type]
    with pytest.raises(MoreThanOffered):
        commit(quantity=101, by=cast.ye, **given)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        commit(quantity=10, by=cast.pan, **given)  # type: ignore[arg-type]

    row.refresh_from_db()
    assert row.promised == 200
    assert Commitment.objects.get().unit == cast.units["lvyuan-volunteers"]


def test_what_cannot_be_written_down_did_not_happen(
    cast: Cast, need: Need, give: Giving, broken_ledger: object
) -> None:
    given = give(need, 400)

    with broken_ledger():  # type: ignore[operator]
        give(need, 100)
    with broken_ledger():  # type: ignore[operator]
        confirm_received(commitment=given, by=cast.mei, at=AT + DAY)
    with broken_ledger():  # type: ignore[operator]
        withdraw_commitment(commitment=given, reason="x", by=cast.ye, at=AT + DAY)

    assert (line(need).committed, line(need).received) == (Decimal(400), 0)
    assert Commitment.objects.get().open


def test_the_database_holds_sums_and_sides(need: Need, give: Giving) -> None:
    given = give(need, 400)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE needs_commitment SET quantity = -1 WHERE id = %s", [given.id])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE needs_commitment SET received = 1, withdrawn_at = now() WHERE id = %s",
            [given.id],
        )
    with (
        pytest.raises(DatabaseError, match="stays with its line"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE needs_commitment SET line_id = gen_random_uuid()")

    assert line(need).committed == 400

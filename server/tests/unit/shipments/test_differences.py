"""What does not come as it was loaded: who answers for it, and where it goes once explained."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from unit.clocks.conftest import Works
from unit.clocks.conftest import works as works
from unit.shipments.conftest import AT, DAY, HOUR, in_site, in_transit, outside

from tongzhou.actors.models import Post
from tongzhou.clocks.models import Clock
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotFound, ReasonMissing, TextMissing
from tongzhou.ledger.models import Act
from tongzhou.shipments import purposes, queries
from tongzhou.shipments.actions.arrive_shipment import LossExplained, arrive_shipment
from tongzhou.shipments.actions.counting import Counted
from tongzhou.shipments.actions.explain_difference import (
    CauseUnfit,
    ExplainedAlready,
    ExplanationNotYours,
    explain_difference,
)
from tongzhou.shipments.actions.receive_shipment import receive_shipment
from tongzhou.shipments.actions.report_lost import report_lost
from tongzhou.shipments.actions.take_back_shipment import take_back_shipment
from tongzhou.shipments.actions.turn_back_shipment import turn_back_shipment
from tongzhou.shipments.choices import Cause, Kind, State
from tongzhou.shipments.models import Difference, Shipment, ShipmentLine
from tongzhou.stock.choices import AccountKind
from tongzhou.stock.models import Site

LastAct = Callable[[], Act]


def came(shipment: Shipment, good: int, damaged: int = 0, reason: str = "So it came") -> Counted:
    """So much of the first line, of which forty were loaded."""
    return Counted(shipment.lines.order_by("position")[0].id, good, damaged, reason)


def explained(difference: Difference, cause: Cause, *, by: Post) -> Difference:
    return explain_difference(
        difference=difference, cause=cause, explanation="So it was", by=by, at=AT + 2 * DAY
    )


@pytest.fixture
def short(cast: Cast, on_the_way: Shipment) -> Difference:
    """Three of forty are missing."""
    receive_shipment(
        shipment=on_the_way, counted=[came(on_the_way, 37)], by=cast.mei, at=AT + DAY
    )  # fmt: skip
    return Difference.objects.get()


def test_what_is_missing_stays_on_the_way_until_it_is_explained(
    cast: Cast, on_the_way: Shipment, short: Difference, point: Site, last_act: LastAct
) -> None:
    assert (short.kind, short.quantity, short.owner) == (Kind.LESS, 3, cast.chu.unit)
    assert (in_site(point), in_transit(on_the_way)) == (47, 3)
    assert last_act().type == "shipment.differed.v1"
    assert last_act().data["owner"] == str(cast.chu.unit_id)

    explained(short, Cause.LOST, by=cast.chu)

    assert (in_transit(on_the_way), outside(AccountKind.LOST)) == (0, 3)
    assert last_act().data["open"] == 0
    with pytest.raises(ExplainedAlready):
        explained(short, Cause.LOST, by=cast.chu)


def test_a_difference_needs_its_reason(cast: Cast, on_the_way: Shipment, point: Site) -> None:
    with pytest.raises(ReasonMissing) as refused:
        receive_shipment(
            shipment=on_the_way, counted=[came(on_the_way, 37, 0, " ")], by=cast.mei, at=AT + DAY
        )
    assert refused.value.row == 1
    assert (in_site(point), Difference.objects.count()) == (0, 0)


def test_what_came_beyond_leaves_the_books_of_the_giver_by_its_own_word(
    cast: Cast, on_the_way: Shipment, store: Site, point: Site
) -> None:
    receive_shipment(
        shipment=on_the_way, counted=[came(on_the_way, 40, 5)], by=cast.mei, at=AT + DAY
    )  # fmt: skip
    more, damaged = (Difference.objects.get(kind=kind) for kind in (Kind.MORE, Kind.DAMAGED))
    assert (in_site(point), in_transit(on_the_way), more.quantity) == (50, 5, 5)
    assert outside(AccountKind.DIFFERENCE) == -5

    with pytest.raises(ExplanationNotYours):
        explained(more, Cause.LOADED_MORE, by=cast.chu)
    # Of the batch that was loaded all is gone: the giver cannot have loaded more of it.
    explained(more, Cause.UNKNOWN_SOURCE, by=cast.chu)
    explained(damaged, Cause.SPOILT, by=cast.chu)

    assert (in_site(store), in_transit(on_the_way), outside(AccountKind.DISCARDED)) == (50, 0, 5)


def test_more_was_loaded_than_written_down(
    cast: Cast, on_the_way: Shipment, store: Site, point: Site
) -> None:
    second = on_the_way.lines.order_by("position")[1]
    counted = [Counted(second.id, 12, 0, "Two more boxes")]
    receive_shipment(shipment=on_the_way, counted=counted, by=cast.mei, at=AT + DAY)

    explained(Difference.objects.get(), Cause.LOADED_MORE, by=cast.ruan)

    assert (in_site(store), in_site(point), outside(AccountKind.DIFFERENCE)) == (48, 52, 0)


def test_only_whose_site_it_is_says_what_stands_in_it(
    cast: Cast, on_the_way: Shipment, short: Difference, store: Site, point: Site
) -> None:
    for cause, by in (
        (Cause.FOUND, cast.chu),
        (Cause.NOT_LOADED, cast.chu),
        (Cause.LOST, cast.mei),
        (Cause.LOST, cast.lou),
    ):
        with pytest.raises(ExplanationNotYours):
            explained(short, cause, by=by)
    with pytest.raises(CauseUnfit):
        explained(short, Cause.LOADED_MORE, by=cast.ruan)
    with pytest.raises(NotFound):
        explained(short, Cause.LOST, by=cast.ou)
    with pytest.raises(TextMissing):
        explain_difference(
            difference=short, cause=Cause.LOST, explanation=" ", by=cast.chu, at=AT + DAY
        )

    explained(short, Cause.FOUND, by=cast.mei)

    assert (in_site(point), in_transit(on_the_way)) == (50, 0)
    assert [line.received for line in on_the_way.lines.order_by("position")] == [40, 10]


def test_an_explanation_that_cannot_be_written_down_changes_nothing(
    cast: Cast, on_the_way: Shipment, short: Difference, broken_ledger: Callable[[], object]
) -> None:
    with broken_ledger():  # type: ignore[attr-defined]
        explained(short, Cause.LOST, by=cast.chu)
    short.refresh_from_db()

    assert (short.explained_at, in_transit(on_the_way)) == (None, 3)


def test_lost_goods_stay_on_the_account_of_the_carrier(
    cast: Cast, on_the_way: Shipment, last_act: LastAct
) -> None:
    lost = report_lost(shipment=on_the_way, reason="No call", by=cast.ruan, at=AT + 2 * DAY)
    assert (lost.state, in_transit(lost)) == (State.LOST, 50)
    assert last_act().data["owner"] == str(cast.chu.unit_id)

    first, second = Difference.objects.order_by("line__position")
    explained(first, Cause.LOST, by=cast.chu)
    with pytest.raises(LossExplained):
        arrive_shipment(shipment=lost, by=cast.mei, at=AT + 3 * DAY)
    explained(second, Cause.NOT_LOADED, by=cast.ruan)

    assert (in_transit(lost), outside(AccountKind.LOST)) == (0, 40)


def test_what_was_given_up_may_still_arrive(cast: Cast, on_the_way: Shipment, point: Site) -> None:
    report_lost(shipment=on_the_way, reason="No call", by=cast.chu, at=AT + 2 * DAY)
    arrive_shipment(shipment=on_the_way, by=cast.mei, at=AT + 3 * DAY)
    receive_shipment(shipment=on_the_way, by=cast.mei, at=AT + 3 * DAY)

    assert (in_site(point), Difference.objects.count()) == (50, 0)


def test_what_is_missing_of_what_came_back_is_explained_too(
    cast: Cast, on_the_way: Shipment, store: Site
) -> None:
    turn_back_shipment(shipment=on_the_way, reason="Wet", by=cast.chu, at=AT + DAY)
    take_back_shipment(
        shipment=on_the_way, counted=[came(on_the_way, 30, 6)], by=cast.ruan, at=AT + DAY
    )  # fmt: skip
    less = Difference.objects.get(kind=Kind.LESS)
    assert (in_site(store), in_transit(on_the_way), less.quantity) == (90, 10, 4)

    explained(less, Cause.FOUND, by=cast.ruan)

    assert (in_site(store), in_transit(on_the_way)) == (94, 6)


def test_what_lines_are_for_sees_what_is_on_the_way_and_what_came(
    cast: Cast, on_the_way: Shipment, monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Callable[[int], object],
) -> None:  # fmt: skip
    first, second = on_the_way.lines.order_by("position")
    named, other = first.id, second.id
    ShipmentLine.objects.update(for_kind="commitment", for_id=named)
    told: list[set[object]] = []
    monkeypatch.setitem(purposes._MOVED, "commitment", lambda ids: told.append(set(ids)))
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        before = queries.carried("commitment", [named, other])
    assert before == {named: (50, 0), other: (0, 0)}

    receive_shipment(
        shipment=on_the_way, counted=[came(on_the_way, 37)], by=cast.mei, at=AT + DAY
    )  # fmt: skip

    assert queries.carried("commitment", [named])[named] == (0, 47)
    assert queries.carried("other", [named])[named] == (0, 0)
    columns = ShipmentLine.objects.annotate(
        way=queries.on_the_way("commitment", "for_id"), got=queries.received("commitment", "for_id")
    )
    assert set(columns.values_list("way", "got")) == {(Decimal(0), Decimal(47))}
    assert told == [{named}]


def test_late_lost_and_unexplained_shipments_have_an_owner(
    cast: Cast, on_the_way: Shipment, works: Works
) -> None:
    works.at(AT + HOUR)
    works.at(AT + DAY + HOUR)
    due = Clock.objects.get(rule="shipment-due")
    assert (due.state, due.owners) == ("missed", [cast.chu.unit_id])

    report_lost(shipment=on_the_way, reason="No call", by=cast.chu, at=AT + DAY + 2 * HOUR)
    works.at(AT + DAY + 3 * HOUR)
    works.at(AT + timedelta(days=5))

    lost = Clock.objects.get(rule="shipment-lost")
    assert (lost.state, lost.owners) == ("missed", [cast.chu.unit_id])
    for difference in Difference.objects.all():
        explained(difference, Cause.LOST, by=cast.chu)
    works.at(AT + timedelta(days=6))
    lost.refresh_from_db()
    assert not lost.is_open

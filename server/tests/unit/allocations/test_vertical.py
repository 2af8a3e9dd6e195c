"""From needs and stock to commitments and shipments."""

from decimal import Decimal

import pytest

from tongzhou.allocations import jobs
from tongzhou.allocations.actions.approve_allocation import approve_allocation
from tongzhou.allocations.actions.compute_allocation import compute_allocation
from tongzhou.allocations.choices import State
from tongzhou.allocations.models import Allocation
from tongzhou.demo.cast import Cast
from tongzhou.needs.models import Commitment, Need
from tongzhou.shipments.models import Shipment
from tongzhou.stock import queries as stock
from tongzhou.stock.models import Reservation, Site

from .conftest import AT, DAY, HOUR, Drafting, chosen, fresh


def test_it_shares_fairly_and_becomes_commitments_and_shipments(
    cast: Cast, ready: Allocation, needs: dict[str, Need], store: Site
) -> None:
    assert chosen(ready) == {
        needs["community"].id: 50, needs["street"].id: 100, needs["hospital"].id: 150,
    }  # fmt: skip
    assert (ready.state, ready.min_fill) == (State.READY, 0.5)
    assert ready.result is not None
    assert ready.result["proven"]

    done = approve_allocation(allocation=ready, due_at=AT + DAY, by=cast.shen, at=AT + HOUR)

    assert done.state == State.APPROVED
    given = {c.line.need_id: c for c in Commitment.objects.select_related("line")}
    assert {need: c.quantity for need, c in given.items()} == chosen(ready)
    assert {c.source for c in given.values()} == {"reservation"}
    assert {c.unit_id for c in given.values()} == {cast.units["hz-command"].id}
    assert Shipment.objects.count() == 3
    assert stock.available(visible_to=cast.lou, at=AT + HOUR) == {}
    # What was kept for the commitments is kept for the shipments now.
    open_ = Reservation.objects.filter(ended_at=None)
    assert {r.for_kind for r in open_} == {"shipment"}
    assert sum((r.left for r in open_), Decimal(0)) == 300
    assert all(line.shipment_id and line.commitment_id for line in ready.lines.all())


@pytest.mark.usefixtures("real_engine")
def test_the_engine_answers_from_a_process_of_its_own(cast: Cast, draft: Drafting) -> None:
    asked = compute_allocation(allocation=draft(), by=cast.lou, at=AT)

    jobs.compute(allocation=str(asked.id), run=asked.run)

    assert sorted(chosen(fresh(asked)).values()) == [50, 100, 150]

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from tongzhou.allocations.actions.change import locked, record
from tongzhou.allocations.acts import ALLOCATION_COMPUTED, ALLOCATION_FAILED
from tongzhou.allocations.choices import State
from tongzhou.allocations.models import Allocation, AllocationLine


def store_plan(*, allocation: UUID, run: int, result: dict[str, Any], at: datetime) -> bool:
    """Keeps what was computed. Returns False, and changes nothing, when nobody waits for this
    run any more: it was cancelled, or asked for anew."""
    with transaction.atomic():
        held = _waiting(allocation, run)
        if held is None:
            return False
        lines = result.pop("lines")
        _write(held, lines)
        held.result, held.state, held.progress = result, State.READY, 100
        held.min_fill, held.computed_at = result["computed"]["min_fill"], at
        held.save()
        record(
            ALLOCATION_COMPUTED, allocation=held, by=None, at=at,
            data={"run": run, "lines": len(lines), "proven": bool(result["proven"])},
        )  # fmt: skip
    return True


def store_failure(*, allocation: UUID, run: int, error: str, at: datetime) -> bool:
    """Says that nothing came of it. Returns False when nobody waits for this run any more."""
    with transaction.atomic():
        held = _waiting(allocation, run)
        if held is None:
            return False
        held.state, held.error = State.FAILED, error[:2000]
        held.save(update_fields=["state", "error"])
        record(ALLOCATION_FAILED, allocation=held, by=None, at=at, data={"run": run})
    return True


def tell_progress(*, allocation: UUID, run: int, percent: int) -> bool:
    """Notes how far it is; says whether anybody still waits."""
    waiting = Allocation.objects.filter(id=allocation, run=run, state=State.COMPUTING)
    return waiting.update(progress=min(max(percent, 0), 100)) == 1


def _waiting(allocation: UUID, run: int) -> Allocation | None:
    if not Allocation.objects.filter(id=allocation).exists():
        return None
    held = locked(allocation)
    return held if held.state == State.COMPUTING and held.run == run else None


def _write(allocation: Allocation, lines: list[list[Any]]) -> None:
    problem = allocation.problem
    stocks, needs, sites = problem["stocks"], problem["needs"], problem["sites"]
    AllocationLine.objects.bulk_create(
        [
            AllocationLine(
                allocation=allocation,
                site_id=UUID(sites[stocks[stock]["site"]]["id"]),
                need_line_id=UUID(needs[need]["line"]),
                item_id=UUID(stocks[stock]["item"]),
                computed=Decimal(str(quantity)),
                quantity=Decimal(str(quantity)),
                distance=distance,
            )
            for stock, need, quantity, distance in lines
        ],
        batch_size=2000,
    )

"""Allocations as the script writes them: items by code, a line by the unit that gets it. What the
worker computes in a job is computed at once, at the moment of the story."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tongzhou.actors.models import Post, Unit
from tongzhou.allocations.actions.change_line import change_line
from tongzhou.allocations.actions.compute_allocation import compute_allocation
from tongzhou.allocations.actions.draft_allocation import draft_allocation
from tongzhou.allocations.actions.store_plan import store_plan
from tongzhou.allocations.models import Allocation
from tongzhou.allocations.solving import solve
from tongzhou.catalogue.models import Item
from tongzhou.stock.models import Site


def draft(
    *, name: str, items: Sequence[str], store: str, by: Post, at: datetime, id: UUID | None = None
) -> Allocation:
    """Drafts an allocation of some items of a store."""
    return draft_allocation(
        name=name, items=list(Item.objects.filter(code__in=items)),
        sites=list(Site.objects.filter(code=store)), by=by, at=at, id=id,
    )  # fmt: skip


def compute(*, allocation: Allocation, by: Post, at: datetime) -> Allocation:
    """Has it computed, and does the worker's part; the job that is queued finds it done."""
    asked = compute_allocation(allocation=allocation, by=by, at=at)
    result = solve(asked.problem, asked.objective, wanted=lambda percent: True)
    assert result is not None
    store_plan(allocation=asked.id, run=asked.run, result=result, at=at)
    return Allocation.objects.get(id=asked.id)


def change(
    *, allocation: Allocation, unit: Unit, quantity: str, reason: str, by: Post, at: datetime
) -> Allocation:
    """Changes what a unit gets."""
    line = allocation.lines.select_related("item").get(need_line__unit=unit)
    return change_line(
        allocation=allocation, site=line.site_id, need_line=line.need_line_id, item=line.item,
        quantity=quantity, reason=reason, by=by, at=at,
    )  # fmt: skip

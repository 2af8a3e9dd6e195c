"""Allocations for programs."""

from typing import Literal

from ninja import Router, Status

from tongzhou.actors.session import PostRequest
from tongzhou.allocations.actions.approve_allocation import approve_allocation
from tongzhou.allocations.actions.cancel_allocation import cancel_allocation
from tongzhou.allocations.actions.change_line import change_line
from tongzhou.allocations.actions.compute_allocation import compute_allocation
from tongzhou.allocations.actions.draft_allocation import draft_allocation
from tongzhou.allocations.queries import lists, plan
from tongzhou.allocations.schemas import (
    AllocationApproveIn,
    AllocationChangeIn,
    AllocationIn,
    AllocationLineOut,
    AllocationOut,
    AllocationPlanOut,
    AllocationReasonIn,
    StateName,
)
from tongzhou.catalogue import queries as catalogue
from tongzhou.incidents.queries import lists as incidents
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Code, Cursor, Limit, Search
from tongzhou.places import queries as places
from tongzhou.stock import queries as stock

router = Router(tags=["allocations"])
ONE = "/allocations/{int:number}"


@router.get("/allocations", response=Page[AllocationOut], summary="Allocations")
def allocation_list(
    request: PostRequest,
    q: Search = "",
    show: StateName | Literal["open"] | None = None,
    incident: Code | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[AllocationOut]:
    """Plans of your unit, of those below it, and those to which your stores give, the latest
    first."""
    page = lists.listed(
        visible_to=request.holder, q=q, show=show or "", incident=incident or "", cursor=cursor,
        limit=limit,
    )  # fmt: skip
    items = [AllocationOut.of(row) for row in page.rows]
    return Page[AllocationOut].model_construct(items=items, next=page.next or None)


@router.post("/allocations", response={201: AllocationPlanOut}, summary="Draft an allocation")
def allocation_draft(request: PostRequest, body: AllocationIn) -> Status[AllocationPlanOut]:
    """Takes up open needs and free stock. Needs `allocation.draft`."""
    post = request.holder
    made = draft_allocation(
        name=body.name,
        objective=body.objective,
        items=[catalogue.require_item(text, field="items", row=row)
               for row, text in enumerate(body.items, start=1)],
        area=places.find(body.area) if body.area else None,
        sites=[stock.find_site(code=code, visible_to=post) for code in body.sites],
        incident=incidents.find(body.incident, visible_to=post) if body.incident else None,
        stand_ins=body.stand_ins,
        by=post,
        at=clock.now(),
    )  # fmt: skip
    return Status(201, _out(request, made.number))


@router.get(ONE, response=AllocationPlanOut, summary="One allocation")
def allocation_one(request: PostRequest, number: int) -> AllocationPlanOut:
    """The plan with its figures, areas and proof; while `state` is `computing`, `progress` says
    how far it is."""
    return _out(request, number)


@router.get(
    f"{ONE}/lines", response=Page[AllocationLineOut], summary="Lines of an allocation"
)  # fmt: skip
def allocation_lines(
    request: PostRequest, number: int, area: Search = "", cursor: Cursor = "", limit: Limit = 50
) -> Page[AllocationLineOut]:
    """From where to whom, of all areas or of one (its code)."""
    found = lists.find(number, visible_to=request.holder)
    page = plan.page(found, area=area, cursor=cursor, limit=limit)
    items = [AllocationLineOut.of(row) for row in page.rows]
    return Page[AllocationLineOut].model_construct(items=items, next=page.next or None)


@router.post(f"{ONE}/compute", response=AllocationPlanOut, summary="Have it computed")
def allocation_compute(request: PostRequest, number: int) -> AllocationPlanOut:
    """Takes up needs and stock anew and asks the worker for the best plan. Needs
    `allocation.draft`."""
    post = request.holder
    found = lists.find(number, visible_to=post)
    compute_allocation(allocation=found, by=post, at=clock.now())
    return _out(request, number)


@router.post(f"{ONE}/change", response=AllocationPlanOut, summary="Change a line")
def allocation_change(
    request: PostRequest, number: int, body: AllocationChangeIn
) -> AllocationPlanOut:
    """Chooses another amount, with a reason; `figures.plan` beside `figures.computed` says what
    it costs. Needs `allocation.draft`."""
    post = request.holder
    found = lists.find(number, visible_to=post)
    change_line(
        allocation=found,
        site=stock.find_site(code=body.site, visible_to=post).id,
        need_line=body.need_line,
        item=catalogue.require_item(body.item),
        quantity=body.quantity,
        measure=body.measure,
        reason=body.reason,
        by=post,
        at=clock.now(),
    )
    return _out(request, number)


@router.post(f"{ONE}/approve", response=AllocationPlanOut, summary="Approve an allocation")
def allocation_approve(
    request: PostRequest, number: int, body: AllocationApproveIn
) -> AllocationPlanOut:
    """Reserves, commits and plans shipments, all or nothing. Needs `allocation.approve`."""
    post = request.holder
    found = lists.find(number, visible_to=post)
    approve_allocation(allocation=found, due_at=body.due_at, by=post, at=clock.now())
    return _out(request, number)


@router.post(f"{ONE}/cancel", response=AllocationPlanOut, summary="Cancel an allocation")
def allocation_cancel(
    request: PostRequest, number: int, body: AllocationReasonIn
) -> AllocationPlanOut:
    """Gives it up before it is approved. Needs `allocation.draft`."""
    post = request.holder
    found = lists.find(number, visible_to=post)
    cancel_allocation(allocation=found, reason=body.reason, by=post, at=clock.now())
    return _out(request, number)


def _out(request: PostRequest, number: int) -> AllocationPlanOut:
    return AllocationPlanOut.of(lists.find(number, visible_to=request.holder))

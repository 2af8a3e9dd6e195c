from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import ALLOCATION_APPROVE
from tongzhou.allocations.actions.change import begin, record, require_ready
from tongzhou.allocations.acts import ALLOCATION_APPROVED
from tongzhou.allocations.choices import State
from tongzhou.allocations.models import Allocation, AllocationLine
from tongzhou.allocations.queries.staleness import changes
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.needs.actions.commit import commit
from tongzhou.needs.models import Need
from tongzhou.oversight.actions.change import require_deadline
from tongzhou.shipments.actions.plan_shipment import MOST_LINES, Wanted, plan_shipment
from tongzhou.stock.actions.reserve import Wanted as Kept
from tongzhou.stock.actions.reserve import reserve_many
from tongzhou.stock.models import Site

#: What reservations, commitments and lines of shipments know each other by.
KIND: Final = "commitment"
#: More commitments than this are no single decision any more.
MOST_APPROVED: Final = 1_000
_NAMED: Final = 8


class PlanStale(Conflict):
    """What the plan stands on has changed since it was computed."""

    code = "allocation-stale"
    message = _("Since this was computed something has changed: %(changes)s. Compute it anew.")


class NothingAllocated(Conflict):
    """A plan in which nobody gets anything."""

    code = "allocation-empty"
    message = _("Nobody would get anything by this plan.")


class TooManyAtOnce(Invalid):
    """A plan of more lines than can be approved in one piece."""

    code = "allocation-too-many-lines"
    message = _("%(lines)d lines are too many to approve at once; at most %(most)d.")


def approve_allocation(
    *, allocation: Allocation, due_at: datetime, by: Post, at: datetime
) -> Allocation:
    """Turns the plan into what it says, all of it or nothing: every line becomes reserved stock,
    a commitment to its need, and a line of a planned shipment that is due at ``due_at``; one
    shipment for each store, unit and place of use.

    Raises NotFound, NotAllowed, AllocationOver, AllocationNotReady, DeadlinePassed,
    DeadlineTooFar, PlanStale, NothingAllocated, TooManyAtOnce, and what reserving, committing and
    planning raise.
    """
    with transaction.atomic():
        held = begin(allocation, by=by, word=ALLOCATION_APPROVE)
        require_ready(held)
        require_deadline(due_at, at=at)
        lines = list(
            held.lines.filter(quantity__gt=0)
            .select_related("site__unit", "site__area", "item", "need_line__item",
                            "need_line__need__area", "need_line__unit")
            .order_by("site_id", "need_line__need__area_id", "need_line__unit_id", "item__code",
                      "id")
        )  # fmt: skip
        if not lines:
            raise NothingAllocated()
        if len(lines) > MOST_APPROVED:
            raise TooManyAtOnce(lines=len(lines), most=MOST_APPROVED)
        # Needs before stock, each in one order, as every other act locks them.
        needs = {line.need_line.need_id for line in lines}
        list(
            Need.objects.select_for_update(of=("self",), no_key=True)
            .filter(id__in=needs).order_by("id").values_list("id")
        )  # fmt: skip
        _require_fresh(lines, by=by, at=at)
        made = {line.id: new_id() for line in lines}
        reserved = _reserve(lines, made, allocation=held, by=by, at=at)
        for line in lines:
            line.commitment = commit(
                line=line.need_line, quantity=line.quantity, by=by, at=at, giver=line.site.unit,
                item=line.item, reservation=reserved[line.id], id=made[line.id], due_at=due_at,
                note=held.reference,
            )  # fmt: skip
        shipments = _plan(lines, made, allocation=held, due_at=due_at, by=by, at=at)
        AllocationLine.objects.bulk_update(lines, ["commitment", "shipment"], batch_size=500)
        held.state, held.decider, held.decided_at = State.APPROVED, by, at
        held.save(update_fields=["state", "decider", "decided_at"])
        record(
            ALLOCATION_APPROVED, allocation=held, by=by, at=at, outcome="approved",
            data={"lines": len(lines), "shipments": shipments,
                  "changed": sum(line.changed for line in lines)},
        )  # fmt: skip
    return held


def _require_fresh(lines: Sequence[AllocationLine], *, by: Post, at: datetime) -> None:
    found = changes(lines, visible_to=by, at=at)
    if found:
        named = "; ".join(str(change) for change in found[:_NAMED])
        raise PlanStale(changes=named + (" …" if len(found) > _NAMED else ""))


def _reserve(
    lines: Sequence[AllocationLine], made: dict[UUID, UUID], *, allocation: Allocation, by: Post,
    at: datetime,
) -> dict[UUID, UUID]:  # fmt: skip
    """Of each line the reservation that keeps its goods for the commitment to come."""
    kept: dict[UUID, UUID] = {}
    for site, some in _by_site(lines):
        for piece in _pieces(some, MOST_LINES):
            wanted = [Kept(line.item, line.quantity, KIND, made[line.id]) for line in piece]
            done = reserve_many(
                site=site, wanted=wanted, by=by, at=at, incident=allocation.incident_id
            )
            kept |= {line.id: one.id for line, one in zip(piece, done, strict=True)}
    return kept


def _plan(
    lines: Sequence[AllocationLine], made: dict[UUID, UUID], *, allocation: Allocation,
    due_at: datetime, by: Post, at: datetime,
) -> int:  # fmt: skip
    """Plans what each store sends to each unit in each place; how many shipments that makes."""
    together: dict[tuple[UUID, UUID, UUID], list[AllocationLine]] = defaultdict(list)
    for line in lines:
        need = line.need_line
        together[line.site_id, need.unit_id, need.need.area_id].append(line)
    number = 0
    for some in together.values():
        for piece in _pieces(some, MOST_LINES):
            first = piece[0]
            shipment = plan_shipment(
                from_site=first.site,
                receiver=first.need_line.unit,
                area=first.need_line.need.area,
                wanted=[Wanted(one.item, one.quantity, KIND, made[one.id]) for one in piece],
                due_at=due_at, incident=allocation.incident, note=allocation.reference, by=by,
                at=at,
            )  # fmt: skip
            number += 1
            for line in piece:
                line.shipment = shipment
    return number


def _by_site(lines: Iterable[AllocationLine]) -> list[tuple[Site, list[AllocationLine]]]:
    found: dict[UUID, list[AllocationLine]] = defaultdict(list)
    for line in lines:
        found[line.site_id].append(line)
    return [(found[site][0].site, found[site]) for site in sorted(found)]


def _pieces(lines: Sequence[AllocationLine], size: int) -> Iterable[Sequence[AllocationLine]]:
    return (lines[start : start + size] for start in range(0, len(lines), size))

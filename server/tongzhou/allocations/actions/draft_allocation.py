from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import ALLOCATION_DRAFT
from tongzhou.allocations.actions.change import next_number, record, written
from tongzhou.allocations.acts import ALLOCATION_DRAFTED
from tongzhou.allocations.choices import Objective
from tongzhou.allocations.models import Allocation
from tongzhou.allocations.queries.choosing import MOST_NEEDS, Criteria, own_sites, snapshot
from tongzhou.catalogue.models import Item
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Conflict, Invalid, NotFound
from tongzhou.kernel.ids import new_id
from tongzhou.needs.actions.change import require_incident
from tongzhou.places.models import Area
from tongzhou.stock.models import Site

MOST_CHOSEN: Final = 100


class NothingToGive(Conflict):
    """No store has anything free of what is asked for."""

    code = "allocation-nothing-to-give"
    message = _("Nothing of what is asked for is free in the stores of %(unit)s.")


class NothingNeeded(Conflict):
    """Nobody lacks anything of it."""

    code = "allocation-nothing-needed"
    message = _("No open need there lacks a known amount of it.")


class TooMuchChosen(Invalid):
    """More items, stores or needs than one plan holds."""

    code = "allocation-too-large"
    message = _("At most %(most)d fit into one plan. Narrow it down by item or area.")


class ObjectiveUnknown(Invalid):
    """Something else than the ways to share that there are."""

    code = "allocation-objective-unknown"
    message = _("“%(given)s” is no way to share. There are: %(known)s.")


def draft_allocation(
    *,
    name: str,
    by: Post,
    at: datetime,
    objective: str = Objective.MAX_MIN,
    items: Sequence[Item] = (),
    area: Area | None = None,
    sites: Sequence[Site] = (),
    incident: Incident | None = None,
    stand_ins: bool = False,
    id: UUID | None = None,
) -> Allocation:
    """Takes up open needs that the post sees, with what is still missing, and what is free in
    the stores of its unit and of those below it. ``items``, ``area``, ``sites`` and ``incident``
    narrow it; ``stand_ins``: also what the catalogue lets stand for a thing, one for one.

    Raises NotFound, NotAllowed, TextMissing, AllocationTextTooLong, ObjectiveUnknown,
    TooMuchChosen, NothingNeeded, NothingToGive, and what an incident raises.
    """
    name = written(name, field="name")
    if objective not in Objective.values:
        known = ", ".join(Objective.values)
        raise ObjectiveUnknown(field="objective", given=str(objective)[:40], known=known)
    for field, chosen in (("items", items), ("sites", sites)):
        if len(chosen) > MOST_CHOSEN:
            raise TooMuchChosen(field=field, most=MOST_CHOSEN)
    with transaction.atomic():
        permissions.require(by=by, word=ALLOCATION_DRAFT)
        require_incident(incident, by=by)
        ids = {site.id for site in sites}
        if ids - set(own_sites(by.unit, visible_to=by).values_list("id", flat=True)):
            raise NotFound(field="sites")
        allocation = Allocation(
            id=id or new_id(),
            number=next_number(),
            name=name,
            unit=by.unit,
            incident=incident,
            exercise=by.exercise,
            objective=objective,
            stand_ins=stand_ins,
            criteria=Criteria(
                items=tuple(item.id for item in items),
                area=area.code if area is not None else "",
                sites=tuple(ids),
                incident=incident.id if incident is not None else None,
            ).as_json(),
            post=by,
            drafted_at=at,
        )
        take_up(allocation, by=by, at=at)
        allocation.save(force_insert=True)
        counts = _counts(allocation.problem)
        record(ALLOCATION_DRAFTED, allocation=allocation, by=by, at=at, data=counts)
    return allocation


def take_up(allocation: Allocation, *, by: Post, at: datetime) -> None:
    """Puts into the allocation what is needed and free at this moment; it is not saved. Raises
    NothingNeeded, NothingToGive, TooMuchChosen."""
    problem = snapshot(
        Criteria.read(allocation.criteria),
        unit=allocation.unit,
        objective=allocation.objective,
        stand_ins=allocation.stand_ins,
        visible_to=by,
        at=at,
    )
    if len(problem["needs"]) > MOST_NEEDS:
        raise TooMuchChosen(field="area", most=MOST_NEEDS)
    if not problem["needs"]:
        if problem["left_out"]["nothing_there"]:
            raise NothingToGive(field="items", unit=allocation.unit.name)
        raise NothingNeeded(field="items")
    allocation.problem = problem
    allocation.need_count = len(problem["needs"])
    allocation.givers = sorted({UUID(site["unit"]) for site in problem["sites"]})


def _counts(problem: dict[str, Any]) -> dict[str, Any]:
    return {"needs": len(problem["needs"]), "stocks": len(problem["stocks"])}

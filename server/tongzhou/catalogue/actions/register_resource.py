from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import RESOURCE_REGISTER
from tongzhou.catalogue import quantities
from tongzhou.catalogue.acts import RESOURCE_ENDED, RESOURCE_REGISTERED
from tongzhou.catalogue.models import Item, Resource
from tongzhou.kernel.errors import Conflict, Invalid, TextMissing
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append
from tongzhou.ledger.types import ActType
from tongzhou.places.models import Area

MOST_PEOPLE, FARTHEST = 100_000, 20_000


class NotAResource(Invalid):
    """Goods lie in stores; people and teams are registered."""

    code = "not-a-resource"
    message = _("%(item)s lies in stores. Only people and teams are registered here.")


class LabelTaken(Conflict):
    """The unit has a resource of this label."""

    code = "resource-label-taken"
    message = _("%(unit)s has registered “%(value)s” already.")


class ResourceUnfit(Invalid):
    """A number of people, a distance or a cost that cannot be."""

    code = "resource-unfit"
    message = _("“%(value)s” cannot be right here.")


class LicencePast(Invalid):
    """A licence that has run out."""

    code = "licence-past"
    message = _("The licence ran out on %(day)s.")


class ResourceEnded(Conflict):
    """It was taken off the register."""

    code = "resource-ended"
    message = _("“%(label)s” is not on the register any more.")


def register_resource(
    *,
    item: Item,
    unit: Unit,
    label: str,
    by: Post,
    at: datetime,
    people: int = 1,
    area: Area | None = None,
    skills: Sequence[str] = (),
    licence: str = "",
    licence_until: date | None = None,
    travel_km: int | None = None,
    cost_per_day: Decimal | int | str | None = None,
    currency: str = "",
    id: UUID | None = None,
) -> Resource:
    """Says that a unit has people or a team that others may ask for. ``label`` is a name of
    the work ("Team 3"), never of a person. ``area``: where they are, that of the unit unless
    given. By the unit itself or one above it.

    Raises NotAllowed, NotAResource, LabelTaken, TextMissing, ResourceUnfit, LicencePast and
    what ``quantities.read`` raises.
    """
    if item.stored:
        raise NotAResource(field="item", item=item.name)
    said = label.strip()
    if not said:
        raise TextMissing(field="label")
    if not 0 < people <= MOST_PEOPLE:
        raise ResourceUnfit(field="people", value=people)
    if travel_km is not None and not 0 <= travel_km <= FARTHEST:
        raise ResourceUnfit(field="travel_km", value=travel_km)
    if licence_until is not None and licence_until < at.date():
        raise LicencePast(field="licence_until", day=licence_until.isoformat())
    for field, text, limit in (("label", said, 80), ("licence", licence, 120)):
        if len(text) > limit:
            raise ResourceUnfit(field=field, value=text[:40])
    cost = (
        quantities.read(cost_per_day, decimals=2, field="cost_per_day", zero=True)
        if cost_per_day is not None
        else None
    )
    resource = Resource(
        id=id or new_id(),
        item=item,
        unit=unit,
        area=area or unit.area,
        label=said,
        people=people,
        skills=[skill.strip()[:60] for skill in skills[:20] if skill.strip()],
        licence=licence.strip(),
        licence_until=licence_until,
        travel_km=travel_km,
        cost_per_day=cost,
        currency=(currency.strip().upper()[:3] or "CNY") if cost is not None else "",
        by=by,
        registered_at=at,
        exercise=by.exercise,
    )
    with transaction.atomic():
        permissions.require(by=by, word=RESOURCE_REGISTER, on=unit)
        try:
            with transaction.atomic():
                resource.save(force_insert=True)
        except IntegrityError as error:
            raise LabelTaken(field="label", value=said, unit=unit.name) from error
        _write(RESOURCE_REGISTERED, resource, by=by, at=at)
    return resource


def end_resource(*, resource: Resource, by: Post, at: datetime) -> Resource:
    """Takes people or a team off the register. Raises NotFound, NotAllowed, ResourceEnded."""
    with transaction.atomic():
        held = (
            Resource.objects.select_for_update(of=("self",), no_key=True)
            .select_related("unit", "area", "item")
            .get(id=resource.id)
        )
        permissions.require(by=by, word=RESOURCE_REGISTER, on=held)
        if held.ended_at is not None:
            raise ResourceEnded(label=held.label)
        held.ended_at = at
        held.save(update_fields=["ended_at"])
        _write(RESOURCE_ENDED, held, by=by, at=at)
    return held


def _write(type: ActType, resource: Resource, *, by: Post, at: datetime) -> None:
    append(
        type,
        at=at,
        about=("resource", resource.id),
        **by.signs(),
        with_units=[resource.unit_id],
        area=resource.area.code,
        basis="voluntary" if by.unit_id == resource.unit_id else "order",
        audience={*resource.unit.line, by.unit_id},
        data={"item": str(resource.item_id), "people": resource.people},
    )

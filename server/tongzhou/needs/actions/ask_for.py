from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import NEED_ASK
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.models import Item
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Conflict, Invalid, ReasonMissing
from tongzhou.kernel.ids import new_id
from tongzhou.needs.actions.change import (
    LINE,
    REASON,
    TEXT,
    bounded,
    first_holder,
    grant_sight,
    next_number,
    record,
    require_ahead,
    require_incident,
)
from tongzhou.needs.acts import NEED_STATED
from tongzhou.needs.choices import NEEDS_REASON, Channel, Priority, RevisionEvent
from tongzhou.needs.models import Need, NeedLine, Revision
from tongzhou.places.models import Area

MOST_LINES = 100


class NothingAsked(Invalid):
    """A need without a single thing."""

    code = "nothing-asked"
    message = _("Say at least one thing that is needed.")


class TooManyLines(Invalid):
    """More than a need can be read."""

    code = "too-many-lines"
    message = _("At most %(most)d things in one need, please.")


class AskedTwice(Invalid):
    """The same thing on two lines."""

    code = "asked-twice"
    message = _("%(item)s stands here twice. Put the amounts together.")


class ItemRetired(Invalid):
    """Something that the catalogue does not give out any more."""

    code = "item-no-longer-asked"
    message = _("%(item)s is not used any more. Choose another item.")


class RangeWrong(Invalid):
    """A minimum above the maximum, or an amount outside of the two."""

    code = "range-wrong"
    message = _("The amount must lie between minimum and maximum.")


class UnknownPriority(Invalid):
    """A priority that is none."""

    code = "unknown-priority"
    message = _("The priority is 1 (life at risk), 2, 3 or 4 (can wait).")


class UnknownWay(Invalid):
    """A channel that is none."""

    code = "unknown-way"
    message = _("“%(value)s” is no way in which needs and offers come in.")


class AskerClosed(Conflict):
    """The unit does not exist any more."""

    code = "asker-closed"
    message = _("%(unit)s is closed and cannot ask for anything.")


@dataclass(frozen=True)
class Wanted:
    """One line of a need. ``quantity`` None: needed, the amount is not known. ``unit``: a pack
    or a measure, as typed; minimum and maximum are in the same."""

    item: Item
    quantity: Decimal | int | str | None = None
    unit: str = ""
    minimum: Decimal | int | str | None = None
    maximum: Decimal | int | str | None = None
    note: str = ""


def ask_for(
    *,
    lines: Sequence[Wanted],
    by: Post,
    at: datetime,
    unit: Unit | None = None,
    area: Area | None = None,
    place: str = "",
    needed_by: datetime | None = None,
    priority: int = Priority.NORMAL,
    reason: str = "",
    note: str = "",
    call: str = "",
    channel: str = Channel.WEB,
    incident: Incident | None = None,
    id: UUID | None = None,
) -> Need:
    """States what ``unit`` (its own where none is given) needs, at ``area``. It is the turn of
    the unit above first. A priority of 1 or 2 needs its reason.

    Raises NotFound, NotAllowed, NothingAsked, TooManyLines, AskedTwice, ItemRetired,
    UnknownPriority, UnknownWay, ReasonMissing, RangeWrong, NeedTimeOff, WordsTooMany,
    NeedsExercise, IncidentOver, AskerClosed, and what the catalogue says of an amount.
    """
    unit = unit or by.unit
    area = area or unit.area
    with transaction.atomic():
        permissions.require(by=by, word=NEED_ASK, on=unit)
        if not unit.active:
            raise AskerClosed(field="unit", unit=unit.name)
        require_incident(incident, by=by)
        require_ahead(needed_by, at=at, field="needed_by")
        require_priority(priority, reason)
        if channel not in Channel.values:
            raise UnknownWay(field="channel", value=channel[:40])
        need = Need(
            id=id or new_id(),
            number=next_number("need_number")[0],
            unit=unit,
            area=area,
            place=bounded(place, field="place", limit=LINE),
            incident=incident,
            exercise=incident is not None and incident.exercise,
            needed_by=needed_by,
            priority=priority,
            reason=bounded(reason, field="reason", limit=REASON),
            note=bounded(note, field="note", limit=TEXT),
            call=bounded(call, field="call", limit=20_000),
            channel=channel,
            holder=first_holder(unit, area=area),
            held_since=at,
            post=by,
            stated_at=at,
            confirmed_at=at,
        )
        made = lines_of(need, lines)
        need.save(force_insert=True)
        NeedLine.objects.bulk_create(made)
        Revision.objects.bulk_create(
            Revision(line=line, at=at, event=RevisionEvent.LISTED, after=line.asked, post=by)
            for line in made
        )
        grant_sight(incident, unit, need.holder)
        record(
            NEED_STATED,
            need=need,
            by=by,
            at=at,
            due_at=needed_by,
            data={"channel": channel, "lines": written(made)},
        )
    return need


def require_priority(priority: int, reason: str) -> None:
    """Who jumps the queue says why. Raises UnknownPriority, ReasonMissing."""
    if priority not in Priority.values:
        raise UnknownPriority(field="priority")
    if priority in NEEDS_REASON and not reason.strip():
        raise ReasonMissing(field="reason")


def lines_of(need: Need, lines: Sequence[Wanted], *, begin: int = 1) -> list[NeedLine]:
    """New lines of a need, in the items' own measures. Raises as ``ask_for`` says."""
    if not lines:
        raise NothingAsked(field="lines")
    if len(lines) > MOST_LINES:
        raise TooManyLines(field="lines", most=MOST_LINES)
    packs = catalogue.packs_of([line.item for line in lines])
    seen: set[UUID] = set()
    made = []
    for row, wanted in enumerate(lines, start=1):
        if wanted.item.id in seen:
            raise AskedTwice(field="item", row=row, item=wanted.item.name)
        seen.add(wanted.item.id)
        if not wanted.item.is_open:
            raise ItemRetired(field="item", row=row, item=wanted.item.name)
        asked, least, most = amounts_of(wanted, packs[wanted.item.id], row=row)
        said = "" if wanted.quantity is None else f"{wanted.quantity} {wanted.unit}".strip()
        made.append(
            NeedLine(
                need=need,
                place=begin + row - 1,
                item=wanted.item,
                asked=asked,
                minimum=least,
                maximum=most,
                typed=said[:60],
                note=bounded(wanted.note, field="note", limit=300),
                unit_id=need.unit_id,
                holder_id=need.holder_id,
                area_path=need.area.path,
                incident_id=need.incident_id,
                exercise=need.exercise,
                priority=need.priority,
                needed_by=need.needed_by,
                stated_at=need.stated_at,
            )
        )
    return made


def amounts_of(
    wanted: Wanted, packs: dict[str, Decimal], *, row: int | None = None
) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Asked, minimum and maximum in the item's measure. Raises RangeWrong and what the
    catalogue says of an amount."""
    given = []
    for field in ("quantity", "minimum", "maximum"):
        value = getattr(wanted, field)
        given.append(
            None
            if value is None
            else catalogue.to_base(
                wanted.item, value, wanted.unit, packs=packs, field=field, row=row
            )
        )
    asked, least, most = given
    known = [value for value in (least, asked, most) if value is not None]
    if known != sorted(known):
        raise RangeWrong(field="minimum", row=row)
    return asked, least, most


def written(lines: Sequence[NeedLine]) -> list[dict[str, str | None]]:
    """What the ledger says of lines: items by id, amounts as text."""
    return [
        {
            "line": str(line.id),
            "item": str(line.item_id),
            "asked": None if line.asked is None else f"{line.asked.normalize():f}",
        }
        for line in lines
    ]

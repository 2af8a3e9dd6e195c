"""Who is charged with a duty there and then."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tongzhou.actors.models import Unit
from tongzhou.kernel import clock
from tongzhou.mandates import cells
from tongzhou.mandates.models import Charge, ChargeState, Duty
from tongzhou.mandates.parts import Part
from tongzhou.places import modes
from tongzhou.places.models import Area, Mode

#: The phase of work that belongs to no incident: in peacetime one prepares, and in an
#: emergency of the area one responds.
BY_MODE: Mapping[Mode, str] = {Mode.PEACE: "prepare", Mode.EMERGENCY: "respond"}


@dataclass(frozen=True)
class Ask:
    """A question: who does this duty there, in that phase, at that grade? Without a phase: in
    that of the area's mode."""

    duty: str
    area: Area
    phase: str
    grade: str


@dataclass(frozen=True)
class Why:
    """Why nobody was found: a stable code and a sentence. Codes: ``duty-unknown``,
    ``duty-retired``, ``charge-proposed`` (somebody is asked but has not consented),
    ``charged-below`` (only for areas inside this one), ``charged-otherwise`` (only for other
    phases or grades), ``nobody-charged``."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Resolution:
    """Who is charged with a duty. ``accountable``: the unit of the nearest area up the tree
    that has one; ``responsible`` and the others: everyone charged for the area or one above
    it, the nearest first. ``cell``: the charge of the accountable unit; ``why``: only where
    there is none."""

    duty: str
    accountable: Unit | None = None
    responsible: list[Unit] = field(default_factory=list)
    consulted: list[Unit] = field(default_factory=list)
    informed: list[Unit] = field(default_factory=list)
    cell: UUID | None = None
    why: Why | None = None
    #: The duty itself; None where there is none with this code.
    object: Duty | None = None
    #: Unit → the charge under which it may do the work.
    working: dict[UUID, UUID] = field(default_factory=dict)


def resolve(
    duty: str, *, area: Area, phase: str, grade: str, at: datetime | None = None
) -> Resolution:
    """Who is charged with the duty of this code for the area in the phase at the grade.
    Without a phase (no incident), the mode of the area ``at`` that moment (now) says which:
    peacetime is to prepare, an emergency to respond. Raises UnknownPhase, UnknownGrade."""
    return resolve_many([Ask(duty, area, phase, grade)], at=at)[0]


def resolve_many(asks: Sequence[Ask], *, at: datetime | None = None) -> list[Resolution]:
    """``resolve`` for many, in their order; at most five queries, whatever their number, and
    one more for those without a phase. Raises UnknownPhase, UnknownGrade."""
    asks = _by_mode(asks, at=at or clock.now())
    duties = {d.code: d for d in Duty.objects.filter(code__in={ask.duty for ask in asks})}
    codes = {code for ask in asks for code in ask.area.line()}
    held: dict[UUID, list[Charge]] = {}
    open_ids = [duty.id for duty in duties.values() if duty.is_open]
    for charge in _charges(open_ids, codes):
        held.setdefault(charge.duty_id, []).append(charge)
    found = [_resolved(ask, duties.get(ask.duty), held) for ask in asks]
    return _explained(asks, found, duties)


def _by_mode(asks: Sequence[Ask], *, at: datetime) -> Sequence[Ask]:
    """The same questions, each with a phase."""
    areas = {ask.area.code: ask.area for ask in asks if not ask.phase}
    if not areas:
        return asks
    held = modes.standings(list(areas.values()), at=at)
    return [
        ask if ask.phase else replace(ask, phase=BY_MODE[held[ask.area.code].mode]) for ask in asks
    ]


def _charges(duties: Iterable[UUID], area_codes: Iterable[str]) -> QuerySet[Charge]:
    found = Charge.objects.filter(
        duty_id__in=list(duties),
        area__code__in=list(area_codes),
        state=ChargeState.IN_FORCE,
        unit__active=True,
    )
    return found.select_related("unit__area", "area").defer(
        "area__boundary", "area__profile", "unit__area__boundary", "unit__area__profile"
    )


def _resolved(ask: Ask, duty: Duty | None, held: dict[UUID, list[Charge]]) -> Resolution:
    here = cells.bit(ask.phase, ask.grade)
    if duty is None:
        return Resolution(ask.duty)
    line = ask.area.line()
    fitting = [
        charge
        for charge in held.get(duty.id, ())
        if charge.cells & here and charge.area.code in line
    ]
    fitting.sort(key=lambda charge: (-len(charge.area.path), charge.unit.code))
    owner = next((c for c in fitting if c.part == Part.ACCOUNTABLE), None)
    working = {c.unit_id: c.id for c in reversed(fitting) if c.part == Part.RESPONSIBLE}
    if owner is not None:
        working[owner.unit_id] = owner.id
    return Resolution(
        duty=ask.duty,
        object=duty,
        accountable=owner.unit if owner else None,
        responsible=_units(fitting, Part.RESPONSIBLE),
        consulted=_units(fitting, Part.CONSULTED),
        informed=_units(fitting, Part.INFORMED),
        cell=owner.id if owner else None,
        working=working,
    )


def _units(charges: Iterable[Charge], part: Part) -> list[Unit]:
    return list({c.unit_id: c.unit for c in charges if c.part == part}.values())


def _explained(
    asks: Sequence[Ask], found: list[Resolution], duties: dict[str, Duty]
) -> list[Resolution]:
    """The same, with the reason where nobody is accountable."""
    missing = [place for place, resolution in enumerate(found) if resolution.accountable is None]
    if not missing:
        return found
    wanted = {duties[asks[place].duty].id for place in missing if asks[place].duty in duties}
    elsewhere: dict[UUID, list[Charge]] = {}
    near = Charge.objects.filter(
        duty_id__in=wanted,
        part=Part.ACCOUNTABLE,
        state__in=[ChargeState.IN_FORCE, ChargeState.PROPOSED],
    )
    for charge in near.select_related("area").only(
        "duty_id", "cells", "state", "area__path", "area__code"
    ):
        elsewhere.setdefault(charge.duty_id, []).append(charge)
    for place in missing:
        why = _why(asks[place], duties.get(asks[place].duty), elsewhere)
        found[place] = Resolution(**{**vars(found[place]), "why": why})
    return found


def _why(ask: Ask, duty: Duty | None, elsewhere: dict[UUID, list[Charge]]) -> Why:
    if duty is None:
        return Why(
            "duty-unknown", _("There is no duty with the code “%(duty)s”.") % {"duty": ask.duty}
        )
    if not duty.is_open:
        return Why("duty-retired", _("The duty “%(duty)s” has been retired.") % {"duty": duty.name})
    here = cells.bit(ask.phase, ask.grade)
    charges = elsewhere.get(duty.id, [])
    line = ask.area.line()
    above = [charge for charge in charges if charge.area.code in line]
    if any(c.state == ChargeState.PROPOSED and c.cells & here for c in above):
        sentence = _("A unit is asked to take on “%(duty)s” here, but has not consented yet.")
        return Why("charge-proposed", sentence % {"duty": duty.name})
    if any(c.state == ChargeState.IN_FORCE for c in above):
        sentence = _("“%(duty)s” is charged here for other phases or grades only.")
        return Why("charged-otherwise", sentence % {"duty": duty.name})
    inside = [c for c in charges if c.area.path.startswith(ask.area.path)]
    if any(c.state == ChargeState.IN_FORCE and c.cells & here for c in inside):
        sentence = _("“%(duty)s” is charged for areas inside this one only; choose one of them.")
        return Why("charged-below", sentence % {"duty": duty.name})
    return Why("nobody-charged", _("Nobody is charged with “%(duty)s” here.") % {"duty": duty.name})

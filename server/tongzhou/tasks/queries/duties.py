"""The duties that a ticket or a whistle may be about, and who is charged with one."""

from dataclasses import dataclass
from datetime import date

from tongzhou.actors.models import Unit
from tongzhou.incidents.models import Incident
from tongzhou.mandates import queries as mandates
from tongzhou.mandates.models import Duty
from tongzhou.places.models import Area


def open_duties() -> dict[str, Duty]:
    """Every duty that somebody owes, by code, in the order of codes."""
    return {duty.code: duty for duty in Duty.objects.filter(retired_at=None).order_by("code")}


@dataclass(frozen=True)
class Charged:
    """Who is charged with a duty there: ``unit`` to be asked first, ``others`` besides; where
    nobody is, ``why``."""

    unit: Unit | None
    others: list[Unit]
    why: str


def charged(duty: Duty, *, area: Area, incident: Incident | None = None) -> Charged:
    """Who is charged with the duty in the area now."""
    found = mandates.resolve(
        duty.code,
        area=area,
        phase=incident.phase if incident else "",
        grade=incident.grade if incident else "",
    )
    first = found.accountable or next(iter(found.responsible), None)
    others = [unit for unit in found.responsible if first is None or unit.id != first.id]
    return Charged(first, others, found.why.sentence if found.why and first is None else "")


@dataclass(frozen=True)
class Fit:
    """Whether a unit may be called for a duty: ``verdict`` in_cell, wrong, emergent or
    forbidden; ``say`` the rule, or who is charged instead."""

    unit: Unit
    verdict: str
    say: str


def fits_duty(
    duty: Duty, units: list[Unit], *, area: Area, incident: Incident | None, on: date
) -> list[Fit]:
    """For each unit whether it is competent; one look-up for all."""
    found = mandates.resolve(
        duty.code,
        area=area,
        phase=incident.phase if incident else "",
        grade=incident.grade if incident else "",
    )
    fits = []
    for unit in units:
        verdict = mandates.judge(found, unit, on=on)
        if verdict.forbidden_by is not None:
            fits.append(Fit(unit, "forbidden", verdict.forbidden_by.text))
        else:
            said = verdict.proposed.name if verdict.kind == "wrong" and verdict.proposed else ""
            fits.append(Fit(unit, verdict.kind, said))
    return fits

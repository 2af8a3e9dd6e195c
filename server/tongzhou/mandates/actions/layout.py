"""What laying a list of duties over a tree of units would do: looked at first, then done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from tongzhou.actors.models import Unit
from tongzhou.library.kinds.mandates import DutyLine, MandatesBody, Who
from tongzhou.mandates import cells
from tongzhou.mandates.models import Charge, ChargeState, Duty
from tongzhou.mandates.parts import Part
from tongzhou.mandates.rules import below
from tongzhou.places.models import inside


@dataclass(frozen=True)
class Line:
    """A unit that would be asked to take part in a duty for its own area."""

    duty: str
    name: str
    unit: Unit
    part: str
    cells: int


@dataclass(frozen=True)
class Unresolved:
    """A part for which there is not exactly one unit. Codes: ``no-unit`` (none of this sort
    on any of its levels), ``several-units`` (more than one in an area could be accountable),
    ``held-by-another`` (another unit is accountable there already), ``below-its-level``."""

    duty: str
    name: str
    part: str
    code: str
    sentence: str
    units: tuple[str, ...] = ()

    @property
    def part_label(self) -> str:
        """The part, in words."""
        return str(Part(self.part).label)


@dataclass(frozen=True)
class Layout:
    """``lines``: what would be proposed; ``unchanged``: how many are charged or asked
    already; ``new``: duties that would be declared."""

    lines: list[Line] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)
    unchanged: int = 0
    new: list[DutyLine] = field(default_factory=list)
    known: int = 0


def under(top: Unit) -> list[Unit]:
    """The active units below one in the line of command, itself included, and those outside
    of every line in its area."""
    found = Unit.objects.filter(
        Q(line__contains=[top.id]) | (Q(parent=None) & inside(top.area.path)), active=True
    )
    return list(
        found.select_related("area")
        .defer("area__boundary", "area__profile")
        .distinct()
        .order_by("area__path", "code")
    )


def plan(body: MandatesBody, units: list[Unit]) -> Layout:
    """What the list gives for these units; three queries."""
    sorts = {key: [unit for unit in units if _is(unit, who)] for key, who in body.who.items()}
    known = {d.code: d for d in Duty.objects.filter(code__in=[d.code for d in body.duties])}
    held = _held(known.values())
    made = Layout(known=sum(1 for d in body.duties if d.code in known))
    unchanged = 0
    for duty in body.duties:
        there = known.get(duty.code)
        if there is not None and not there.is_open:
            continue
        if there is None:
            made.new.append(duty)
        unchanged += _duty(duty, there, sorts, held, made)
    return Layout(made.lines, made.unresolved, unchanged, made.new, made.known)


def _duty(
    duty: DutyLine,
    there: Duty | None,
    sorts: Mapping[str, list[Unit]],
    held: Mapping[UUID, list[Charge]],
    made: Layout,
) -> int:
    covered = cells.cells(duty.phases, duty.grades)
    charges = held.get(there.id, []) if there is not None else []
    unchanged = 0
    # A unit takes one part in a duty: the first of these in which it appears.
    taken: set[UUID] = set()
    for part in Part:
        for who, levels in getattr(duty, part.value).items():
            units = [u for u in sorts[who] if u.level in levels and u.id not in taken]
            fit = [u for u in units if not below(u.level, duty.lowest)]
            lost = [u for u in units if u not in fit]
            if part not in (Part.CONSULTED, Part.INFORMED) and lost:
                _note(made, duty, part, "below-its-level", lost)
            chosen = units if part in (Part.CONSULTED, Part.INFORMED) else fit
            if not units:
                _note(made, duty, part, "no-unit", [], who=who)
            if part == Part.ACCOUNTABLE:
                chosen = _one_each(made, duty, chosen, charges, covered)
            for unit in chosen:
                taken.add(unit.id)
                missing = covered & ~_covered(charges, unit, part)
                if missing:
                    made.lines.append(Line(duty.code, str(duty.name), unit, part.value, missing))
                else:
                    unchanged += 1
    return unchanged


def _one_each(
    made: Layout, duty: DutyLine, units: list[Unit], charges: Iterable[Charge], covered: int
) -> list[Unit]:
    """At most one accountable unit for an area, and none where another one is."""
    by_area: dict[UUID, list[Unit]] = {}
    for unit in units:
        by_area.setdefault(unit.area_id, []).append(unit)
    chosen = []
    for area, there in by_area.items():
        others = {
            charge.unit_id
            for charge in charges
            if charge.part == Part.ACCOUNTABLE and charge.area_id == area and charge.cells & covered
        }
        if len(there) > 1:
            _note(made, duty, Part.ACCOUNTABLE, "several-units", there)
        elif others - {there[0].id}:
            _note(made, duty, Part.ACCOUNTABLE, "held-by-another", there)
        else:
            chosen += there
    return chosen


def _note(
    made: Layout, duty: DutyLine, part: Part, code: str, units: list[Unit], who: str = ""
) -> None:
    sentences = {
        "no-unit": _("No unit of the sort “%(who)s” on any level that the list names."),
        "several-units": _("Several units of one area could be accountable."),
        "held-by-another": _("Another unit is accountable there already."),
        "below-its-level": _("The duty is not for units of this level."),
    }
    made.unresolved.append(
        Unresolved(
            duty.code,
            str(duty.name),
            part.value,
            code,
            sentences[code] % {"who": who},
            tuple(unit.name for unit in units),
        )
    )


def _is(unit: Unit, who: Who) -> bool:
    if unit.sector != who.sector:
        return False
    names = f"{unit.name_zh} {unit.name_en}"
    return not who.named or any(word in names for word in who.named)


def _held(duties: Iterable[Duty]) -> dict[UUID, list[Charge]]:
    found: dict[UUID, list[Charge]] = {}
    for charge in Charge.objects.filter(
        duty__in=list(duties), state__in=[ChargeState.IN_FORCE, ChargeState.PROPOSED]
    ):
        found.setdefault(charge.duty_id, []).append(charge)
    return found


def _covered(charges: Iterable[Charge], unit: Unit, part: Part) -> int:
    covered = 0
    for charge in charges:
        if charge.unit_id == unit.id and charge.area_id == unit.area_id and charge.part == part:
            covered |= charge.cells
    return covered

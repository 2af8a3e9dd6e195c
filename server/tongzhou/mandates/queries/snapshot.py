"""The whole matrix as it is now, read in five queries whatever its size."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language

from tongzhou.actors.models import Post, Unit
from tongzhou.mandates import cells, checks
from tongzhou.mandates.checks import Held, Id, Owed, Problem
from tongzhou.mandates.models import Charge, ChargeState, Duty, Means, Proposal, ProposalState
from tongzhou.places.models import Area


@dataclass(frozen=True)
class UnitLine:
    """A unit as the matrix shows it."""

    id: Id
    code: str
    name_zh: str
    name_en: str
    sector: str
    level: str
    area: Id
    path: str
    line: tuple[Id, ...]

    @property
    def name(self) -> str:
        """In the active language."""
        if (get_language() or "").startswith("zh"):
            return self.name_zh or self.name_en
        return self.name_en or self.name_zh


@dataclass(frozen=True)
class Waiting:
    """A charge that is proposed and waits for consent."""

    duty: Id
    unit: Id
    part: str
    cells: int


@dataclass(frozen=True)
class Snapshot:
    """Duties that are owed, charges in force with the means that are there, charges that
    wait for consent, and the active units."""

    duties: Mapping[Id, Duty]
    held: list[Held]
    waiting: list[Waiting]
    units: Mapping[Id, UnitLine]
    within: int = cells.EVERY
    open_proposals: int = 0
    areas: Mapping[Id, str] = field(default_factory=dict)

    @cached_property
    def problems(self) -> list[Problem]:
        """All that is wrong, in the cells looked at."""
        owed = [Owed(key, frozenset(duty.needs)) for key, duty in self.duties.items()]
        return checks.find(owed, self.held, self.units, within=self.within)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many problems of each kind."""
        return checks.counts(self.problems)


def snapshot(*, visible_to: Post, phase: str = "", grade: str | None = None) -> Snapshot:
    """The matrix in one phase ("" for all) and at one grade (None for all, "" for none in
    force). Who owes what is known to everybody who is signed in. Raises UnknownPhase,
    UnknownGrade."""
    within = cells.cells([phase] if phase else (), [grade] if grade is not None else ())
    duties = {str(d.id): d for d in Duty.objects.filter(retired_at=None).order_by("side", "code")}
    units = {line.id: line for line in _units()}
    rows = Charge.objects.filter(
        state__in=[ChargeState.IN_FORCE, ChargeState.PROPOSED], duty__retired_at=None
    ).values_list(
        *(Cast(name, TextField()) for name in ("id", "duty_id", "unit_id", "area_id")),
        "area__path",
        "part",
        "cells",
        "state",
    )
    means = _means()
    held, waiting = [], []
    for key, duty, unit, area, path, part, covered, state in rows:
        if state == ChargeState.PROPOSED:
            waiting.append(Waiting(duty, unit, part, covered))
        else:
            kinds = means.get(key, frozenset())
            held.append(Held(key, duty, unit, area, path, part, covered, kinds))
    return Snapshot(
        duties=duties,
        held=held,
        waiting=waiting,
        units=units,
        within=within,
        open_proposals=Proposal.objects.filter(state=ProposalState.OPEN).count(),
    )


def _units() -> list[UnitLine]:
    rows = Unit.objects.filter(active=True).order_by("area__path", "code")
    names = (
        "id", "code", "name_zh", "name_en", "sector", "level", "area_id", "area__path", "line",
    )  # fmt: skip
    return [
        UnitLine(str(unit), code, zh, en, sector, level, str(area), path, tuple(map(str, line)))
        for unit, code, zh, en, sector, level, area, path, line in rows.values_list(*names)
    ]


def _means() -> dict[Id, frozenset[str]]:
    found: dict[Id, set[str]] = {}
    there = Q(ended_at=None, charge__state=ChargeState.IN_FORCE)
    for charge, kind in Means.objects.filter(there).values_list(
        Cast("charge_id", TextField()), "kind"
    ):
        found.setdefault(charge, set()).add(kind)
    return {charge: frozenset(kinds) for charge, kinds in found.items()}


def areas(ids: set[Id]) -> dict[Id, Area]:
    """Areas by id, for their names."""
    found = Area.objects.only("id", "code", "name_zh", "name_en").filter(id__in=ids)
    return {str(area.id): area for area in found}

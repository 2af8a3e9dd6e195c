"""What standing up a plan would do now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast
from uuid import UUID

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models import Incident, Measure, WorkingGroup
from tongzhou.library import queries as library
from tongzhou.library.kinds.plan import Plan
from tongzhou.library.queries import Version
from tongzhou.places.models import Area, inside
from tongzhou.plans.models import ALIVE, LineKind, PlanLine, StandState, StandUp
from tongzhou.plans.outline import (
    Given,
    Outline,
    Overrule,
    TaskLine,
    levels,
    outline,
    spots,
    step_spots,
    steps,
)
from tongzhou.plans.queries.figures import figures_of
from tongzhou.plans.queries.filling import fill
from tongzhou.plans.queries.fitting import day_of, fits
from tongzhou.tasks.models import CLOSED, Task

#: So many areas of one level are gone through; a plan for more belongs to a level below.
MOST_PARTS = 400


@dataclass(frozen=True)
class Limit:
    """A time limit that will run, by the name of its rule; without a title the library has
    no such rule in force."""

    key: str
    title: str


@dataclass(frozen=True)
class Preview:
    """What would be done, by which version; ``replaces``: plans that stand and do not fit any
    more; ``ends``: how many of their lines would be taken back; ``told``: who gets a notice.
    ``digest``: a fingerprint of what the plan does by itself, before anybody overrules a line;
    it changes when something else did meanwhile, not with what the person decides."""

    incident: Incident
    version: Version
    outline: Outline
    limits: tuple[Limit, ...]
    replaces: tuple[StandUp, ...]
    ends: tuple[PlanLine, ...]
    digest: str

    @property
    def told(self) -> list[Unit]:
        """Everybody who gets something to do."""
        return self.outline.units


def preview(
    version: Version,
    incident: Incident,
    *,
    overrules: Mapping[str, Overrule] | None = None,
    visible_to: Post,
    at: datetime,
) -> Preview:
    """What standing up this version in the incident would do, by the post's unit as the
    authority. About twenty queries, however many lines."""
    given = gathered(version, incident, overrules=overrules or {}, by=visible_to, at=at)
    found = outline(given)
    replaced = tuple(
        stand for stand in standing_in(incident) if stand.key != version.key and not _stays(stand)
    )
    names = {line.name for line in found.lines}
    ends = tuple(
        line
        for line in alive_lines([stand.id for stand in replaced])
        if f"{line.kind}:{line.key}" not in names
    )
    limits = _limits(found.plan, incident, at)
    plain = outline(replace(given, overrules={})).digest if overrules else found.digest
    return Preview(incident, version, found, limits, replaced, ends, plain)


def standing_in(incident: Incident) -> list[StandUp]:
    """The plans that stand in the incident."""
    found = StandUp.objects.filter(incident=incident, state=StandState.UP)
    return list(found.select_related("incident__area", "unit").order_by("at", "id"))


def _stays(stand: StandUp) -> bool:
    return fits(cast(Plan, library.version(stand.version).body), stand.incident)


def alive_lines(stand_ups: Sequence[UUID]) -> list[PlanLine]:
    """Lines whose task, group or measure is there and goes on."""
    lines = PlanLine.objects.filter(stand_up__in=stand_ups, outcome__in=ALIVE)
    rows = list(lines.select_related("unit").order_by("place", "id"))
    going = _going_on(rows)
    return [row for row in rows if row.made in going]


def _going_on(rows: Sequence[PlanLine]) -> set[UUID | None]:
    made = [row.made for row in rows if row.made is not None]
    tasks = Task.objects.filter(id__in=made).exclude(state__in=CLOSED)
    groups = WorkingGroup.objects.filter(id__in=made, dissolved_at=None)
    measures = Measure.objects.filter(id__in=made, lifted_at=None)
    found: set[UUID | None] = set()
    for things in (tasks, groups, measures):
        found |= set(things.values_list("id", flat=True))
    return found


def gathered(
    version: Version,
    incident: Incident,
    *,
    overrules: Mapping[str, Overrule],
    by: Post,
    at: datetime,
    stepping_down: bool = False,
) -> Given:
    """Everything that an outline is made from."""
    plan = cast(Plan, version.body)
    parts = _parts(incident.area, levels(plan))
    areas = {incident.area.code: incident.area}
    areas |= {area.code: area for some in parts.values() for area in some}
    wanted = (step_spots if stepping_down else spots)(plan, incident.area, parts)
    standing: dict[str, tuple[UUID, Unit | None]] = {}
    if not stepping_down:
        lines = alive_lines([stand.id for stand in standing_in(incident)])
        standing = {
            f"{line.kind}:{line.key}": (line.made, line.unit)
            for line in lines
            if line.made is not None and line.kind != LineKind.STEP
        }
    return Given(
        plan=plan,
        area=incident.area,
        parts=parts,
        figures=figures_of(list(areas.values()), incident=incident),
        incubation_days=incident.incubation_days,
        found=fill(
            wanted,
            areas=areas,
            within=incident.area,
            phase=incident.phase,
            grade=incident.grade,
            at=at,
        ),
        authority=by.unit_id,
        at=at,
        overrules=overrules,
        standing=standing,
    )


def step_lines(
    version: Version, incident: Incident, *, by: Post, at: datetime
) -> tuple[TaskLine, ...]:
    """The tasks of stepping down, as they would be sent now."""
    return steps(gathered(version, incident, overrules={}, by=by, at=at, stepping_down=True))


def _parts(area: Area, wanted: set[str]) -> dict[str, list[Area]]:
    """The areas of these levels inside, by code."""
    found: dict[str, list[Area]] = {level: [] for level in wanted}
    rows = Area.objects.defer("profile", "boundary", "search").filter(
        inside(area.path, field=""), level__in=wanted
    )
    for row in rows.order_by("code")[: MOST_PARTS * max(1, len(wanted))]:
        found[row.level].append(row)
    return found


def _limits(plan: Plan, incident: Incident, at: datetime) -> tuple[Limit, ...]:
    if not plan.clocks:
        return ()
    titles: dict[str, str] = {}
    for version in library.all_in_force("clocks", on=day_of(at), area=incident.area):
        titles |= {rule.key: str(rule.title) for rule in version.body.rules}
    return tuple(Limit(key, titles.get(key, "")) for key in plan.clocks)

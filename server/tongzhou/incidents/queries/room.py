"""What stands in the room of one incident. The incident was found by ``lists.find``, so the
reader may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents import access
from tongzhou.incidents.models import (
    Decision,
    DecisionSeen,
    GradeChange,
    Incident,
    IncidentParty,
    Measure,
    PhaseChange,
    Signal,
    WorkingGroup,
)
from tongzhou.kernel.api.cursor import Key, Slice, slice_of
from tongzhou.kernel.errors import NotFound
from tongzhou.ledger import queries as ledger
from tongzhou.ledger.queries import Line

#: From here on a grade or measure is shown as about to expire.
SOON: Final = timedelta(hours=48)


@dataclass(frozen=True)
class Span:
    """A phase with the time it lasted so far; ``running`` while it goes on."""

    phase: str
    label: str
    wave: int
    reason: str
    start: datetime
    until: datetime
    running: bool
    share: float

    @property
    def days(self) -> int:
        """Days from beginning to end, at least one."""
        return max(1, round((self.until - self.start) / timedelta(days=1)))


def grades(incident: Incident) -> list[GradeChange]:
    """The history of response levels, latest first, with approvers."""
    found = incident.grades.select_related("approver__person", "approver__unit")
    return list(found.order_by("-at", "-id"))


def phases(incident: Incident, *, at: datetime) -> list[Span]:
    """The phases in order. ``share`` is how wide each is drawn: the root of the days it
    lasted, so that a short one can be read beside a long one."""
    changes: Sequence[PhaseChange] = list(incident.phases.order_by("at", "id"))
    until = incident.closed_at or max(at, changes[-1].at if changes else at)
    ends = [change.at for change in changes[1:]] + [until]
    return [
        Span(
            phase=change.phase,
            label=change.get_phase_display(),
            wave=change.wave,
            reason=change.reason,
            start=change.at,
            until=end,
            running=incident.is_open and change is changes[-1],
            share=max(1.0, (end - change.at) / timedelta(days=1)) ** 0.5,
        )
        for change, end in zip(changes, ends, strict=True)
    ]


def decisions(incident: Incident, *, state: str = "", at: datetime) -> list[Decision]:
    """Decisions with their owners: those to be carried out first, by date; then the others,
    the latest first. ``state``: "open", "late", "done", or "" for all."""
    rows = list(_decisions(incident, state=state, at=at))
    waiting = sorted((d for d in rows if d.completed_at is None), key=lambda d: d.due_at)
    done = sorted(
        (d for d in rows if d.completed_at is not None),
        key=lambda d: d.completed_at or d.at,
        reverse=True,
    )
    return [*waiting, *done]


def measures(incident: Incident, *, state: str = "", at: datetime) -> list[Measure]:
    """Measures with area and unit, those in force first, by expiry. ``state``: "in_force",
    "ended", or "" for all."""
    found = _measures(incident, state=state, at=at)
    return sorted(found, key=lambda m: (not m.in_force(at), m.expires_at))


def _decisions(incident: Incident, *, state: str, at: datetime) -> QuerySet[Decision, Decision]:
    seen = Prefetch("seen", DecisionSeen.objects.select_related("unit").order_by("at", "id"))
    found = incident.decisions.select_related("owner", "recorded_by__person", "recorded_by__unit")
    found = found.prefetch_related(seen)
    match state:
        case "open":
            return found.filter(completed_at=None)
        case "late":
            return found.filter(completed_at=None, due_at__lt=at)
        case "done":
            return found.exclude(completed_at=None)
    return found


def _measures(incident: Incident, *, state: str, at: datetime) -> QuerySet[Measure, Measure]:
    running = Q(lifted_at=None, expires_at__gt=at)
    found = incident.measures.select_related("area", "unit").prefetch_related("citations")
    match state:
        case "in_force":
            return found.filter(running)
        case "ended":
            return found.exclude(running)
    return found


def groups(incident: Incident, *, dissolved: bool = False) -> list[WorkingGroup]:
    """The working groups with chair and members, in the order they were formed."""
    members = Prefetch("members", Unit.objects.order_by("code"))
    found = incident.groups.select_related("chair").prefetch_related(members)
    return list(found.filter(dissolved_at__isnull=not dissolved).order_by("formed_at", "id"))


@dataclass(frozen=True)
class Party:
    """A unit that has to do with the incident, and how."""

    unit: Unit
    relations: list[str]


def parties(incident: Incident) -> list[Party]:
    """The units involved, by sector and code."""
    rows = IncidentParty.objects.filter(incident=incident).select_related("unit__area")
    found = [Party(row.unit, row.relations) for row in rows]
    return sorted(found, key=lambda p: (p.unit.sector, p.unit.code))


def acts(
    incident: Incident,
    *,
    visible_to: Post,
    kind: str = "",
    basis: str = "",
    before: UUID | None = None,
    limit: int = 50,
) -> list[Line]:
    """The ledger of the incident, latest first. Its owner and the units above read all of
    it; others what is public, their own, or told to them."""
    relations = incident.relations_of(visible_to)
    commands = relations & {access.OWNER, access.LINE}
    return ledger.of_incident(
        incident.id,
        before=before,
        kind=kind,
        basis=basis,
        unit=None if commands else visible_to.unit_id,
        limit=limit,
    )


def signals(incident: Incident, *, visible_to: Post) -> list[Signal]:
    """The signals that led to the incident, as far as the post may read them."""
    found = incident.signal_set.select_related("area").order_by("reported_at")
    return [signal for signal in found if signal.relations_of(visible_to)]


def group(incident: Incident, id: UUID) -> WorkingGroup:
    """A working group of the incident. Raises NotFound."""
    found = incident.groups.select_related("chair").filter(id=id).first()
    if found is None:
        raise NotFound()
    return found


def decision(incident: Incident, id: UUID) -> Decision:
    """A decision of the incident. Raises NotFound."""
    found = incident.decisions.select_related("owner", "incident").filter(id=id).first()
    if found is None:
        raise NotFound()
    return found


def measure(incident: Incident, id: UUID) -> Measure:
    """A measure of the incident. Raises NotFound."""
    found = incident.measures.select_related("area", "unit", "incident").filter(id=id).first()
    if found is None:
        raise NotFound()
    return found


def group_page(
    incident: Incident, *, dissolved: bool, cursor: str, limit: int
) -> Slice[WorkingGroup]:
    """Groups in the order they were formed, a page at a time. Raises CursorInvalid."""
    members = Prefetch("members", Unit.objects.order_by("code"))
    found = incident.groups.select_related("chair").prefetch_related(members)
    found = found.filter(dissolved_at__isnull=not dissolved)
    keys: list[tuple[str, type[Key]]] = [("formed_at", datetime), ("id", UUID)]
    return slice_of(found, by=keys, cursor=cursor, limit=limit)


def decision_page(
    incident: Incident, *, state: str, at: datetime, cursor: str, limit: int
) -> Slice[Decision]:
    """Decisions by date, a page at a time. Raises CursorInvalid."""
    found = _decisions(incident, state=state, at=at)
    keys: list[tuple[str, type[Key]]] = [("due_at", datetime), ("id", UUID)]
    return slice_of(found, by=keys, cursor=cursor, limit=limit)


def measure_page(
    incident: Incident, *, state: str, at: datetime, cursor: str, limit: int
) -> Slice[Measure]:
    """Measures by expiry, a page at a time. Raises CursorInvalid."""
    found = _measures(incident, state=state, at=at).select_related("incident")
    keys: list[tuple[str, type[Key]]] = [("expires_at", datetime), ("id", UUID)]
    return slice_of(found, by=keys, cursor=cursor, limit=limit)

"""Reports on their way up: where each is, how long it was at each level, what is late."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final, Literal
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models import Incident, Leg, Report, Signal
from tongzhou.incidents.queries import chains, lists, signals
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import NotFound
from tongzhou.library import queries as library
from tongzhou.library.kinds.base import Text
from tongzhou.library.kinds.report_chain import ChainLevel
from tongzhou.library.queries import Version

_CHUNK: Final = 500
State = Literal["passed", "here", "outside", "left_out", "ahead"]


@dataclass(frozen=True)
class Filters:
    """What is wanted: "running" or "ended" ones, those that the unit of the reader holds, and
    those that are late at the level where they are, or were at an earlier one."""

    state: str = ""
    held: bool = False
    late: bool = False


@dataclass(frozen=True)
class Stage:
    """A level of the chain, and what became of the report there. ``held`` is the time it
    spent at the level, so far where it is "here"; ``late`` by how much that was too long."""

    level: ChainLevel
    state: State
    leg: Leg | None = None
    held: timedelta | None = None
    late: timedelta | None = None
    reason: str = ""

    @property
    def title(self) -> Text:
        """The name of the level."""
        return self.level.title

    @property
    def unit(self) -> Unit | None:
        """The unit that stands there, where the report came to it."""
        return self.leg.unit if self.leg is not None else None


@dataclass(frozen=True)
class Way:
    """A report with its chain and its stages from the first level to the last."""

    report: Report
    version: Version
    stages: list[Stage]

    @property
    def here(self) -> Stage | None:
        """Where it is now; None once it has come to its end."""
        return next((stage for stage in self.stages if stage.state == "here"), None)

    @property
    def forbids(self) -> Text | None:
        """What the chain forbids: to hide, to delay."""
        return chains.body(self.version).forbids

    @property
    def late(self) -> bool:
        """True when it was too long at some level, or is."""
        return any(stage.late is not None for stage in self.stages)

    @property
    def total(self) -> timedelta | None:
        """From the moment it was noticed to the end of its way; None while it goes on."""
        if self.report.ended_at is None:
            return None
        return self.report.ended_at - self.report.noticed_at


def of_signal(signal: Signal, *, at: datetime) -> list[Way]:
    """The reports of a signal that the reader was found to see, the first one first."""
    return _ways(Report.objects.filter(signal=signal), at=at)


def of_incident(incident: Incident, *, at: datetime) -> list[Way]:
    """The reports of an incident, and of the signals that it was opened from."""
    wanted = Q(incident=incident) | Q(signal__incident=incident)
    return _ways(Report.objects.filter(wanted), at=at)


def visible(post: Post) -> QuerySet[Report, Report]:
    """Reports that the unit holds or had, and those of what the post may see; in an exercise
    those of its incident alone, outside none of it."""
    if post.exercise:
        return Report.objects.filter(incident__in=lists.visible(post))
    had = Report.objects.filter(legs__unit_id=post.unit_id).values("id")
    wanted = Q(id__in=had)
    wanted |= Q(incident__in=lists.visible(post))
    wanted |= Q(signal__in=signals.visible(post))
    return Report.objects.filter(wanted).exclude(incident__exercise=True)


def find(id: UUID, *, visible_to: Post) -> Report:
    """One report. Raises NotFound."""
    found = visible(visible_to).select_related(*_JOINED).filter(id=id).first()
    if found is None:
        raise NotFound()
    return found


def way(report: Report, *, at: datetime) -> Way:
    """The stages of one report."""
    return _ways(Report.objects.filter(id=report.id), at=at)[0]


def held(*, visible_to: Post, limit: int = 20) -> list[Report]:
    """The reports that wait with the unit of the post, the next due first."""
    found = visible(visible_to).filter(holder_id=visible_to.unit_id, ended_at=None)
    return list(found.select_related(*_JOINED).order_by("started_at", "id")[:limit])


def listed(
    *,
    visible_to: Post,
    at: datetime,
    filters: Filters = Filters(),
    cursor: str = "",
    limit: int = 30,
) -> Slice[Report]:
    """Reports, the last begun first. Raises CursorInvalid."""
    return slice_of(
        _wanted(visible_to, filters, at=at).select_related(*_JOINED),
        by=[("started_at", datetime), ("id", UUID)],
        cursor=cursor,
        limit=limit,
        descending=True,
    )


def all_ways(*, visible_to: Post, filters: Filters, at: datetime) -> Iterator[Way]:
    """All of them, for files; two queries for every so many."""
    found = _wanted(visible_to, filters, at=at).select_related(*_JOINED)
    rows = found.order_by("-started_at", "-id").iterator(chunk_size=_CHUNK)
    while some := list(islice(rows, _CHUNK)):
        yield from ways(some, at=at)


def _wanted(post: Post, filters: Filters, *, at: datetime) -> QuerySet[Report, Report]:
    found = visible(post)
    if filters.state in ("running", "ended"):
        found = found.filter(ended_at__isnull=filters.state == "running")
    if filters.held:
        found = found.filter(holder_id=post.unit_id)
    if filters.late:
        over = Q(passed_at__gt=F("due_at")) | Q(passed_at=None, due_at__lt=at)
        found = found.filter(Exists(Leg.objects.filter(over, report=OuterRef("id"))))
    return found


def ways(reports: Sequence[Report], *, at: datetime) -> list[Way]:
    """The stages of these reports, in their order. One query for all legs."""
    legs: dict[UUID, list[Leg]] = {report.id: [] for report in reports}
    found = Leg.objects.filter(report__in=reports).select_related("unit", "seen_by__unit")
    for leg in found.order_by("place"):
        legs[leg.report_id].append(leg)
    made = []
    for report in reports:
        version = library.version(report.chain)
        stages = _stages(chains.body(version).levels, legs[report.id], at=at)
        made.append(Way(report, version, stages))
    return made


_JOINED = ("holder", "signal__area", "signal__incident", "incident__area", "started_by__unit")


def _ways(found: QuerySet[Report, Report], *, at: datetime) -> list[Way]:
    return ways(list(found.select_related(*_JOINED).order_by("started_at", "id")), at=at)


def _stages(levels: Sequence[ChainLevel], legs: Sequence[Leg], *, at: datetime) -> list[Stage]:
    by_level = {leg.level: leg for leg in legs}
    reached = max((n for n, level in enumerate(levels) if level.key in by_level), default=0)
    left_out = {key: leg.reason for leg in legs for key in leg.left_out}
    stages = []
    for place, level in enumerate(levels):
        leg = by_level.get(level.key)
        if leg is None and place < reached and level.key not in left_out:
            # Below the unit that reported: never on the way.
            continue
        if leg is None:
            state: State = "left_out" if level.key in left_out else "ahead"
            stages.append(Stage(level, state, reason=left_out.get(level.key, "")))
        elif leg.unit_id is None:
            stages.append(Stage(level, "outside", leg))
        else:
            ended = leg.passed_at is not None or leg.due_at is None
            until = leg.passed_at or at
            over = until - leg.due_at if leg.due_at is not None and until > leg.due_at else None
            state = "passed" if ended else "here"
            stages.append(
                Stage(level, state, leg, until - leg.received_at, over, reason=leg.reason)
            )
    # What lies below the level at which it began was never on its way.
    first = next((n for n, stage in enumerate(stages) if stage.leg is not None), 0)
    return stages[first:]

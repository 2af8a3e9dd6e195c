"""How the plans of an incident stand: groups, tasks, who is silent, what is open."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models import Incident, Measure, WorkingGroup
from tongzhou.kernel.errors import NotFound
from tongzhou.library import queries as library
from tongzhou.library.queries import Version
from tongzhou.plans.models import LineKind, Outcome, PlanLine, StandState, StandUp
from tongzhou.plans.wording import why
from tongzhou.tasks.models import CLOSED, State, Task
from tongzhou.tasks.queries.details import visible
from tongzhou.tasks.transitions import RUNNING

_DONE = frozenset({State.DONE, State.CONFIRMED})


@dataclass(frozen=True)
class LineNow:
    """A line with the thing that it made, as it is now; ``late``: a task past its due time.
    ``seen``: the reader may open the task."""

    line: PlanLine
    task: Task | None = None
    group: WorkingGroup | None = None
    measure: Measure | None = None
    late: bool = False
    seen: bool = False


@dataclass(frozen=True)
class Silent:
    """A unit that has not looked at some of its tasks, or let them become late."""

    unit: Unit
    unseen: int
    late: int


@dataclass(frozen=True)
class Progress:
    """How far a plan has come. Figures count the tasks that are there."""

    stand_up: StandUp
    version: Version
    lines: tuple[LineNow, ...]
    tasks: int
    done: int
    running: int
    late: int
    unseen: int
    silent: tuple[Silent, ...]

    def of(self, *kinds: str) -> list[LineNow]:
        """The lines of these kinds, in the plan's order."""
        return [row for row in self.lines if row.line.kind in kinds]

    @property
    def groups(self) -> list[LineNow]:
        """The working groups."""
        return [row for row in self.of(LineKind.GROUP) if row.group is not None]

    @property
    def measures(self) -> list[LineNow]:
        """The measures that were put in force."""
        return [row for row in self.of(LineKind.MEASURE) if row.measure is not None]

    @property
    def open_lines(self) -> list[LineNow]:
        """What nobody was found for."""
        return [row for row in self.lines if row.line.outcome == Outcome.UNRESOLVED]

    @property
    def stayed(self) -> list[tuple[LineNow, str]]:
        """What could not be taken back, with the reason in words."""
        return [
            (row, why(row.line.why)) for row in self.lines if row.line.outcome == Outcome.STAYED
        ]

    @property
    def by_hand(self) -> list[LineNow]:
        """What a person decided otherwise, with the reasons."""
        return [row for row in self.lines if row.line.reason]


def stand_ups(incident: Incident) -> list[StandUp]:
    """The plans that stood in the incident, those that stand first, then the latest."""
    found = StandUp.objects.filter(incident=incident)
    related = found.select_related("unit", "post__person", "ended_by__unit", "ended_by__person")
    return sorted(related.order_by("-at", "-id"), key=lambda s: s.state != StandState.UP)


def standing_for(id: UUID, *, visible_to: Post) -> StandUp:
    """A plan that stood or stands in an incident that the post sees. Raises NotFound."""
    found = StandUp.objects.select_related("incident__area", "incident__owner", "unit")
    stand_up = found.filter(
        id=id,
        incident__parties__unit=visible_to.unit_id,
        incident__exercise=visible_to.exercise,
    ).first()
    if stand_up is None:
        raise NotFound()
    return stand_up


def line_for(id: UUID, *, visible_to: Post) -> PlanLine:
    """A line of such a plan. Raises NotFound."""
    line = PlanLine.objects.select_related("area", "unit").filter(id=id).first()
    if line is None:
        raise NotFound()
    line.stand_up = standing_for(line.stand_up_id, visible_to=visible_to)
    return line


def progress(stand_up: StandUp, *, visible_to: Post, at: datetime) -> Progress:
    """How far the plan has come; six queries, however many lines."""
    lines = list(stand_up.lines.select_related("area", "unit").order_by("place", "id"))
    made = [line.made for line in lines if line.made is not None]
    tasks = {t.id: t for t in Task.objects.select_related("lead").filter(id__in=made)}
    groups = {
        g.id: g
        for g in WorkingGroup.objects.select_related("chair")
        .prefetch_related("members")
        .filter(id__in=made)
    }
    measures = {
        m.id: m for m in Measure.objects.select_related("area", "incident").filter(id__in=made)
    }
    seen = set(visible(visible_to).filter(id__in=list(tasks)).values_list("id", flat=True))
    rows = tuple(
        LineNow(
            line,
            task=(task := tasks.get(line.made) if line.made else None),
            group=groups.get(line.made) if line.made else None,
            measure=measures.get(line.made) if line.made else None,
            late=task is not None and task.state in RUNNING and task.due_at < at,
            seen=task is not None and task.id in seen,
        )
        for line in lines
    )
    return Progress(
        stand_up=stand_up,
        version=library.version(stand_up.version),
        lines=rows,
        **_counted([row for row in rows if row.task is not None]),
    )


def _counted(rows: Sequence[LineNow]) -> dict[str, Any]:
    tasks = [(row, row.task) for row in rows if row.task is not None]
    counted = [(row, t) for row, t in tasks if t.state not in {State.WITHDRAWN, State.MERGED}]
    unseen: Counter[UUID] = Counter()
    late: Counter[UUID] = Counter()
    units: dict[UUID, Unit] = {}
    for row, task in counted:
        if task.state == State.DISPATCHED or row.late:
            units[task.lead_id] = task.lead
            unseen[task.lead_id] += task.state == State.DISPATCHED
            late[task.lead_id] += row.late
    silent = [Silent(units[u], unseen[u], late[u]) for u in units]
    return {
        "tasks": len(counted),
        "done": sum(task.state in _DONE for _row, task in counted),
        "running": sum(
            task.state not in _DONE and task.state not in CLOSED for _row, task in counted
        ),
        "late": sum(row.late for row, _task in counted),
        "unseen": sum(task.state == State.DISPATCHED for _row, task in counted),
        "silent": tuple(sorted(silent, key=lambda s: (-s.late, -s.unseen, s.unit.code))),
    }

"""Incidents in a list, and one of them by its code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, DateTimeField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.incidents.models import Decision, GradeChange, Incident, Measure
from tongzhou.incidents.queries import situation
from tongzhou.incidents.queries.situation import Totals
from tongzhou.kernel.api.cursor import slice_of
from tongzhou.kernel.errors import Conflict, NotFound


class ExerciseOnly(Conflict):
    """Part of an exercise, asked for in the real world."""

    code = "exercise-only"
    message = _("This belongs to an exercise. Enter the exercise to see it.")


class RealOnly(Conflict):
    """Something real, asked for in an exercise."""

    code = "real-only"
    message = _("This is real, and you are in an exercise. Leave the exercise to see it.")


_STATES: Final[Mapping[str, Q]] = {
    "open": Q(closed_at__isnull=True),
    "closed": Q(closed_at__isnull=False),
}


def visible(post: Post) -> QuerySet[Incident, Incident]:
    """The incidents that the unit of the post has to do with: real ones, or exercises while
    the post looks at those."""
    return Incident.objects.filter(parties__unit=post.unit_id, exercise=post.exercise)


def of_world(post: Post, *, by: str = "incident") -> Q:
    """What hangs on an incident by this field, or on none: real, or of exercises while the post
    looks at these."""
    drill = Q(**{f"{by}__exercise": True})
    return drill if post.exercise else ~drill


def require_world(*, exercise: bool, visible_to: Post) -> None:
    """Real things are shown in the real world, those of an exercise to who takes part in it.
    Raises ExerciseOnly, RealOnly."""
    if exercise != visible_to.exercise:
        raise ExerciseOnly() if exercise else RealOnly()


def exercises(*, visible_to: Post, limit: int = 50) -> list[Incident]:
    """The exercises that the unit of the post takes part in and that go on, the last opened
    first; also for somebody in the real world, who may want to enter one."""
    found = Incident.objects.filter(parties__unit=visible_to.unit_id, exercise=True, closed_at=None)
    return list(found.select_related("area", "owner").order_by("-opened_at", "-id")[:limit])


def find(code: str, *, visible_to: Post) -> Incident:
    """One incident with its area and owner. Raises NotFound, ExerciseOnly, RealOnly."""
    related = Incident.objects.select_related("area", "owner")
    found = related.filter(parties__unit=visible_to.unit_id, code=code).first()
    if found is None:
        raise NotFound()
    require_world(exercise=found.exercise, visible_to=visible_to)
    return found


@dataclass(frozen=True)
class Row:
    """An incident in a list, with what is running in it and its figures."""

    incident: Incident
    grade_expires_at: datetime | None
    measures: int
    decisions: int
    late: int
    totals: Totals | None


@dataclass(frozen=True)
class Page:
    """Some rows, and the cursor of the following ones ("" on the last page)."""

    rows: list[Row]
    next: str


def listed(
    *,
    visible_to: Post,
    at: datetime,
    q: str = "",
    state: str = "",
    grade: str = "",
    cursor: str = "",
    limit: int = 30,
) -> Page:
    """Incidents, the last opened first: whose title, code or agent holds ``q``, "open" or
    "closed", of a grade. Two queries, however many rows. Raises CursorInvalid."""
    found = visible(visible_to).select_related("area", "owner")
    if q.strip():
        found = found.filter(matching(q))
    if state in _STATES:
        found = found.filter(_STATES[state])
    if grade:
        found = found.filter(grade=grade)
    page = slice_of(
        running(found, at=at),
        by=[("opened_at", datetime), ("id", UUID)],
        cursor=cursor,
        limit=limit,
        descending=True,
    )
    return Page(rows_of(page.rows), page.next)


def matching(q: str) -> Q:
    """Incidents that somebody who types ``q`` may mean."""
    wanted = Q()
    for word in q.split()[:8]:
        wanted &= (
            Q(title_zh__icontains=word)
            | Q(title_en__icontains=word)
            | Q(code__icontains=word)
            | Q(agent__icontains=word)
        )
    return wanted


def running(found: QuerySet[Incident, Incident], *, at: datetime) -> QuerySet[Incident, Incident]:
    """With the numbers of measures in force and open decisions, and the grade's expiry."""
    latest = GradeChange.objects.filter(incident=OuterRef("id")).order_by("-at", "-id")
    in_force = Measure.objects.filter(
        incident=OuterRef("id"), lifted_at=None, starts_at__lte=at, expires_at__gt=at
    )
    open_ = Decision.objects.filter(incident=OuterRef("id"), completed_at=None)
    return found.annotate(
        grade_expires_at=Subquery(
            latest.values("expires_at")[:1], output_field=DateTimeField(null=True)
        ),
        measures_in_force=_count(in_force),
        decisions_open=_count(open_),
        decisions_late=_count(open_.filter(due_at__lt=at)),
    )


def _count(rows: QuerySet[Any, Any]) -> Any:
    counted = rows.order_by().values("incident").annotate(n=Count("id")).values("n")
    return Coalesce(Subquery(counted), 0)


def rows_of(incidents: list[Incident]) -> list[Row]:
    """Incidents that came from ``running``, with their figures (one query)."""
    totals = situation.totals_of([incident.id for incident in incidents])
    return [
        Row(
            incident=incident,
            grade_expires_at=incident.grade_expires_at,  # type: ignore[attr-defined]
            measures=incident.measures_in_force,  # type: ignore[attr-defined]
            decisions=incident.decisions_open,  # type: ignore[attr-defined]
            late=incident.decisions_late,  # type: ignore[attr-defined]
            totals=totals.get(incident.id),
        )
        for incident in incidents
    ]


def row(incident: Incident, *, at: datetime) -> Row:
    """The list's row of one incident that was found."""
    found = running(Incident.objects.select_related("area", "owner"), at=at)
    return rows_of([found.get(id=incident.id)])[0]


def codes(*, visible_to: Post, open_only: bool = True, limit: int = 100) -> list[Incident]:
    """Incidents to choose from, the last opened first."""
    found = visible(visible_to).order_by("-opened_at", "-id")
    if open_only:
        found = found.filter(closed_at=None)
    return list(found[:limit])

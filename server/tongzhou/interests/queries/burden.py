"""Who bears how much: hours and cost less compensation, against the people of a unit.

    hours   = Σ tasks led and done in the span: min(acceptance to end, 8 h)
            + Σ shifts: people × hours inside the span (to the last check-in where nobody ended it)
            + fields entered × 1 min + meetings × 1 h + inspections × 2 h (oversight's meter)
    balance = hours + (cost − compensation) ÷ the price of an hour, not below 0
    x       = balance ÷ people of the unit

Gini over the x of all units that bore something and whose people are known; the interval comes
of drawing the units anew (``actscope``). The weights are a proposal of this platform.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from statistics import median
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from tongzhou.actors.models import Post, Unit
from tongzhou.catalogue.models import Resource
from tongzhou.funds import money, rates
from tongzhou.funds.choices import ClaimState, Work
from tongzhou.funds.models import Claim, Payment
from tongzhou.incidents.models import AUTHORITIES
from tongzhou.incidents.queries.lists import of_world
from tongzhou.interests.choices import CompensationState, Means
from tongzhou.interests.models import Compensation
from tongzhou.library.queries import NoTemplate
from tongzhou.oversight.queries import load
from tongzhou.places.models import inside

TASK_MOST: Final = timedelta(hours=8)
FIELD, MEETING, INSPECTION = 1 / 60, 1.0, 2.0
#: Below so many units no inequality is shown.
FEWEST: Final = 3
MOST_UNITS: Final = 5000
LONGEST: Final = timedelta(days=366)

_TASKS: Final = """
SELECT lead_id, count(*), count(*) FILTER (WHERE accepted_at IS NULL),
    coalesce(sum(extract(epoch FROM least(done_at - accepted_at, %(most)s))), 0) / 3600
FROM tasks_task
WHERE done_at >= %(since)s AND done_at < %(until)s AND merged_into_id IS NULL
    AND exercise = %(exercise)s AND lead_id = ANY(%(units)s)
GROUP BY lead_id
"""
_SHIFTS: Final = """
SELECT s.unit_id, count(*), coalesce(sum((SELECT count(*) FROM incidents_checkin c
        WHERE c.shift_id = s.id AND c.at >= %(since)s AND c.at < %(until)s)), 0)::int,
    coalesce(sum(s.people * extract(epoch FROM least(coalesce(s.ended_at, s.last_at), %(until)s)
        - greatest(s.started_at, %(since)s))), 0) / 3600
FROM incidents_shift s LEFT JOIN incidents_incident i ON i.id = s.incident_id
WHERE s.started_at < %(until)s AND coalesce(s.ended_at, s.last_at) > %(since)s
    AND coalesce(i.exercise, false) = %(exercise)s AND s.unit_id = ANY(%(units)s)
GROUP BY s.unit_id
"""


@dataclass
class Row:
    """What one unit bore; hours by source, amounts in the smallest unit of the currency."""

    unit: Unit
    tasks: int = 0
    untimed: int = 0
    task_hours: float = 0.0
    shifts: int = 0
    check_ins: int = 0
    shift_hours: float = 0.0
    asked: load.Load = field(default_factory=load.Load)
    cost: int = 0
    compensation: int = 0
    people: int | None = None
    people_from: str = ""
    price: int | None = None

    @property
    def form_hours(self) -> float:
        """Of forms, meetings and inspections."""
        of_meetings = self.asked.all_meetings * MEETING + self.asked.inspections * INSPECTION
        return self.asked.fields * FIELD + of_meetings

    @property
    def hours(self) -> float:
        """All hours."""
        return self.task_hours + self.shift_hours + self.form_hours

    @property
    def money_hours(self) -> float:
        """Cost less compensation, in hours; nothing where an hour has no price."""
        return (self.cost - self.compensation) / self.price if self.price else 0.0

    @property
    def balance(self) -> float:
        """Hours and cost less compensation, in hours."""
        return max(self.hours + self.money_hours, 0.0)

    @property
    def each(self) -> float | None:
        """Of each of its people; None where nobody knows how many there are."""
        return self.balance / self.people if self.people else None


@dataclass(frozen=True)
class Balance:
    """All units that bore something, the most burdened first; those without people last."""

    since: date
    until: date
    rows: Sequence[Row]
    price: int | None

    @property
    def known(self) -> list[Row]:
        """Those that can be compared."""
        return [row for row in self.rows if row.each is not None]

    @property
    def without_people(self) -> int:
        """Units left out because nobody knows how many people they have."""
        return len(self.rows) - len(self.known)

    @property
    def untimed(self) -> int:
        """Tasks without a moment of acceptance: they count no hours."""
        return sum(row.untimed for row in self.rows)

    @property
    def question(self) -> Mapping[str, Any] | None:
        """What the analysis is asked; None for fewer than three units."""
        if len(self.known) < FEWEST:
            return None
        values = sorted(round(row.each or 0.0, 6) for row in self.known)
        return {"what": "inequality", "values": values}


def of(*, visible_to: Post, since: date, until: date, at: datetime) -> Balance:
    """The balance of the units in the own line, and for an authority of all in its area. As
    many queries for many units as for one."""
    until = min(max(since, until), since + LONGEST)
    units = list(
        Unit.objects.filter(_known(visible_to), active=True).values_list("id", flat=True)[
            :MOST_UNITS
        ]
    )  # fmt: skip
    span: dict[str, Any] = {
        "since": _start(since),
        "until": _start(until + timedelta(days=1)),
        "units": units,
        "exercise": visible_to.exercise,
        "most": TASK_MOST,
    }
    found: dict[UUID, dict[str, Any]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TASKS, span)
        for unit, n, untimed, hours in cursor.fetchall():
            found.setdefault(unit, {}).update(tasks=n, untimed=untimed, task_hours=float(hours))
        cursor.execute(_SHIFTS, span)
        for unit, n, check_ins, hours in cursor.fetchall():
            found.setdefault(unit, {}).update(
                shifts=n, check_ins=check_ins, shift_hours=float(hours)
            )
    if not visible_to.exercise:  # what is asked by forms is asked in the real world alone
        asked: dict[UUID, list[load.Load]] = {}
        for (unit, _day), one in load.by_day(units, since=since, until=until).items():
            asked.setdefault(unit, []).append(one)
        for unit, loads in asked.items():
            found.setdefault(unit, {}).update(asked=load.total(loads))
    for name, sums in (("cost", _cost(visible_to, span)), ("compensation", _got(visible_to, span))):
        for unit, amount in sums.items():
            found.setdefault(unit, {})[name] = amount
    price = hour_price(at=_start(until), post=visible_to)
    people = _people(found, at=at, exercise=visible_to.exercise)
    rows = [
        Row(unit=unit, price=price, **found[unit.id], **people.get(unit.id, {}))
        for unit in Unit.objects.filter(id__in=list(found))
    ]
    rows.sort(key=lambda row: (row.each is None, -(row.each or 0.0), row.unit.code))
    return Balance(since=since, until=until, rows=rows, price=price)


def hour_price(*, at: datetime, post: Post) -> int | None:
    """What an hour is worth: the median price of the hourly items of the template of claims in
    force in the post's area, in the smallest unit; None without a template."""
    try:
        body = rates.in_force(at=at, area=post.unit.area)
    except NoTemplate:
        return None
    prices = [item.price for item in body.items if item.hours]
    factor = Decimal(10) ** money.currency().decimals
    return int(median(prices) * factor) if prices else None


def _known(post: Post) -> Q:
    own = Q(line__contains=[post.unit_id])
    if post.unit.sector not in AUTHORITIES:
        return own
    return own | (inside(post.unit.area.path) & ~Q(id__in=post.unit.above))


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _cost(post: Post, span: Mapping[str, Any]) -> dict[UUID, int]:
    """Claimed by units: what was accepted, else (while nobody answered) what was claimed."""
    claims = Claim.objects.filter(
        of_world(post), unit__in=span["units"], made_at__gte=span["since"],
        made_at__lt=span["until"],
    ).exclude(state__in=(ClaimState.WITHDRAWN, ClaimState.REFUSED))  # fmt: skip
    sums = claims.order_by().values_list("unit").annotate(sum=Sum(Coalesce("accepted", "total")))
    return dict(sums)


def _got(post: Post, span: Mapping[str, Any]) -> dict[UUID, int]:
    """Paid to units for claims and as compensation, and compensation in kind that came."""
    paid = Payment.objects.filter(
        of_world(post, by="spending__incident"), spending__payee__in=span["units"],
        spending__for_kind__in=(Work.CLAIM, Work.COMPENSATION), at__gte=span["since"],
        at__lt=span["until"],
    )  # fmt: skip
    found: dict[UUID, int] = dict(
        paid.order_by()
        .values_list("spending__payee")
        .annotate(sum=Sum(F("amount") - F("returned")))
    )
    in_kind = Compensation.objects.filter(
        of_world(post, by="conflict__incident"), receiver__in=span["units"],
        state=CompensationState.FULFILLED, ended_at__gte=span["since"],
        ended_at__lt=span["until"],
    ).exclude(means=Means.MONEY)  # fmt: skip
    for unit, amount in in_kind.order_by().values_list("receiver").annotate(sum=Sum("amount")):
        found[unit] = found.get(unit, 0) + amount
    return found


def _people(units: Mapping[UUID, Any], *, at: datetime, exercise: bool) -> dict[UUID, Any]:
    """How many people units have: those of their registered teams, else whoever holds a post."""
    posts = Post.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=at), unit__in=list(units), starts_at__lte=at
    )
    holders = posts.order_by().values_list("unit").annotate(n=Count("person", distinct=True))
    found: dict[UUID, Any] = {unit: {"people": n, "people_from": "posts"} for unit, n in holders}
    teams = Resource.objects.filter(unit__in=list(units), ended_at=None, exercise=exercise)
    for unit, n in teams.order_by().values_list("unit").annotate(n=Sum("people")):
        found[unit] = {"people": n, "people_from": "teams"}
    return found

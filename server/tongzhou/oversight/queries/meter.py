"""The burden meter: what is asked of units in a week, against their quotas, and who asks
most."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Q

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models import AUTHORITIES
from tongzhou.library.kinds.burden import BurdenBody
from tongzhou.oversight.models import AskPart
from tongzhou.oversight.queries import load, quota
from tongzhou.oversight.queries.load import Load
from tongzhou.oversight.queries.quota import LIMITS, Use
from tongzhou.places.models import inside

MOST: Final = 200
_SENDERS: Final = """
SELECT u.id, u.code, u.name_zh, u.name_en, count(*)::int AS forms,
    coalesce(sum((SELECT count(*) FROM oversight_askfield f WHERE f.ask_id = a.id)), 0)::int
FROM oversight_ask a
JOIN oversight_askpart p ON p.ask_id = a.id
JOIN actors_unit u ON u.id = a.sender_id
JOIN generate_series(%(since)s::date, %(until)s::date, interval '1 day') day
    ON day::date BETWEEN a.first_on AND a.until
    AND (a.rhythm <> 'weekly' OR (day::date - a.first_on) %% 7 = 0)
WHERE p.unit_id = ANY(%(units)s) AND p.state = 'running'
    AND a.first_on <= %(until)s AND a.until >= %(since)s
    AND day::date < coalesce(a.stops_on, 'infinity'::date)
    AND NOT EXISTS (SELECT 1 FROM incidents_incident i WHERE i.id = a.incident_id AND i.exercise)
GROUP BY u.id ORDER BY 6 DESC, 5 DESC, u.code LIMIT 10
"""


@dataclass(frozen=True)
class Row:
    """One unit in a week: the whole, its heaviest day, and how far its limits are used."""

    unit: Unit
    week: Load
    heaviest: Load
    heaviest_on: date | None
    uses: list[Use]

    @property
    def worst(self) -> Use | None:
        """The limit that is used most."""
        return max(self.uses, key=lambda use: use.percent, default=None)


@dataclass(frozen=True)
class Sender:
    """Who asks: so many forms, meetings and inspections, with so many fields, over a week."""

    id: UUID
    code: str
    name_zh: str
    name_en: str
    asked: int
    fields: int


@dataclass(frozen=True)
class Meter:
    """The week, unit by unit; the most burdened first."""

    since: date
    until: date
    rows: list[Row]
    days: list[tuple[date, Load]]
    senders: list[Sender]
    duplicate_percent: int
    more: bool

    @property
    def total(self) -> Load:
        """All units together."""
        return load.total([row.week for row in self.rows])


def week(*, visible_to: Post, on: date, code: str = "") -> Meter:
    """The week that holds a day, of all units that the post may know the burden of and that
    are asked for something in it; or of the one with this code. Raises NoTemplate."""
    since = load.monday(on)
    until = since + timedelta(6)
    asked = AskPart.objects.filter(ask__first_on__lte=until, ask__until__gte=since)
    units = Unit.objects.filter(_known(visible_to)).select_related("area").defer("area__boundary")
    if code:
        units = units.filter(code=code)
    else:
        units = units.filter(Q(id__in=asked.values("unit")) | Q(id=visible_to.unit_id))
    chosen = list(units.order_by("code")[: MOST + 1])
    more, chosen = len(chosen) > MOST, chosen[:MOST]
    loads = load.by_day([unit.id for unit in chosen], since=since, until=until)
    body = quota.body(on=on)
    rows = [_row(unit, loads, body) for unit in chosen]
    rows.sort(key=lambda row: (-row.week.fields, -row.week.deadlines, row.unit.code))
    by_day = [
        (day, load.total([amount for (_unit, on), amount in loads.items() if on == day]))
        for day in (since + timedelta(number) for number in range(7))
    ]
    return Meter(
        since=since,
        until=until,
        rows=rows,
        days=by_day,
        senders=_senders([unit.id for unit in chosen], since, until),
        duplicate_percent=body.duplicate_percent,
        more=more,
    )


def _known(post: Post) -> Q:
    """Those in the own line, and for an authority all of its place."""
    own = Q(line__contains=[post.unit_id])
    if post.unit.sector not in AUTHORITIES:
        return own
    return own | (inside(post.unit.area.path) & ~Q(id__in=post.unit.above))


def _row(unit: Unit, loads: load.Loads, body: BurdenBody) -> Row:
    own = {day: amount for (owner, day), amount in loads.items() if owner == unit.id}
    whole = load.total(list(own.values()))
    on = max(own, key=lambda day: own[day].fields, default=None)
    heaviest = own[on] if on is not None else Load()
    allowed = body.quota_of(unit.level)
    uses = [
        Use(limit, getattr(whole, name) if weekly else _most(own, name), most)
        for limit, (name, weekly, _label) in LIMITS.items()
        if allowed is not None and (most := getattr(allowed, limit)) is not None
    ]
    return Row(unit, whole, heaviest, on, uses)


def _most(own: dict[date, Load], name: str) -> int:
    return max((getattr(amount, name) for amount in own.values()), default=0)


def _senders(units: list[UUID], since: date, until: date) -> list[Sender]:
    with connection.cursor() as cursor:
        cursor.execute(_SENDERS, {"units": units, "since": since, "until": until})
        return [Sender(*row) for row in cursor.fetchall()]

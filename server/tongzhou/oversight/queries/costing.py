"""What a request that is being written would cost each unit, and where its fields stand
already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from tongzhou.actors.models import Post, Unit
from tongzhou.library.kinds.burden import BurdenBody
from tongzhou.oversight.models import Ask, AskField, AskKind, Field, PartState, Rhythm
from tongzhou.oversight.queries import load, quota
from tongzhou.oversight.queries.load import Draft, Load
from tongzhou.oversight.queries.quota import Passed

#: So many days are looked at for the estimate of a single day.
_SHOWN = 30


@dataclass(frozen=True)
class Known:
    """A field of the draft with where it stands: in a register, or in running requests."""

    field: Field
    anew: bool
    collected: list[Ask]


@dataclass(frozen=True)
class UnitCost:
    """One unit: fields on its heaviest day without and with the request, and what it passes."""

    unit: Unit
    before: Load
    after: Load
    allowed: int | None
    passed: list[Passed]

    @property
    def added(self) -> int:
        """Fields that the request adds on that day."""
        return self.after.fields - self.before.fields


@dataclass(frozen=True)
class Cost:
    """The whole estimate. ``minutes``: of one unit, each time."""

    known: list[Known]
    units: list[UnitCost]
    minutes: int
    times: int
    kind: str

    @property
    def passing(self) -> list[UnitCost]:
        """The units whose quota would be passed."""
        return [unit for unit in self.units if unit.passed]

    @property
    def reused(self) -> int:
        """Fields that fill themselves from running requests."""
        return sum(bool(known.collected) and not known.anew for known in self.known)

    @property
    def hours(self) -> float:
        """Of all units together, over the whole time."""
        return self.minutes * self.times * len(self.units) / 60


def estimate(
    *,
    visible_to: Post,
    kind: str,
    units: Sequence[Unit],
    wanted: Sequence[tuple[Field, bool]],
    rhythm: str,
    first_on: date,
    last_on: date | None,
    withdraws: Ask | None,
    on: date,
) -> Cost:
    """The estimate, with the same rule by which the act refuses. Raises NoTemplate."""
    last = first_on if rhythm == Rhythm.ONCE or last_on is None else last_on
    shape = Ask(rhythm=rhythm, first_on=first_on, until=max(first_on, last))
    days = shape.occasions(first_on, min(shape.until, first_on + timedelta(92)))
    fields = wanted if kind == AskKind.FORM else []
    draft = Draft(kind, [u.id for u in units], days, [(f.id, anew) for f, anew in fields])
    body = quota.body(on=on)
    minus = withdraws.id if withdraws is not None else None
    passed = quota.first_of_each(quota.passed(units, draft, at=on, minus=minus))
    since, until = min(days), min(max(days), min(days) + timedelta(_SHOWN))
    ids = [unit.id for unit in units]
    before = load.by_day(ids, since=since, until=until)
    after = load.by_day(ids, since=since, until=until, plus=draft, minus=minus, minus_on=on)
    known = [Known(f, anew, found) for f, anew, found in _collected(fields, ids, on)]
    return Cost(
        known=known,
        units=[_unit(unit, days, before, after, body, passed.get(unit.id, [])) for unit in units],
        minutes=_minutes(kind, known, body),
        times=len(days),
        kind=kind,
    )


def _unit(
    unit: Unit,
    days: Sequence[date],
    before: load.Loads,
    after: load.Loads,
    body: BurdenBody,
    passed: list[Passed],
) -> UnitCost:
    heaviest = max(days, key=lambda day: after.get((unit.id, day), Load()).fields)
    allowed = body.quota_of(unit.level)
    return UnitCost(
        unit=unit,
        before=before.get((unit.id, heaviest), Load()),
        after=after.get((unit.id, heaviest), Load()),
        allowed=allowed.fields_day if allowed is not None else None,
        passed=passed,
    )


def _collected(
    fields: Sequence[tuple[Field, bool]], units: Sequence[UUID], on: date
) -> list[tuple[Field, bool, list[Ask]]]:
    """With the running requests that ask these units for each field already. One query."""
    rows = (
        AskField.objects.filter(
            field__in=[field.id for field, _anew in fields],
            anew=False,
            ask__stops_on=None,
            ask__until__gte=on,
            ask__parts__unit__in=units,
            ask__parts__state=PartState.RUNNING,
        )
        .select_related("ask__sender")
        .distinct()
        .order_by("ask__number")
    )
    found: dict[UUID, list[Ask]] = {}
    for row in rows:
        found.setdefault(row.field_id, []).append(row.ask)
    return [(field, anew, found.get(field.id, [])) for field, anew in fields]


def _minutes(kind: str, known: Sequence[Known], body: BurdenBody) -> int:
    match kind:
        case AskKind.MEETING:
            return body.minutes.meeting
        case AskKind.INSPECTION:
            return body.minutes.inspection
    seconds = sum(k.field.seconds for k in known if k.anew or not k.collected)
    return body.minutes.form + round(seconds / 60) if known else 0

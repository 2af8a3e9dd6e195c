"""What a figure of the administrative ecology counts, line by line, as far as the reader may
see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from tongzhou.actors import sentences
from tongzhou.actors.models import Post, Unit
from tongzhou.clocks import queries as clocks
from tongzhou.incidents.models import Incident
from tongzhou.kernel.api.cursor import slice_of
from tongzhou.kernel.errors import NotFound
from tongzhou.ledger import queries as ledger
from tongzhou.ledger.models import Act
from tongzhou.oversight.queries import ecology
from tongzhou.oversight.queries.tallies import BY, WITH

_ASKS: Final = frozenset(
    {"task.dispatched.v1", "task.forwarded.v1", "request.sent.v1", "decision.recorded.v1"}
)
#: Figure: whose acts, of which types, on which basis.
FIGURES: Final[Mapping[str, tuple[str, frozenset[str], str]]] = {
    "orders": (WITH, _ASKS, "order"),
    "asks": (WITH, _ASKS, ""),
    "dispatched": (WITH, frozenset({"task.dispatched.v1", "task.forwarded.v1"}), ""),
    "bounced": (BY, frozenset({"task.refused.v1", "task.returned.v1"}), ""),
    "returned": (BY, frozenset({"task.returned.v1"}), ""),
}
MISSED: Final = "missed"
NAMES: Final = (*FIGURES, MISSED)


@dataclass(frozen=True)
class Drilled:
    """One page of what a figure counts: acts as sentences, or time limits."""

    unit: Unit
    first: date
    figure: str
    acts: list[sentences.Told]
    limits: list[clocks.Row]
    next: str


def drill(
    *, visible_to: Post, code: str, month: date, figure: str, cursor: str = "", limit: int = 50
) -> Drilled:
    """The acts (or missed limits) of a unit in a month, the latest first, for the unit itself
    and those above it. The number of queries does not grow with the lines. Raises NotFound,
    CursorInvalid."""
    unit = ecology.require_unit(code, visible_to=visible_to)
    first = month.replace(day=1)
    since, until = _moment(first), _moment((first + timedelta(32)).replace(day=1))
    if figure == MISSED:
        there = clocks.visible(visible_to).filter(
            owners__contains=[unit.id], missed_at__gte=since, missed_at__lt=until
        )
        page = slice_of(
            there, by=[("missed_at", datetime), ("id", UUID)], cursor=cursor, limit=limit,
            descending=True,
        )  # fmt: skip
        return Drilled(
            unit, first, figure, [], clocks.rows_of(page.rows, reader=visible_to), page.next or ""
        )
    if figure not in FIGURES:
        raise NotFound()
    side, types, basis = FIGURES[figure]
    found = Act.objects.filter(
        ledger.seen_by(visible_to.unit_id), type__in=types, at__gte=since, at__lt=until
    )
    drills = Incident.objects.filter(exercise=True).values("id")
    found = found.filter(Q(incident=None) | ~Q(incident__in=drills))
    if side == BY:
        found = found.filter(by_unit=unit.id)
    else:
        lead = Q(data__lead=str(unit.id))
        found = found.filter(lead | (Q(with_units__contains=[unit.id]) & ~Q(data__has_key="lead")))
    if basis:
        found = found.filter(basis=basis)
    acts = slice_of(
        found, by=[("at", datetime), ("id", UUID)], cursor=cursor, limit=limit, descending=True
    )
    lines = ledger.by_ids([act.id for act in acts.rows])
    return Drilled(unit, first, figure, sentences.tell(lines), [], acts.next or "")


def _moment(day: date) -> datetime:
    zone = timezone.get_current_timezone()
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)

"""What a figure of the administrative ecology counts, line by line, as far as the reader may
see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone

from tongzhou.actors import sentences
from tongzhou.actors.models import Post, Unit
from tongzhou.clocks import queries as clocks
from tongzhou.incidents.models import Incident
from tongzhou.kernel.api.cursor import slice_of
from tongzhou.kernel.errors import NotFound
from tongzhou.ledger import queries as ledger
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
    lines, earlier = ledger.in_span(
        since=since,
        until=until,
        types=types,
        reader=visible_to.unit_id,
        by_unit=unit.id if side == BY else None,
        asked=unit.id if side == WITH else None,
        basis=basis,
        without=Incident.objects.filter(exercise=True).values("id"),
        cursor=cursor,
        limit=limit,
    )
    return Drilled(unit, first, figure, sentences.tell(lines), [], earlier)


def _moment(day: date) -> datetime:
    zone = timezone.get_current_timezone()
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)

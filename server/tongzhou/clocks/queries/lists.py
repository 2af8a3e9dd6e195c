"""Lists of clocks: whose, in which state, of which limit, by when."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.clocks.models import Clock, State
from tongzhou.clocks.queries.rows import Row, rows_of
from tongzhou.clocks.rules import known_rules
from tongzhou.kernel.api.cursor import slice_of
from tongzhou.kernel.errors import Invalid, NotFound

OPEN: Final = Q(stopped_at__isnull=True)
#: "" is what somebody still has to do something about, the missed ones first.
STATES: Final[Mapping[str, Q]] = {
    "": OPEN,
    "running": OPEN & Q(state=State.RUNNING),
    "missed": OPEN & Q(state=State.MISSED),
    "late": ~OPEN & Q(state=State.MISSED),
    "met": ~OPEN & Q(state=State.MET),
    "ended": ~OPEN & Q(state=State.ENDED),
    "cancelled": ~OPEN & Q(state=State.CANCELLED),
    "over": ~OPEN,
}
#: How the reader's unit stands to a clock.
WHOSE: Final = ("", "owner", "watcher", "line")
#: Due within so long.
WITHIN: Final[Mapping[str, timedelta]] = {
    "day": timedelta(days=1),
    "week": timedelta(days=7),
}
MOST: Final = 1000


class UnknownFilter(Invalid):
    """A filter with a value that it does not have."""

    code = "unknown-filter"
    message = _("“%(value)s” is not a choice of this filter.")


@dataclass(frozen=True)
class Filters:
    """What of the clocks is wanted. Raises UnknownFilter."""

    whose: str = ""
    state: str = ""
    rule: str = ""
    within: str = ""
    incident: UUID | None = None
    #: Of this unit: it has to keep them.
    unit: UUID | None = None

    def __post_init__(self) -> None:
        for field, value, known in (
            ("whose", self.whose, WHOSE),
            ("state", self.state, STATES),
            ("within", self.within, ("", *WITHIN)),
        ):
            if value not in known:
                raise UnknownFilter(field=field, value=value[:80])

    @property
    def open(self) -> bool:
        """True where only open clocks are asked for."""
        return self.state in {"", "running", "missed"}


@dataclass(frozen=True)
class Listed:
    """One page of a list; ``next`` is the cursor of the following one, "" on the last."""

    rows: list[Row]
    next: str


@dataclass(frozen=True)
class Figures:
    """How many open clocks there are that the reader sees, each counted up to 1,000."""

    missed: int
    soon: int
    running: int


def visible(post: Post) -> QuerySet[Clock, Clock]:
    """The clocks that the post may see: those of its unit, those it waits for, and those
    below it that it was told of. In an exercise its clocks, else the real ones."""
    return Clock.objects.filter(parties__contains=[post.unit_id], exercise=post.exercise)


def filtered(*, visible_to: Post, filters: Filters, at: datetime) -> QuerySet[Clock, Clock]:
    """The clocks that the filters let through."""
    unit = [visible_to.unit_id]
    found = visible(visible_to).filter(STATES[filters.state])
    match filters.whose:
        case "owner":
            found = found.filter(owners__contains=unit)
        case "watcher":
            found = found.filter(watchers__contains=unit)
        case "line":
            found = found.filter(line__contains=unit)
        case _:
            pass
    if filters.rule:
        found = found.filter(rule=filters.rule)
    if filters.incident is not None:
        found = found.filter(incident=filters.incident)
    if filters.unit is not None:
        found = found.filter(owners__contains=[filters.unit])
    if filters.within:
        found = found.filter(due_at__lte=at + WITHIN[filters.within])
    return found


def listed(
    *,
    visible_to: Post,
    filters: Filters | None = None,
    at: datetime,
    cursor: str = "",
    limit: int = 50,
) -> Listed:
    """Open clocks by their end, so those missed come first; others the latest first. The
    number of queries does not grow with the lines. Raises CursorInvalid."""
    wanted = filters or Filters()
    page = slice_of(
        filtered(visible_to=visible_to, filters=wanted, at=at),
        by=[("due_at", datetime), ("id", UUID)],
        cursor=cursor,
        limit=limit,
        descending=not wanted.open,
    )
    return Listed(rows_of(page.rows, reader=visible_to), page.next)


def all_rows(*, visible_to: Post, filters: Filters, at: datetime) -> Iterator[Row]:
    """Every line, page by page: for files."""
    cursor, more = "", True
    while more:
        page = listed(visible_to=visible_to, filters=filters, at=at, cursor=cursor, limit=200)
        yield from page.rows
        cursor, more = page.next, bool(page.next)


def figures(*, visible_to: Post, at: datetime) -> Figures:
    """What the page begins with. Three counts, each of which ends at 1,000."""
    there = visible(visible_to).filter(OPEN)
    return Figures(
        missed=there.filter(state=State.MISSED)[:MOST].count(),
        soon=there.filter(state=State.RUNNING, due_at__lte=at + WITHIN["day"])[:MOST].count(),
        running=there.filter(state=State.RUNNING)[:MOST].count(),
    )


def nearest(
    *,
    visible_to: Post,
    at: datetime,
    incident: UUID | None = None,
    but: Collection[str] = (),
    limit: int = 8,
) -> list[Row]:
    """What was missed or ends within a week, the first end first; of one incident where it is
    named; ``but``: kinds of objects that the reader finds elsewhere."""
    wanted = Filters(within="week", incident=incident)
    found = filtered(visible_to=visible_to, filters=wanted, at=at).exclude(about_kind__in=but)
    return rows_of(list(found.order_by("due_at", "id")[:limit]), reader=visible_to)


def of(about_kind: str, ids: Collection[UUID], *, visible_to: Post) -> list[Row]:
    """The clocks of some objects that the post may see, open ones first, each by its end."""
    found = visible(visible_to).filter(about_kind=about_kind, about_id__in=list(ids))
    clocks = sorted(found.order_by("due_at")[:200], key=lambda clock: not clock.is_open)
    return rows_of(clocks, reader=visible_to)


def find(id: UUID, *, visible_to: Post) -> Row:
    """One clock. Raises NotFound."""
    found = visible(visible_to).filter(id=id).first()
    if found is None:
        raise NotFound()
    return rows_of([found], reader=visible_to)[0]


def rules(*, at: datetime) -> list[tuple[str, str]]:
    """The limits in force, as choices of a filter: key and title, by title."""
    known = known_rules(on=timezone.localtime(at).date())
    return sorted(((one.rule.key, str(one.rule.title)) for one in known), key=lambda one: one[1])

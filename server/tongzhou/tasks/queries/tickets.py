"""Tickets for the desk, for those who handle them, and for whoever holds a number."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from tongzhou.actors.models import Post
from tongzhou.incidents.queries.signals import normal
from tongzhou.kernel.errors import NotFound
from tongzhou.places.models import Area
from tongzhou.tasks import rules
from tongzhou.tasks.models import Channel, State, Task, Ticket
from tongzhou.tasks.queries.filters import escaped
from tongzhou.tasks.queries.rows import COLUMNS, JOINS, TaskRow, row

_UNASKED: Final = (
    "p.relations @> ARRAY['asker']::text[] AND p.state = 'confirmed' "
    "AND tk.called_back_at IS NULL AND tk.evaluated_at IS NULL"
)
#: The number of the template that the ticket came in under (``rules.most_bounces``).
_MOST_BOUNCES: Final = (
    "(SELECT (v.body::json ->> 'bounces')::int FROM library_templateversion v "
    "WHERE v.id = tk.template)"
)
#: Tab → what of the unit's tickets stands there. The desk asks; others lead or look from above.
_WAITING: Final = "'draft','refused','returned','objected'"
TABS: Final[dict[str, str]] = {
    "queue": f"p.relations @> ARRAY['asker']::text[] AND p.state IN ({_WAITING})",
    "mine": "p.relations && ARRAY['lead','assisting']::text[] AND p.open AND p.state <> 'done'",
    "running": f"p.relations @> ARRAY['asker']::text[] AND p.open AND p.state NOT IN ({_WAITING})",
    "late": "p.open AND p.due_at < %(at)s AND p.state <> 'done'",
    "answered": "p.relations @> ARRAY['asker']::text[] AND p.state = 'done'",
    # Those drawn when they were closed; the others can be called all the same.
    "call_back": f"{_UNASKED} AND coalesce(tk.sampled, true)",
    "not_drawn": f"{_UNASKED} AND NOT coalesce(tk.sampled, true)",
    "decide": "p.state = 'objected' AND NOT p.relations @> ARRAY['lead']::text[] "
    "OR p.relations @> ARRAY['line']::text[] AND p.state IN ('refused','returned') "
    f"AND t.bounces >= {_MOST_BOUNCES}",
    "all": "true",
}
#: So many are counted in a tab.
MOST: Final = 200
_NUMBER = re.compile(r"^(?:t-?)?(\d{1,18})$", re.IGNORECASE)
_PUBLIC = re.compile(r"^(?:tz-?)?([2-9a-z]{4})-?([2-9a-z]{4})$", re.IGNORECASE)
_FROM: Final = f"FROM tasks_ticket tk JOIN tasks_taskparty p ON p.task_id = tk.task_id {JOINS}"


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket in a list."""

    task: TaskRow
    number: str
    channel: str
    class_code: str
    class_title: str
    registered_at: datetime
    bounces: int

    @property
    def channel_label(self) -> str:
        """How it came in."""
        return str(Channel(self.channel).label)


@dataclass(frozen=True, slots=True)
class TicketPage:
    """One page of a list; ``next`` is the cursor of the one behind it, "" on the last."""

    rows: list[TicketRow]
    next: str


_EXTRA: Final = "tk.number, tk.channel, tk.class_code, tk.template, tk.registered_at, t.bounces"


def listed(
    *, visible_to: Post, at: datetime, tab: str = "queue", q: str = "", cursor: str = "",
    limit: int = 50,
) -> TicketPage:  # fmt: skip
    """Tickets of a tab by due time, whose number or words are ``q``; one query."""
    where, params = _where(visible_to, tab, q, at)
    after = _after(cursor)
    if after:
        where += " AND (p.due_at, p.number) > (%(due)s, %(last)s)"
        params |= {"due": after[0], "last": after[1]}
    statement = f"""SELECT {_EXTRA}, {COLUMNS} {_FROM} WHERE {where}
        ORDER BY p.due_at, p.number LIMIT %(limit)s"""
    with connection.cursor() as database:
        database.execute(statement, params | {"limit": limit + 1})
        found = [_row(values, at=at) for values in database.fetchall()]
    last = found[limit - 1].task if len(found) > limit else None
    return TicketPage(found[:limit], f"{last.due_at.isoformat()}~{last.number}" if last else "")


def counts(*, visible_to: Post, at: datetime, tabs: tuple[str, ...]) -> dict[str, int]:
    """How many there are in each tab, counted up to ``MOST``; one query."""
    parts = []
    params: dict[str, Any] = {
        "unit": visible_to.unit_id, "at": at, "exercise": visible_to.exercise,
    }  # fmt: skip
    for tab in tabs:
        parts.append(
            f"(SELECT count(*) FROM (SELECT 1 {_FROM} WHERE {_BASE} AND ({TABS[tab]}) "  # noqa: S608
            f"LIMIT {MOST}) AS found)"
        )
    with connection.cursor() as database:
        database.execute(f"SELECT {', '.join(parts)}", params)
        return dict(zip(tabs, database.fetchone(), strict=True))


_BASE: Final = "p.unit_id = %(unit)s AND p.exercise = %(exercise)s"


def _where(post: Post, tab: str, q: str, at: datetime) -> tuple[str, dict[str, Any]]:
    params: dict[str, Any] = {"unit": post.unit_id, "at": at, "exercise": post.exercise}
    where = f"{_BASE} AND ({TABS.get(tab, 'true')})"
    text = q.strip()[:100]
    if not text:
        return where, params
    number, public = _NUMBER.match(text), _PUBLIC.match(text)
    words = [f"(t.title ILIKE %(w{i})s OR t.body ILIKE %(w{i})s)" for i in range(len(text.split()))]
    params |= {f"w{i}": f"%{escaped(word)}%" for i, word in enumerate(text.split())}
    either = [" AND ".join(words)]
    if number:
        either.append("t.number = %(number)s")
        params["number"] = int(number[1])
    if public:
        either.append("tk.number = %(public)s")
        params["public"] = normal(text)
    return f"{where} AND ({' OR '.join(f'({one})' for one in either)})", params


def _after(cursor: str) -> tuple[datetime, int] | None:
    due, _stroke, number = cursor.partition("~")
    try:
        return datetime.fromisoformat(due), int(number)
    except ValueError:
        return None


def _row(values: tuple[Any, ...], *, at: datetime) -> TicketRow:
    number, channel, code, template, registered, bounces, *task = values
    return TicketRow(
        row(task, at=at), number, channel, code, class_title(template, code), registered, bounces
    )


def class_title(template: UUID, code: str) -> str:
    """What the class is called in the template that the ticket came in under."""
    found = rules.hotline_of(template).ticket_class(code)
    return str(found.title) if found is not None else code


@dataclass(frozen=True, slots=True)
class Similar:
    """An open ticket nearby that may be about the same matter; ``likeness`` in percent."""

    row: TicketRow
    likeness: int


_SIMILAR: Final = f"""
WITH asked AS (SELECT tasks_bigrams(%(text)s) AS grams), near AS (
    SELECT tk.task_id, t.number FROM tasks_ticket tk JOIN tasks_task t ON t.id = tk.task_id
    JOIN tasks_taskparty p ON p.task_id = tk.task_id AND p.unit_id = %(unit)s
    JOIN places_area a ON a.id = t.area_id
    WHERE p.open AND p.state <> 'done' AND p.relations && ARRAY['asker','lead']::text[]
    AND (a.path LIKE %(inside)s OR %(path)s LIKE a.path || '%%')
    ORDER BY tk.registered_at DESC LIMIT 500
), alike AS (
    SELECT near.task_id, (SELECT count(*) FROM unnest(tasks_bigrams(t.title || ' ' || t.body)) g
        WHERE g = ANY(asked.grams)) AS shared, cardinality(asked.grams) AS size
    FROM near JOIN tasks_task t ON t.id = near.task_id, asked
)
SELECT alike.shared * 100 / greatest(alike.size, 1), {_EXTRA}, {COLUMNS} {_FROM}
JOIN alike ON alike.task_id = tk.task_id
WHERE p.unit_id = %(unit)s AND alike.shared * 100 >= alike.size * 35 AND alike.shared >= 2
ORDER BY 1 DESC, t.number LIMIT 5
"""  # noqa: S608 – of fixed parts


def similar(text: str, *, area: Area, visible_to: Post, at: datetime) -> list[Similar]:
    """Open tickets of the same area, or of one around or inside it, that share many pairs of
    characters with the text: the same matter, perhaps. One query."""
    if len(text.strip()) < 4:
        return []
    with connection.cursor() as database:
        database.execute(
            _SIMILAR,
            {
                "text": text.strip()[:1000],
                "unit": visible_to.unit_id,
                "inside": f"{escaped(area.path)}%",
                "path": area.path,
            },
        )
        return [
            Similar(_row(values, at=at), min(100, int(likeness)))
            for likeness, *values in database.fetchall()
        ]


@dataclass(frozen=True)
class Followed:
    """A ticket as whoever holds its number may know it. Of a repeat it is the ticket that goes
    on for both that says how far it is: ``task``."""

    ticket: Ticket
    task: Task
    class_title: str

    @property
    def answered(self) -> bool:
        """True once there is an answer."""
        return self.task.state in {State.DONE, State.CONFIRMED}

    @property
    def handled_by(self) -> str:
        """The unit that has it now."""
        with_desk = {State.DRAFT, State.REFUSED, State.RETURNED}
        return str((self.task.asker if self.task.state in with_desk else self.task.lead).name)

    @property
    def stage(self) -> str:
        """received, dispatched, handled, answered, closed or withdrawn."""
        match self.task.state:
            case State.DRAFT:
                return "received"
            case State.ACCEPTED | State.IN_PROGRESS | State.BLOCKED:
                return "handled"
            case State.DONE:
                return "answered"
            case State.CONFIRMED:
                return "closed"
            case State.WITHDRAWN:
                return "withdrawn"
            case _:
                return "dispatched"


def by_number(number: str) -> Followed:
    """The ticket behind a number, for whoever knows it. Raises NotFound."""
    found = (
        Ticket.objects.select_related("task__lead", "task__asker", "task__area")
        .filter(number=normal(number))
        .first()
    )
    if found is None:
        raise NotFound(field="ticket")
    return Followed(found, found.going_on, class_title(found.template, found.class_code))


def all_rows(*, visible_to: Post, at: datetime, tab: str, q: str) -> Iterator[TicketRow]:
    """Every ticket of a list, page by page."""
    cursor = ""
    while True:
        page = listed(visible_to=visible_to, at=at, tab=tab, q=q, cursor=cursor, limit=200)
        yield from page.rows
        if not page.next:
            return
        cursor = page.next

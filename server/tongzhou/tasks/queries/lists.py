"""Lists by keyset: the next page starts behind the last line, however far in it is.

The SQL here is put together from fixed parts of this package (hence S608 is set aside); what
comes from outside is always a parameter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from tongzhou.actors.models import Post
from tongzhou.kernel.api.cursor import CursorInvalid, Key, decode, encode
from tongzhou.tasks.models import State
from tongzhou.tasks.queries.filters import (
    INDEXED,
    ORDERS,
    TaskFilters,
    Where,
    branches,
    in_states,
    only,
    own,
    where,
    without_words,
    words,
    words_nearby,
)
from tongzhou.tasks.queries.rows import COLUMNS, JOINS, TaskRow, row

#: How far things are counted: what is above is "more than".
MOST: Final = 1000
LIMIT: Final = 200


@dataclass(frozen=True, slots=True)
class Page:
    """Lines of a list; ``next`` is the cursor of the page behind it, "" on the last one."""

    rows: list[TaskRow]
    next: str


@dataclass(frozen=True, slots=True)
class Section:
    """The first lines of a short list; ``count`` of all of them stops at 100, then ``more``
    is true."""

    rows: list[TaskRow]
    count: int
    more: bool


COUNTED: Final = 100
_NEARBY: Final = 2000  # tasks of a list in which common words are looked for first


def list_tasks(
    *,
    visible_to: Post,
    filters: TaskFilters | None = None,
    at: datetime,
    cursor: str = "",
    limit: int = 50,
) -> Page:
    """A page of the tasks that the post may see; ``limit`` up to 200. One query, and one or
    two for each code in the filters. Raises CursorInvalid."""
    chosen = filters or TaskFilters()
    size = max(1, min(limit, LIMIT))
    order, behind = ORDERS[chosen.sort]
    start = only(behind, *_read(cursor, chosen.sort)) if cursor else only("true")
    walk = _Walk([branch & start for branch in branches(chosen)], order, size + 1)
    base = without_words(chosen, visible_to=visible_to, at=at)
    rows = _nearby(walk, base, chosen.q, at=at) if chosen.q else None
    if rows is None:
        condition = base & words(chosen.q) if chosen.q else base
        rows = _rows(walk.runs(condition), order, at=at)
    last = rows[size - 1] if len(rows) > size else None
    return Page(rows[:size], _written(last, chosen.sort) if last else "")


@dataclass(frozen=True)
class _Walk:
    """How a list is walked: runs of an index, their common order, and how far."""

    branches: list[Where]
    order: str
    limit: int

    def runs(self, condition: Where, *, limit: int = 0) -> tuple[str, list[Any]]:
        """The first parties of all runs together."""
        length = limit or self.limit
        each = [_run(condition & branch, self.order, length) for branch in self.branches]
        union = " UNION ALL ".join(sql for sql, _ in each)
        statement = f"(SELECT * FROM ({union}) p ORDER BY {self.order} LIMIT {length:d})"  # noqa: S608
        return statement, [value for _, params in each for value in params]


def _rows(parties: tuple[str, list[Any]], order: str, *, at: datetime) -> list[TaskRow]:
    source, params = parties
    statement = f"SELECT {COLUMNS} FROM {source} p {JOINS} ORDER BY {order}"  # noqa: S608
    with connection.cursor() as database:
        database.execute(statement, params)
        return [row(values, at=at) for values in database.fetchall()]


def _nearby(walk: _Walk, base: Where, text: str, *, at: datetime) -> list[TaskRow] | None:
    """The page, where the words are so common that the first tasks of the list fill it; None
    where they are not. The index on titles would read every task that holds them."""
    nearby = words_nearby(text)
    if nearby is None:
        return None
    first, params = walk.runs(base, limit=_NEARBY)
    found = f"""
        (SELECT p.* FROM {first} p JOIN tasks_task t ON t.id = p.task_id
        WHERE {" AND ".join(nearby.conditions)} ORDER BY {walk.order} LIMIT {walk.limit:d})
    """  # noqa: S608 – of fixed parts; every value is a parameter
    rows = _rows((found, [*params, *nearby.params]), walk.order, at=at)
    return rows if len(rows) == walk.limit else None


def all_rows(*, visible_to: Post, filters: TaskFilters, at: datetime) -> Iterator[TaskRow]:
    """Every line of a list, page by page: memory does not grow with it."""
    cursor = ""
    while True:
        page = list_tasks(visible_to=visible_to, filters=filters, at=at, cursor=cursor, limit=LIMIT)
        yield from page.rows
        cursor = page.next
        if not cursor:
            return


def _run(condition: Where, order: str, limit: int) -> tuple[str, list[Any]]:
    # The limit is written out: of a parameter the planner fears the worst, and keeps no plan.
    statement = f"""
        (SELECT p.task_id, p.relations, p.open, p.number, p.due_at, p.updated_at
        FROM {condition.source} WHERE {" AND ".join(condition.conditions)}
        ORDER BY {order} LIMIT {limit:d})
    """  # noqa: S608 – of fixed parts; every value is a parameter
    return statement, list(condition.params)


def counts_by_state(
    *, visible_to: Post, filters: TaskFilters | None = None, at: datetime
) -> dict[str, int]:
    """How many tasks are in each state (``states`` and ``show`` of the filters left aside),
    each counted up to ``MOST``."""
    chosen = filters or TaskFilters()
    condition = where(chosen, visible_to=visible_to, at=at)
    if chosen.q or chosen.relation in INDEXED:
        return _counted_in_one_pass(condition)
    return counted(condition)


def counted(condition: Where) -> dict[str, int]:
    """How many tasks under a condition are in each state, state by state, so that each stops
    at ``MOST``. One query."""
    return _counts({state.value: condition & in_states(state) for state in State}, most=MOST)


def _counts(wanted: Mapping[str, Where], *, most: int) -> dict[str, int]:
    """How many tasks each condition lets through, counted up to ``most``. One query."""
    runs = [_run(condition, ORDERS["due"][0], most) for condition in wanted.values()]
    counts = ", ".join(f"(SELECT count(*) FROM {run} counted)" for run, _ in runs)  # noqa: S608
    with connection.cursor() as database:
        database.execute(f"SELECT {counts}", [v for _, params in runs for v in params])
        found = database.fetchone()
    return dict(zip(wanted, found, strict=True))


def _counted_in_one_pass(condition: Where) -> dict[str, int]:
    """The same where what is found is few, or found at once, but not in the order of states."""
    statement = f"""
        SELECT p.state, least(count(*), %s) FROM {condition.source}
        WHERE {" AND ".join(condition.conditions)} GROUP BY p.state
    """  # noqa: S608 – of fixed parts; every value is a parameter
    with connection.cursor() as database:
        database.execute(statement, [MOST, *condition.params])
        return dict.fromkeys(State.values, 0) | dict(database.fetchall())


def sections(
    wanted: Mapping[str, Where], *, visible_to: Post, at: datetime, limit: int
) -> dict[str, Section]:
    """Several short lists by due time in one query, each counted up to 100."""
    mine = own(visible_to)
    runs, params = [], []
    for name, condition in wanted.items():
        sql, values = _run(mine & condition, ORDERS["due"][0], COUNTED + 1)
        runs.append(f"(SELECT %s AS section, run.* FROM {sql} run)")  # noqa: S608
        params += [name, *values]
    statement = f"""
        SELECT p.section, p.total, {COLUMNS} FROM (
            SELECT *, count(*) OVER (PARTITION BY section) AS total,
                row_number() OVER (PARTITION BY section ORDER BY due_at, number) AS place
            FROM ({" UNION ALL ".join(runs)}) found
        ) p {JOINS} WHERE p.place <= %s ORDER BY p.section, p.place
    """  # noqa: S608 – of fixed parts; every value is a parameter
    found = {name: Section([], 0, False) for name in wanted}
    with connection.cursor() as database:
        database.execute(statement, [*params, limit])
        for name, total, *values in database.fetchall():
            if not found[name].rows:
                found[name] = Section([], min(total, COUNTED), total > COUNTED)
            found[name].rows.append(row(values, at=at))
    return found


def sizes(wanted: Mapping[str, Where], *, visible_to: Post) -> dict[str, Section]:
    """The same without any lines, in a fraction of the time."""
    mine = own(visible_to)
    totals = _counts({name: mine & one for name, one in wanted.items()}, most=COUNTED + 1)
    return {
        name: Section([], min(total, COUNTED), total > COUNTED) for name, total in totals.items()
    }


def _written(last: TaskRow, sort: str) -> str:
    keys: dict[str, Sequence[Key]] = {
        "due": (last.due_at.isoformat(), last.number),
        "created": (last.number,),
        "updated": (last.updated_at.isoformat(), last.number),
    }
    return encode([sort, *keys[sort]])


_KINDS: Final[Mapping[str, Sequence[type[Key]]]] = {
    "due": (str, datetime, int),
    "created": (str, int),
    "updated": (str, datetime, int),
}


def _read(cursor: str, sort: str) -> list[Any]:
    given, *keys = decode(cursor, _KINDS[sort])
    if given != sort:
        raise CursorInvalid(field="cursor")
    return keys

"""Lists by keyset: the next page starts behind the last line, however far in it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from tongzhou.actors.models import Post
from tongzhou.kernel.api.cursor import CursorInvalid, Key, decode, encode
from tongzhou.tasks.models import State
from tongzhou.tasks.queries.filters import ORDERS, TaskFilters, Where, branches, only, where
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
    condition = where(chosen, visible_to=visible_to, at=at)
    if cursor:
        condition &= only(behind, *_read(cursor, chosen.sort))
    runs = [_run(condition & branch, order, size + 1) for branch in branches(chosen)]
    statement = f"""
        SELECT {COLUMNS} FROM (
            SELECT * FROM ({" UNION ALL ".join(sql for sql, _ in runs)}) p
            ORDER BY {order} LIMIT %s
        ) p {JOINS} ORDER BY {order}
    """  # noqa: S608 – of fixed parts; every value is a parameter
    with connection.cursor() as database:
        database.execute(statement, [v for _, params in runs for v in params] + [size + 1])
        rows = [row(values, at=at) for values in database.fetchall()]
    last = rows[size - 1] if len(rows) > size else None
    return Page(rows[:size], _written(last, chosen.sort) if last else "")


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
    statement = f"""
        (SELECT p.task_id, p.relations, p.open, p.number, p.due_at, p.updated_at
        FROM {condition.source} WHERE {" AND ".join(condition.conditions)}
        ORDER BY {order} LIMIT %s)
    """  # noqa: S608 – of fixed parts; every value is a parameter
    return statement, [*condition.params, limit]


def counts_by_state(
    *, visible_to: Post, filters: TaskFilters | None = None, at: datetime
) -> dict[str, int]:
    """How many tasks are in each state (``states`` and ``show`` of the filters left aside),
    each counted up to ``MOST``."""
    return counted(where(filters or TaskFilters(), visible_to=visible_to, at=at))


def counted(condition: Where) -> dict[str, int]:
    """How many tasks under a condition are in each state. One query."""
    statement = f"""
        SELECT s.state, (SELECT count(*) FROM (
            SELECT 1 FROM {condition.source}
            WHERE {" AND ".join(condition.conditions)} AND p.state = s.state LIMIT %s
        ) AS counted)
        FROM unnest(%s::text[]) AS s(state)
    """  # noqa: S608 – of fixed parts; every value is a parameter
    with connection.cursor() as database:
        database.execute(statement, [*condition.params, MOST, State.values])
        return dict(database.fetchall())


def sections(
    wanted: Mapping[str, Where], *, visible_to: Post, at: datetime, limit: int
) -> dict[str, Section]:
    """Several short lists by due time in one query, each counted up to 100."""
    mine = only("p.unit_id = %s", visible_to.unit_id)
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

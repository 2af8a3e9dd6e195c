"""What a list of tasks is narrowed to: kept in the address, turned into SQL here.

Words of the title are found by pairs of characters (an index over ``tasks_bigrams(title)``):
that finds Chinese, which has no blanks between words, as well as parts of English words.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final, Protocol

from tongzhou.actors.models import Post
from tongzhou.tasks.choices import require_choice
from tongzhou.tasks.models import Basis, Priority, State, Work
from tongzhou.tasks.transitions import RUNNING

RELATIONS: Final = ("asker", "lead", "assisting", "informed", "line", "direct")
SHOWN: Final = ("open", "closed", "all")
SORTS: Final = ("due", "created", "updated")
_NUMBER = re.compile(r"^(?:t-?)?(\d{1,18})$", re.IGNORECASE)
_LONGEST = 200


class Query(Protocol):
    """The part of Django's QueryDict that is needed."""

    def getlist(self, key: str, /) -> list[Any]:
        """All values of a key."""
        ...


@dataclass(frozen=True, slots=True)
class TaskFilters:
    """``relation``: how the reader's unit stands to the task ("direct": any but only from
    above); ``states`` wins over ``show``; ``mine``: handled by the reader's post; ``area``:
    with everything below it; ``unit``: asks or leads; ``q``: number or words of the title."""

    relation: str = ""
    states: tuple[str, ...] = ()
    show: str = "open"
    late: bool = False
    mine: bool = False
    incident: str = ""
    area: str = ""
    unit: str = ""
    basis: str = ""
    work: str = ""
    priority: int | None = None
    q: str = ""
    sort: str = "due"

    def __post_init__(self) -> None:
        """Raises UnknownChoice with the field."""
        for name, value, possible in (
            ("relation", self.relation, ("", *RELATIONS)),
            ("show", self.show, SHOWN),
            ("basis", self.basis, ("", *Basis.values)),
            ("work", self.work, ("", *Work.values)),
            ("priority", self.priority, (None, *Priority.values)),
            ("sort", self.sort, SORTS),
        ):
            require_choice(value, possible, field=name)
        for state in self.states:
            require_choice(state, State.values, field="state")

    @classmethod
    def from_query(cls, query: Query) -> "TaskFilters":
        """Reads the filters from an address; what is not there is as if empty. Raises
        UnknownChoice with the field."""

        def last(name: str) -> str:
            values = query.getlist(name)
            return str(values[-1]).strip()[:_LONGEST] if values else ""

        priority = last("priority")
        if priority:
            require_choice(priority, [str(v) for v in Priority.values], field="priority")
        return cls(
            relation=last("relation"),
            states=tuple(dict.fromkeys(str(s) for s in query.getlist("state") if s)),
            show=last("show") or "open",
            late=last("late") == "1",
            mine=last("mine") == "1",
            incident=last("incident"),
            area=last("area"),
            unit=last("unit"),
            basis=last("basis"),
            work=last("work"),
            priority=int(priority) if priority else None,
            q=last("q"),
            sort=last("sort") or "due",
        )

    def to_query(self) -> list[tuple[str, str]]:
        """The pairs for an address, without what is as if empty."""
        plain = TaskFilters()
        pairs: list[tuple[str, str]] = [("state", state) for state in self.states]
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name != "states" and value != getattr(plain, field.name):
                pairs.append((field.name, "1" if value is True else str(value)))
        return pairs


@dataclass(frozen=True, slots=True)
class Where:
    """Conditions over ``tasks_taskparty p`` and, where ``joined``, ``tasks_task t``."""

    conditions: tuple[str, ...]
    params: tuple[Any, ...]
    joined: bool

    @property
    def source(self) -> str:
        """What stands behind FROM."""
        join = " JOIN tasks_task t ON t.id = p.task_id" if self.joined else ""
        return f"tasks_taskparty p{join}"

    def __and__(self, other: "Where") -> "Where":
        return Where(
            self.conditions + other.conditions,
            self.params + other.params,
            self.joined or other.joined,
        )


def only(condition: str, *params: object, joined: bool = False) -> Where:
    """One condition."""
    return Where((condition,), params, joined)


def related(relation: str) -> Where:
    """How the reader's unit stands to the task."""
    if relation == "line":
        return only("p.relations = ARRAY['line']::text[]")
    # Word for word the condition of the index task_list_direct.
    direct = only("NOT (p.relations = ARRAY['line']::text[])")
    return direct if relation == "direct" else direct & only("p.relations @> %s", [relation])


def in_states(*states: str) -> Where:
    """In one of these states."""
    values = [State(state).value for state in states]
    return (
        only("p.state = %s", values[0]) if len(values) == 1 else only("p.state = ANY(%s)", values)
    )


def where(filters: TaskFilters, *, visible_to: Post, at: datetime) -> Where:
    """Everything but ``states``, ``show`` and ``sort``, which say how the index is walked."""
    parts = list(_conditions(filters, visible_to, at))
    found = only("p.unit_id = %s", visible_to.unit_id)
    for part in parts:
        found &= part
    return found


def _conditions(filters: TaskFilters, post: Post, at: datetime) -> Iterator[Where]:
    if filters.relation:
        yield related(filters.relation)
    if filters.late:
        yield only("p.open") & only("p.due_at < %s", at) & in_states(*sorted(RUNNING))
    if filters.mine:
        yield only("t.handler_id = %s", post.id, joined=True)
    if filters.incident:
        yield only(
            "t.incident_id = (SELECT id FROM incidents_incident WHERE code = %s)",
            filters.incident,
            joined=True,
        )
    if filters.area:
        yield only(
            "t.area_id IN (SELECT a.id FROM places_area top JOIN places_area a "
            "ON starts_with(a.path, top.path) WHERE top.code = %s)",
            filters.area,
            joined=True,
        )
    if filters.unit:
        yield only(
            "(SELECT id FROM actors_unit WHERE code = %s) IN (t.asker_id, t.lead_id)",
            filters.unit,
            joined=True,
        )
    for column in ("basis", "work", "priority"):
        value = getattr(filters, column)
        if value not in ("", None):
            yield only(f"t.{column} = %s", value, joined=True)
    if filters.q:
        yield _words(filters.q)


def _words(text: str) -> Where:
    number = _NUMBER.match(text)
    words = text.split()
    titles = Where(
        tuple("tasks_bigrams(t.title) @> tasks_bigrams(%s) AND t.title ILIKE %s" for _ in words),
        tuple(value for word in words for value in (word, f"%{_escaped(word)}%")),
        joined=True,
    )
    if number is None:
        return titles
    return only(
        f"(t.number = %s OR ({' AND '.join(titles.conditions)}))",
        int(number[1]),
        *titles.params,
        joined=True,
    )


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def branches(filters: TaskFilters) -> list[Where]:
    """The runs of an index that together hold what the filters let through: each is in the
    order of due time, so that the first of all are among the first of each."""
    if filters.states:
        return [in_states(state) for state in filters.states]
    runs = {"open": [only("p.open")], "closed": [only("NOT p.open")]}
    return runs.get(filters.show) or [*runs["open"], *runs["closed"]]


#: Column list to order by, and the comparison that continues behind a line.
ORDERS: Final[Mapping[str, tuple[str, str]]] = {
    "due": ("p.due_at, p.number", "(p.due_at, p.number) > (%s, %s)"),
    "created": ("p.number DESC", "p.number < %s"),
    "updated": ("p.updated_at DESC, p.number DESC", "(p.updated_at, p.number) < (%s, %s)"),
}

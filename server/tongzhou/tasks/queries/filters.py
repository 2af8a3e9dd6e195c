"""What a list of tasks is narrowed to: kept in the address, turned into SQL here.

Words of the title are found by pairs of characters (an index over ``tasks_bigrams(title)``):
that finds Chinese, which has no blanks between words, as well as parts of English words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final, Protocol

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models import Incident
from tongzhou.places.models import Area
from tongzhou.tasks.choices import require_choice
from tongzhou.tasks.models import CLOSED, Basis, Form, Priority, State, Work
from tongzhou.tasks.transitions import RUNNING

RELATIONS: Final = ("asker", "lead", "assisting", "informed", "line", "direct")
#: Relations with an index of their own.
INDEXED: Final = ("asker", "lead", "assisting", "informed", "direct")
SHOWN: Final = ("open", "closed", "all")
SORTS: Final = ("due", "created", "updated")
_NUMBER = re.compile(r"^(?:t-?)?(\d{1,18})$", re.IGNORECASE)
_LONGEST = 200
_AREAS = 1000  # so many are named one by one


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
    form: str = ""
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
            ("form", self.form, ("", *Form.values)),
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
            form=last("form"),
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


def own(post: Post) -> Where:
    """What the unit of the post has to do with: real tasks, or those of exercises while the
    post looks at these."""
    world = "p.exercise" if post.exercise else "NOT p.exercise"
    return only("p.unit_id = %s", post.unit_id) & only(world)


def related(relation: str) -> Where:
    """How the reader's unit stands to the task."""
    match relation:
        case "line":
            return only("p.relations = ARRAY['line']::text[]")
        case "direct":
            # Here and below word for word the conditions of the indexes task_list_….
            return only("NOT (p.relations = ARRAY['line']::text[])")
        case "asker" | "lead" | "assisting" | "informed":
            return only(f"p.relations @> ARRAY['{relation}']::text[]")
        case _:
            raise ValueError(relation)


def in_states(*states: str) -> Where:
    """In one of these states, found by the indexes on them."""
    return only(f"p.state IN ({_listed(states)})")


def filtered_by_states(*states: str) -> Where:
    """The same where another, shorter run of an index is to be walked, that of a relation:
    "IS TRUE" keeps the database from choosing the one on states."""
    return only(f"(p.state IN ({_listed(states)})) IS TRUE")


def _listed(states: Iterable[str]) -> str:
    """States written out, each known by name: only a plan that sees them, and not a parameter,
    can use an index that holds some of them alone, and still be kept."""
    return ", ".join(f"'{State(state).value}'" for state in states)


def where(filters: TaskFilters, *, visible_to: Post, at: datetime) -> Where:
    """Everything but ``states``, ``show`` and ``sort``, which say how the index is walked."""
    found = without_words(filters, visible_to=visible_to, at=at)
    return found & words(filters.q) if filters.q else found


def without_words(filters: TaskFilters, *, visible_to: Post, at: datetime) -> Where:
    """The same, whatever the title says."""
    found = own(visible_to)
    for part in _conditions(filters, visible_to, at):
        found &= part
    return found


def _conditions(filters: TaskFilters, post: Post, at: datetime) -> Iterator[Where]:
    if filters.relation:
        yield related(filters.relation)
    if filters.late:
        yield only("p.open") & only("p.due_at < %s", at) & in_states(*sorted(RUNNING))
    if filters.mine:
        yield only("t.handler_id = %s", post.id, joined=True)
    # Codes become ids first: only with the id itself does the database know how many tasks
    # there are to it, and whether to begin with them or with the unit's list.
    if filters.incident:
        found = Incident.objects.filter(code=filters.incident).values_list("id", flat=True)
        yield only("t.incident_id = ANY(%s)", list(found), joined=True)
    if filters.area:
        yield _inside(filters.area)
    if filters.unit:
        units = list(Unit.objects.filter(code=filters.unit).values_list("id", flat=True))
        yield only("(t.asker_id = ANY(%s) OR t.lead_id = ANY(%s))", units, units, joined=True)
    for column in ("basis", "work", "form", "priority"):
        value = getattr(filters, column)
        if value not in ("", None):
            yield only(f"t.{column} = %s", value, joined=True)


def _inside(code: str) -> Where:
    path = Area.objects.filter(code=code).values_list("path", flat=True).first()
    if path is None:
        return only("false")
    areas = list(Area.objects.filter(path__startswith=path).values_list("id", flat=True)[:_AREAS])
    if len(areas) < _AREAS:
        return only("t.area_id = ANY(%s)", areas, joined=True)
    return only(
        "t.area_id IN (SELECT id FROM places_area WHERE path LIKE %s)",
        f"{escaped(path)}%",
        joined=True,
    )


_TITLE = "tasks_bigrams(t.title) @> tasks_bigrams(%s) AND t.title ILIKE %s"


def words(text: str) -> Where:
    """All words stand in the title, or the text is its number."""
    number = _NUMBER.match(text)
    titles = Where(
        (_TITLE,) * len(text.split()),
        tuple(value for word in text.split() for value in (word, f"%{escaped(word)}%")),
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


def words_nearby(text: str) -> Where | None:
    """The words as they are looked for in a few titles, without the index; None where a
    number may be meant."""
    if _NUMBER.match(text):
        return None
    words = text.split()
    return Where(
        tuple("t.title ILIKE %s" for _ in words),
        tuple(f"%{escaped(word)}%" for word in words),
        joined=True,
    )


def escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def branches(filters: TaskFilters) -> list[Where]:
    """The runs of an index that together hold what the filters let through: each is in the
    order of due time, so that the first of all are among the first of each."""
    if filters.states and filters.relation in INDEXED:
        open_ones = [s for s in filters.states if s not in CLOSED]
        closed_ones = [s for s in filters.states if s in CLOSED]
        return [
            only(walked) & filtered_by_states(*states)
            for walked, states in (("p.open", open_ones), ("NOT p.open", closed_ones))
            if states
        ]
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

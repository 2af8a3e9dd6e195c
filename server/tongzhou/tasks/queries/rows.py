"""One line of a list of tasks, with every name in it, read in one query.

Lists are read by hand-written SQL: they are what everybody looks at all day, and building
model instances for fifty lines and their units would cost more than everything else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language

from tongzhou.tasks.models import Basis, Form, Priority, State, Work
from tongzhou.tasks.transitions import RUNNING


@dataclass(frozen=True, slots=True)
class Label:
    """What a unit, area or incident is called; ``sector`` of a unit only."""

    code: str
    name_zh: str
    name_en: str
    sector: str = ""

    @property
    def name(self) -> str:
        """The name in the active language, the other one where it has none."""
        if (get_language() or "").startswith("zh"):
            return self.name_zh or self.name_en
        return self.name_en or self.name_zh

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as a list shows it. ``relations``: how the reader's unit stands to it; ``late``:
    past its due time and still with its lead; ``reason``: of the last refusal, return or
    blockage, "" where there is none."""

    id: UUID
    number: int
    title: str
    form: str
    state: str
    priority: int
    work: str
    basis: str
    asker: Label
    lead: Label
    area: Label
    incident: Label | None
    better_owner: Label | None
    due_at: datetime
    created_at: datetime
    updated_at: datetime
    dispatched_at: datetime | None
    accepted_at: datetime | None
    done_at: datetime | None
    relations: frozenset[str]
    reason: str
    reopened: int
    late: bool
    open: bool

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"T-{self.number}"

    @property
    def state_label(self) -> str | Promise:
        """The state in the active language."""
        return State(self.state).label

    @property
    def form_label(self) -> str | Promise:
        """The form in the active language."""
        return Form(self.form).label

    @property
    def priority_label(self) -> str | Promise:
        """The priority in the active language."""
        return Priority(self.priority).label

    @property
    def work_label(self) -> str | Promise:
        """The kind of work in the active language."""
        return Work(self.work).label

    @property
    def basis_label(self) -> str | Promise:
        """The basis in the active language."""
        return Basis(self.basis).label


#: What to select so that ``row`` can read it; ``p`` is the reader's party or a page of them.
COLUMNS: Final = """
    t.id, t.number, t.title, t.form, t.state, t.priority, t.work, t.basis,
    asker.code, asker.name_zh, asker.name_en, asker.sector,
    lead.code, lead.name_zh, lead.name_en, lead.sector,
    area.code, area.name_zh, area.name_en,
    incident.code, incident.title_zh, incident.title_en,
    better.code, better.name_zh, better.name_en, better.sector,
    t.due_at, t.created_at, t.updated_at, t.dispatched_at, t.accepted_at, t.done_at,
    p.relations, t.reason, t.reopened, p.open
"""
#: What stands behind ``FROM <parties> p``.
JOINS: Final = """
    JOIN tasks_task t ON t.id = p.task_id
    JOIN actors_unit asker ON asker.id = t.asker_id
    JOIN actors_unit lead ON lead.id = t.lead_id
    JOIN places_area area ON area.id = t.area_id
    LEFT JOIN incidents_incident incident ON incident.id = t.incident_id
    LEFT JOIN actors_unit better ON better.id = t.better_owner_id
"""


def row(values: Sequence[Any], *, at: datetime) -> TaskRow:
    """A line from the values of ``COLUMNS``; ``at`` decides whether it is late."""
    (
        task, number, title, form, state, priority, work, basis,
        a1, a2, a3, a4, l1, l2, l3, l4, r1, r2, r3, i1, i2, i3, b1, b2, b3, b4,
        due, created, updated, dispatched, accepted, done,
        relations, reason, reopened, is_open,
    ) = values  # fmt: skip
    return TaskRow(
        task, number, title, form, state, priority, work, basis,
        Label(a1, a2, a3, a4),
        Label(l1, l2, l3, l4),
        Label(r1, r2, r3),
        Label(i1, i2, i3) if i1 is not None else None,
        Label(b1, b2, b3, b4) if b1 is not None else None,
        due, created, updated, dispatched, accepted, done,
        frozenset(relations), reason, reopened, due < at and state in RUNNING, is_open,
    )  # fmt: skip

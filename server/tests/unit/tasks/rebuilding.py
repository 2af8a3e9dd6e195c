"""What the acts of the ledger say about tasks, without a look at the tasks' own tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tongzhou.ledger.models import Act
from tongzhou.tasks.models import Task


@dataclass
class Facts:
    """What decides about a task: its state, whose it is, by when."""

    state: str = ""
    asker: str = ""
    lead: str = ""
    assisting: list[str] = field(default_factory=list)
    informed: list[str] = field(default_factory=list)
    handler: str | None = None
    better_owner: str | None = None
    priority: int = 0
    due_at: Any = None
    parent: str | None = None
    merged_into: str | None = None
    reopened: int = 0
    form: str = "task"
    bounces: int = 0
    came_from: list[str] = field(default_factory=list)
    binding: bool = False


def from_table(task: Task) -> Facts:
    """The same from the row."""

    def text(value: UUID | None) -> str | None:
        return None if value is None else str(value)

    return Facts(
        state=task.state,
        asker=str(task.asker_id),
        lead=str(task.lead_id),
        assisting=[str(unit) for unit in task.assisting],
        informed=[str(unit) for unit in task.informed],
        handler=text(task.handler_id),
        better_owner=text(task.better_owner_id),
        priority=task.priority,
        due_at=task.due_at,
        parent=text(task.parent_id),
        merged_into=text(task.merged_into_id),
        reopened=task.reopened,
        form=task.form,
        bounces=task.bounces,
        came_from=[str(unit) for unit in task.came_from],
        binding=task.binding,
    )


_NAMED = (
    "asker", "lead", "assisting", "informed", "priority", "parent", "better_owner", "handler",
    "form", "bounces", "came_from", "binding",
)  # fmt: skip
_SENT = {
    "task.dispatched.v1",
    "task.forwarded.v1",
    "task.objection_upheld.v1",
    "task.owner_decided.v1",
}
#: Their due time is when somebody must be there, not when the work must be done.
_ARRIVAL = {"whistle.called.v1", "whistle.arrived.v1"}
_LET_GO = {
    "task.released.v1",
    "task.refused.v1",
    "task.returned.v1",
    "task.withdrawn.v1",
    "task.merged.v1",
    *_SENT,
}


def rebuild(acts: Iterable[Act]) -> dict[UUID, Facts]:
    """The facts of every task, folded from acts in their order."""
    found: dict[UUID, Facts] = {}
    for act in acts:
        if act.about_kind != "task":
            continue
        facts = found.setdefault(act.about_id, Facts())
        facts.state = act.data["state"]
        if act.type not in _ARRIVAL:
            facts.due_at = act.due_at
        if act.type in _LET_GO:
            facts.handler = None
        if act.type in _SENT:
            facts.better_owner = None
        if act.type in {"task.reopened.v1", "ticket.reopened.v1"}:
            facts.reopened += 1
        if act.type == "task.merged.v1":
            _merge(act, facts, found)
            continue
        for name in _NAMED:
            if name in act.data:
                setattr(facts, name, act.data[name])
    return found


def _merge(act: Act, facts: Facts, found: dict[UUID, Facts]) -> None:
    facts.merged_into = act.data["into"]
    found[UUID(act.data["into"])].informed = act.data["informed"]
    for other in found.values():
        if other.parent == str(act.about_id):
            other.parent = act.data["into"]

"""Sending many tasks at once, for plans: every row and every act is the one that ``send_task``
would write, in a number of statements that does not hang on how many tasks there are."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.ledger.append import Json, append_all
from tongzhou.tasks import access
from tongzhou.tasks.actions.create_task import draft, facts, next_numbers, require_may_create
from tongzhou.tasks.actions.dispatch_task import require_sendable, sent
from tongzhou.tasks.actions.transition import act_on, require_fit
from tongzhou.tasks.acts import TASK_CREATED, TASK_DISPATCHED
from tongzhou.tasks.models import State, Task
from tongzhou.tasks.transitions import ASKER, LINE


class Sending:
    """Tasks of one post that go out together. In one transaction: what is asked once for all,
    whether the post may ask for anything in an incident, must not change in between."""

    def __init__(self, *, by: Post, at: datetime) -> None:
        self._by, self._at = by, at
        self._may: set[UUID | None] = set()
        self._tasks: list[tuple[Task, dict[str, Json]]] = []

    def add(self, **task: Any) -> None:
        """Checks one more task; nothing is written. Takes what ``create_task`` takes, but for
        other units and a parent, and raises what ``send_task`` raises."""
        by = self._by
        drafted = draft(by=by, at=self._at, **task)
        if drafted.incident_id not in self._may:
            require_may_create(drafted.incident, by=by)
            self._may.add(drafted.incident_id)
        drafted.relations = {unit: frozenset([LINE]) for unit in by.unit.line}
        drafted.relations[by.unit_id] = frozenset([ASKER])
        require_fit("dispatch", task=drafted, by=by)
        self._tasks.append((drafted, require_sendable(drafted, by=by, at=self._at)))

    def send(self) -> list[Task]:
        """Drafts and dispatches all of them or none, in the order in which they came."""
        tasks = [task for task, _mandate in self._tasks]
        if not tasks:
            return []
        said: dict[str, Any] = {"by": self._by, "at": self._at}
        with transaction.atomic():
            created = []
            for task, number in zip(tasks, next_numbers(len(tasks)), strict=True):
                task.number = number
                created.append(
                    act_on(TASK_CREATED, task=task, with_units=(), data=facts(task), **said)
                )
                task.state, task.dispatched_at = State.DISPATCHED, self._at
            Task.objects.bulk_create(tasks)
            access.settle(*tasks)
            dispatched = [
                act_on(TASK_DISPATCHED, task=task, **sent(task, mandate), **said)
                for task, mandate in self._tasks
            ]
            append_all([a for pair in zip(created, dispatched, strict=True) for a in pair])
        return tasks

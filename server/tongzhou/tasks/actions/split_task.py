from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.kernel.errors import Invalid, Refusal
from tongzhou.mandates.models import Duty
from tongzhou.tasks.actions.send_task import send_task
from tongzhou.tasks.actions.transition import begin, record, save
from tongzhou.tasks.acts import TASK_SPLIT
from tongzhou.tasks.models import Task

MOST_PARTS = 50


@dataclass(frozen=True)
class Part:
    """One part of a task that is split. ``basis`` "" and ``duty`` None are those of the
    whole."""

    title: str
    lead: Unit
    due_at: datetime
    body: str = ""
    basis: str = ""
    duty: Duty | None = None
    id: UUID | None = None


class PartsMissing(Invalid):
    """A task is to be split into nothing, or into more than can be watched over."""

    code = "parts-missing"
    message = _("Name between one and %(most)s parts.")


def split_task(*, task: Task, parts: Sequence[Part], by: Post, at: datetime) -> list[Task]:
    """Sends parts of a task to units, each a task of its own with the splitting unit as
    asker; all or none. The whole stays with its lead, who cannot report it as done while
    parts are open; its asker sees the parts as informed. Raises NotFound, NotAllowed,
    WrongState, PartsMissing, and what ``send_task`` raises, with the ``row`` of the part."""
    if not 1 <= len(parts) <= MOST_PARTS:
        raise PartsMissing(field="parts", most=MOST_PARTS)
    with transaction.atomic():
        locked = begin("split", task=task, by=by)
        children = [
            _send_part(part, row, of=locked, by=by, at=at) for row, part in enumerate(parts, 1)
        ]
        save(locked, at=at)
        record(
            TASK_SPLIT,
            task=locked,
            by=by,
            at=at,
            with_units={part.lead.id for part in parts},
            data={"parts": [str(child.id) for child in children]},
        )
    return children


def _send_part(part: Part, row: int, *, of: Task, by: Post, at: datetime) -> Task:
    try:
        return send_task(
            title=part.title,
            body=part.body,
            lead=part.lead,
            area=part.lead.area,
            due_at=part.due_at,
            basis=part.basis or of.basis,
            basis_note=of.basis_note,
            work=of.work,
            priority=of.priority,
            incident=of.incident,
            informed=[of.asker],
            parent=of,
            duty=part.duty or of.duty,
            id=part.id,
            by=by,
            at=at,
        )
    except Refusal as refusal:
        refusal.row = row
        raise

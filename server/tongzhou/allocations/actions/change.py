"""What the acts of this room have in common: lock, permission, texts, the line in the ledger."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import Word
from tongzhou.allocations.choices import State
from tongzhou.allocations.models import Allocation
from tongzhou.incidents.actions.change import exercise_mark
from tongzhou.kernel.errors import Conflict, Invalid, ReasonMissing, TextMissing
from tongzhou.ledger.append import Json, append
from tongzhou.ledger.types import ActType

LINE: Final = 200
REASON: Final = 500


class AllocationTextTooLong(Invalid):
    """More text than anybody reads."""

    code = "allocation-text-too-long"
    message = _("At most %(limit)d characters, please.")


class AllocationNotReady(Conflict):
    """There is no plan to change or approve."""

    code = "allocation-not-ready"
    message = _("%(reference)s is %(state)s; only a plan that is ready can be changed or approved.")


class AllocationOver(Conflict):
    """It was approved or cancelled."""

    code = "allocation-over"
    message = _("%(reference)s is %(state)s; nothing more can be done with it.")


def written(text: str, *, field: str, limit: int = LINE) -> str:
    """The text without blanks around it. Raises TextMissing, AllocationTextTooLong."""
    text = text.strip()
    if not text:
        raise TextMissing(field=field)
    if len(text) > limit:
        raise AllocationTextTooLong(field=field, limit=limit)
    return text


def reason_given(reason: str) -> str:
    """A reason that is one. Raises ReasonMissing, AllocationTextTooLong."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    return written(reason, field="reason", limit=REASON)


def next_number() -> int:
    """The next number of an allocation."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('allocations_allocation_number')")
        return int(cursor.fetchone()[0])


def locked(allocation: UUID) -> Allocation:
    """The allocation as it stands, locked."""
    return (
        Allocation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("unit", "incident")
        .get(id=allocation)
    )


def begin(allocation: Allocation, *, by: Post, word: Word) -> Allocation:
    """Locks it and asks permission. Raises NotFound, NotAllowed, AllocationOver."""
    held = locked(allocation.id)
    permissions.require(by=by, word=word, on=held)
    if not held.is_open:
        raise AllocationOver(reference=held.reference, state=held.get_state_display())
    return held


def require_ready(allocation: Allocation) -> None:
    """Raises AllocationNotReady."""
    if allocation.state != State.READY:
        raise AllocationNotReady(
            reference=allocation.reference, state=allocation.get_state_display()
        )


def record(
    type: ActType,
    *,
    allocation: Allocation,
    by: Post | None,
    at: datetime,
    data: Mapping[str, Json] | None = None,
    outcome: str = "",
) -> None:
    """Writes an act about the allocation; its unit, those above it and those who give are told."""
    append(
        type,
        at=at,
        about=("allocation", allocation.id),
        **(by.signs() if by is not None else {}),
        with_units=[allocation.unit_id, *(u for u in allocation.givers if u != allocation.unit_id)],
        incident=allocation.incident_id,
        area=allocation.criteria.get("area") or allocation.unit.area.code,
        outcome=outcome,
        audience={*allocation.unit.line, *allocation.givers},
        data={
            "number": allocation.number,
            "unit": str(allocation.unit_id),
            "objective": str(allocation.objective),
            **exercise_mark(allocation.incident),
            **(data or {}),
        },
    )

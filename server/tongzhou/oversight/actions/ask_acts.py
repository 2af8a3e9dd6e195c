"""What the acts on a request have in common: lock, and a line in the ledger for each unit."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.incidents.actions.change import exercise_mark, reason_given
from tongzhou.kernel.errors import Conflict, NotFound
from tongzhou.ledger.append import Json, append
from tongzhou.ledger.types import ActType
from tongzhou.oversight.acts import REQUEST_WITHDRAWN
from tongzhou.oversight.models import Ask, AskPart, PartState


class RequestNotSo(Conflict):
    """The request was withdrawn, or is in another state towards this unit."""

    code = "request-state"
    message = _("%(reference)s is withdrawn or not put to you in this way.")


def begin_part(part: AskPart, *, by: Post, states: tuple[PartState, ...]) -> AskPart:
    """Locks a request as it is put to one unit, while it runs. Raises NotFound,
    RequestNotSo."""
    locked = (
        AskPart.objects.select_for_update(of=("self",), no_key=True)
        .select_related("ask__sender", "unit__area")
        .get(id=part.id)
    )
    if not locked.relations_of(by):
        raise NotFound()
    if locked.state not in states or locked.ask.stops_on is not None:
        raise RequestNotSo(reference=locked.ask.reference)
    return locked


def take_back(ask: Ask, *, reason: str, by: Post, at: datetime) -> None:
    """Withdraws a locked request from today on. What was answered stays."""
    ask.stops_on = timezone.localtime(at).date()
    ask.reason = reason_given(reason)
    ask.save(update_fields=["stops_on", "reason"])
    parts = list(ask.parts.select_related("unit__area").exclude(state=PartState.DECLINED))
    record_each(REQUEST_WITHDRAWN, parts, ask=ask, by=by, at=at)


def record_each(
    type: ActType, parts: Sequence[AskPart], *, ask: Ask, by: Post, at: datetime, fields: int = 0
) -> None:
    """One act for each unit, about the request as it is put to it: a limit of each runs by
    itself."""
    for part in parts:
        record(
            type,
            part,
            ask=ask,
            by=by,
            at=at,
            due_at=ask.due_on(ask.first_on),
            data={"fields": fields} if fields else {},
        )


def record(
    type: ActType,
    part: AskPart,
    *,
    ask: Ask,
    by: Post,
    at: datetime,
    asked_at: datetime | None = None,
    due_at: datetime | None = None,
    outcome: str = "",
    data: Mapping[str, Json] | None = None,
) -> None:
    """Writes an act between the sender and one unit."""
    other = ask.sender_id if by.unit_id == part.unit_id else part.unit_id
    in_line = ask.sender_id in part.unit.line
    append(
        type,
        at=at,
        about=("ask", part.id),
        **by.signs(),
        with_units=[other],
        incident=ask.incident_id,
        area=part.unit.area.code,
        basis="order" if in_line else "law",
        asked_at=asked_at,
        due_at=due_at,
        outcome=outcome,
        audience=[ask.sender_id, part.unit_id],
        data={
            "number": ask.number,
            "ask": str(ask.id),
            **exercise_mark(ask.incident),
            "sender": str(ask.sender_id),
            "unit": str(part.unit_id),
            "kind": str(ask.kind),
            "rhythm": str(ask.rhythm),
            **(data or {}),
        },
    )

"""What acts on a commitment have in common: lock, and the line in the ledger."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.incidents.actions.change import exercise_mark
from tongzhou.kernel.errors import Conflict
from tongzhou.ledger.append import Json, append
from tongzhou.ledger.types import ActType
from tongzhou.needs.models import Commitment, Need


class CommitmentOver(Conflict):
    """It was taken back, or received already."""

    code = "commitment-over"
    message = _("This was taken back, or received already.")


def lock_commitment(commitment: Commitment) -> Commitment:
    """The commitment, locked; the line is locked by the sums. Raises CommitmentOver."""
    held = (
        Commitment.objects.select_for_update(of=("self",))
        .select_related("unit", "line__item", "offer_line__offer__desk")
        .get(id=commitment.id)
    )
    if not held.open:
        raise CommitmentOver()
    return held


def record_commitment(
    type: ActType,
    commitment: Commitment,
    *,
    need: Need,
    by: Post | None,
    at: datetime,
    due_at: datetime | None = None,
    outcome: str = "",
    data: Mapping[str, Json] | None = None,
) -> None:
    """Writes an act about the commitment; both sides, the holder and those above are told."""
    giver = commitment.unit
    told = {*need.unit.line, *need.holder.line, *(giver.line if giver else [])}
    append(
        type,
        at=at,
        about=("commitment", commitment.id),
        **(by.signs() if by is not None else {}),
        with_units=[need.unit_id, *([giver.id] if giver else [])],
        incident=need.incident_id,
        area=need.area.code,
        basis="voluntary",
        due_at=due_at,
        outcome=outcome,
        audience=told,
        data={
            "number": need.number,
            "need": str(need.id),
            "unit": str(need.unit_id),
            "giver": str(giver.id) if giver else "",
            "line": str(commitment.line_id),
            "item": str(commitment.item_id or commitment.line.item_id),
            "quantity": f"{commitment.quantity.normalize():f}",
            "source": str(commitment.source),
            **exercise_mark(need.incident),
            **(data or {}),
        },
    )

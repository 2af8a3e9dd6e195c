from datetime import datetime

from django.db import transaction

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import SHIFT_CHECK_IN
from tongzhou.incidents.actions.change import exercise_mark
from tongzhou.incidents.actions.check_in import locked_shift, still_out
from tongzhou.incidents.acts import SHIFT_ENDED
from tongzhou.incidents.models import Shift
from tongzhou.ledger.append import append


def end_shift(*, shift: Shift, by: Post, at: datetime) -> Shift:
    """Tells that everybody is back; nothing is waited for any more. Raises NotFound,
    NotAllowed, ShiftEnded."""
    with transaction.atomic():
        locked = locked_shift(shift.id)
        permissions.require(by=by, word=SHIFT_CHECK_IN, on=locked)
        still_out(locked)
        locked.ended_at, locked.needs_help = at, False
        locked.save(update_fields=["ended_at", "needs_help"])
        append(
            SHIFT_ENDED,
            at=at,
            about=("shift", locked.id),
            **by.signs(),
            incident=locked.incident_id,
            phase=locked.incident.phase if locked.incident else "",
            area=locked.area.code,
            outcome="late" if at > locked.due_at else "in time",
            audience=locked.unit.line,
            data={
                "unit": str(locked.unit_id),
                "people": locked.people,
                **exercise_mark(locked.incident),
            },
        )
    return locked

"""What the acts on a letter have in common."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.incidents.actions.change import exercise_mark
from tongzhou.kernel.errors import Conflict, NotFound
from tongzhou.ledger.append import append
from tongzhou.ledger.types import ActType
from tongzhou.oversight.models import Letter, LetterState


class LetterNotSo(Conflict):
    """The letter has been answered or withdrawn."""

    code = "letter-state"
    message = _("This letter is “%(state)s”; this cannot be done with it now.")


def begin(letter: Letter, *, by: Post) -> Letter:
    """Locks a letter that still waits for its answer. Raises NotFound, LetterNotSo."""
    locked = (
        Letter.objects.select_for_update(of=("self",), no_key=True)
        .select_related("sender__area", "recipient__area")
        .get(id=letter.id)
    )
    if not locked.relations_of(by):
        raise NotFound()
    if locked.state != LetterState.SENT:
        raise LetterNotSo(state=locked.get_state_display())
    return locked


def record(
    type: ActType,
    *,
    letter: Letter,
    by: Post,
    at: datetime,
    asked_at: datetime | None = None,
    due_at: datetime | None = None,
    outcome: str = "",
    basis: str = "",
) -> None:
    """Writes an act about the letter; its two units are told."""
    append(
        type,
        at=at,
        about=("letter", letter.id),
        **by.signs(),
        with_units=[letter.recipient_id, letter.sender_id],
        incident=letter.incident_id,
        area=letter.recipient.area.code,
        basis=basis,
        asked_at=asked_at,
        due_at=due_at,
        outcome=outcome,
        audience=[letter.recipient_id, letter.sender_id],
        data={
            "owner": str(letter.recipient_id),
            "supervisor": str(letter.sender_id),
            "year": letter.year,
            "serial": letter.serial,
            **exercise_mark(letter.incident),
            "cites": [{"kind": row["kind"], "id": row["id"]} for row in letter.cites],
        },
    )

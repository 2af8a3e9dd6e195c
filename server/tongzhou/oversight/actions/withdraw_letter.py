from datetime import datetime

from django.db import transaction

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import LETTER_SEND
from tongzhou.incidents.actions.change import reason_given
from tongzhou.kernel.errors import NotAllowed
from tongzhou.oversight.actions.letter_acts import begin, record
from tongzhou.oversight.acts import LETTER_WITHDRAWN
from tongzhou.oversight.models import Letter, LetterState


def withdraw_letter(*, letter: Letter, reason: str, by: Post, at: datetime) -> Letter:
    """Takes back a letter that was wrong; its number stays used. Raises NotFound, NotAllowed,
    LetterNotSo, ReasonMissing."""
    with transaction.atomic():
        locked = begin(letter, by=by)
        if "own" not in locked.relations_of(by):
            raise NotAllowed(permission=LETTER_SEND.label)
        permissions.require(by=by, word=LETTER_SEND)
        locked.state, locked.reason = LetterState.WITHDRAWN, reason_given(reason)
        locked.save(update_fields=["state", "reason"])
        record(LETTER_WITHDRAWN, letter=locked, by=by, at=at)
    return locked

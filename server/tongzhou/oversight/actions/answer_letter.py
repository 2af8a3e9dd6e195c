from datetime import datetime

from django.db import transaction

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import FINDING_ANSWER
from tongzhou.oversight.actions.change import text_given
from tongzhou.oversight.actions.letter_acts import begin, record
from tongzhou.oversight.acts import LETTER_ANSWERED
from tongzhou.oversight.models import Letter, LetterState


def answer_letter(*, letter: Letter, answer: str, by: Post, at: datetime) -> Letter:
    """The recipient answers in writing, once. Raises NotFound, NotAllowed, LetterNotSo,
    TextMissing, TextTooLong."""
    with transaction.atomic():
        locked = begin(letter, by=by)
        permissions.require(by=by, word=FINDING_ANSWER, on=locked)
        locked.answer = text_given(answer, field="answer")
        locked.state = LetterState.ANSWERED
        locked.answer_post, locked.answered_at = by, at
        locked.save(update_fields=["answer", "state", "answer_post", "answered_at"])
        record(
            LETTER_ANSWERED,
            letter=locked,
            by=by,
            at=at,
            asked_at=locked.sent_at,
            due_at=locked.due_at,
            outcome="late" if at > locked.due_at else "in_time",
        )
    return locked

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import FINDING_RECORD
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.oversight.actions.change import require_deadline, text_given
from tongzhou.oversight.actions.finding_acts import begin, record
from tongzhou.oversight.acts import FINDING_CLOSED, FINDING_SENT_BACK
from tongzhou.oversight.models import Finding, FindingCheck, FindingState


class RecheckByAnswerer(Conflict):
    """Who answered would judge the own answer."""

    code = "recheck-by-answerer"
    message = _("Whoever answered a finding cannot re-check it; somebody else has to look.")


class NewDeadlineMissing(Invalid):
    """A finding goes back without a new deadline."""

    code = "new-deadline-missing"
    message = _("Say by when it is to be put right this time.")


def recheck_finding(
    *,
    finding: Finding,
    passed: bool,
    text: str,
    by: Post,
    at: datetime,
    due_at: datetime | None = None,
) -> Finding:
    """Somebody other than who answered looks again, and closes the finding or sends it back
    with a new deadline. Raises NotFound, NotAllowed, FindingNotSo, RecheckByAnswerer,
    TextMissing, TextTooLong, NewDeadlineMissing, DeadlinePassed, DeadlineTooFar."""
    with transaction.atomic():
        locked = begin(finding, by=by, word=FINDING_RECORD, states=(FindingState.ANSWERED,))
        answer = locked.answers.select_related("post").get(round=locked.rounds)
        if answer.post.person_id == by.person_id:
            raise RecheckByAnswerer()
        text = text_given(text, field="text")
        if not passed:
            if due_at is None:
                raise NewDeadlineMissing(field="due_at")
            require_deadline(due_at, at=at)
        check = FindingCheck(
            finding=locked, answer=answer, passed=passed, text=text, post=by, at=at
        )
        check.save(force_insert=True)
        if passed:
            locked.state, locked.closed_at = FindingState.CLOSED, at
        else:
            assert due_at is not None
            locked.state, locked.due_at, locked.asked_at = FindingState.OPEN, due_at, at
        locked.save(update_fields=["state", "closed_at", "due_at", "asked_at"])
        record(
            FINDING_CLOSED if passed else FINDING_SENT_BACK,
            finding=locked,
            by=by,
            at=at,
            asked_at=answer.at,
            due_at=None if passed else locked.due_at,
            outcome="closed" if passed else "again",
            data={"check": str(check.id), "round": locked.rounds},
        )
    return locked

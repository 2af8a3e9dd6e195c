from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import SIGNAL_ANSWER
from tongzhou.incidents import access
from tongzhou.incidents.acts import SIGNAL_ANSWERED
from tongzhou.incidents.models import Incident, Signal, SignalAnswer, SignalState
from tongzhou.kernel.errors import Conflict, Invalid, NotFound
from tongzhou.ledger.append import append


class AnswerMissing(Invalid):
    """An answer without text."""

    code = "answer-missing"
    message = _("Please write the answer that the reporter will read.")


class NotAssessed(Conflict):
    """Nobody has assessed the signal yet, so there is nothing that an answer could rest on."""

    code = "signal-not-assessed"
    message = _("Nobody has assessed this signal yet. Assess it first, then answer.")


def answer_signal(
    *, signal: Signal, answer: str, by: Post, at: datetime, incident: Incident | None = None
) -> Signal:
    """Gives the reporter an answer, which the ticket page shows, and names the incident that
    the signal belongs to, if any. A second answer corrects the first; both are kept.

    Raises NotFound (also for an incident that the post may not see), NotAllowed,
    AnswerMissing, NotAssessed.
    """
    if not answer.strip():
        raise AnswerMissing(field="answer")
    with transaction.atomic():
        locked = Signal.objects.select_for_update(of=("self",), no_key=True).get(id=signal.id)
        permissions.require(by=by, word=SIGNAL_ANSWER, on=locked)
        if incident is not None and not incident.relations_of(by):
            raise NotFound(field="incident")
        if not locked.assessments.exists():
            raise NotAssessed()
        SignalAnswer.objects.create(signal=locked, text=answer.strip(), post=by, at=at)
        corrects = locked.state == SignalState.ANSWERED
        locked.state = SignalState.ANSWERED
        locked.answer = answer.strip()
        locked.answered_at = at
        locked.incident = incident or locked.incident
        locked.save(update_fields=["state", "answer", "answered_at", "incident"])
        reporter = locked.reporter.unit_id if locked.reporter is not None else None
        told = access.listeners(locked.area, at=at).all
        append(
            SIGNAL_ANSWERED,
            at=at,
            about=("signal", locked.id),
            **by.signs(),
            with_units=[reporter] if reporter else [],
            incident=locked.incident_id,
            phase=locked.incident.phase if locked.incident else "",
            area=locked.area.code,
            basis="law",
            asked_at=locked.reported_at,
            outcome="corrected" if corrects else "answered",
            audience=[*told, *([reporter] if reporter else [])],
        )
    return locked

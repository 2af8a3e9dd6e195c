"""What can be done with a conflict and with a compensation, each as a form beside it."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.vocabulary import (
    COMPENSATION_PROMISE,
    COMPENSATION_RECEIVE,
    CONFLICT_DECIDE,
    CONFLICT_DECLARE,
    MEDIATION_ANSWER,
    MEDIATION_LEAD,
    MEDIATION_OPEN,
)
from tongzhou.funds.choices import SpendingState
from tongzhou.funds.forms.spending import ReasonForm
from tongzhou.funds.pages.step import Step, Steps
from tongzhou.interests.actions.answer_terms import answer_terms
from tongzhou.interests.actions.ask_compensation import ask_compensation
from tongzhou.interests.actions.close_mediation import close_mediation
from tongzhou.interests.actions.compensation_acts import asked_for
from tongzhou.interests.actions.decide_conflict import decide_conflict
from tongzhou.interests.actions.note_meeting import note_meeting
from tongzhou.interests.actions.open_mediation import open_mediation
from tongzhou.interests.actions.promise_compensation import promise_compensation
from tongzhou.interests.actions.propose_terms import propose_terms
from tongzhou.interests.actions.receive_compensation import receive_compensation
from tongzhou.interests.actions.waive_compensation import waive_compensation
from tongzhou.interests.actions.withdraw_conflict import withdraw_conflict
from tongzhou.interests.choices import ENDED, CompensationState, ConflictState, Means
from tongzhou.interests.forms.conflicts import (
    AnswerTermsForm,
    DecideForm,
    FailForm,
    FundForm,
    MediationForm,
    MeetingForm,
    PromiseForm,
    TermsForm,
)
from tongzhou.interests.models import Compensation, Conflict


def _mediating(found: Conflict) -> bool:
    return found.state == ConflictState.MEDIATING


def _proposed(found: Conflict) -> bool:
    running = found.mediations.filter(closed_at=None, proposed_at__isnull=False)
    return _mediating(found) and running.exists()


def _open(found: Conflict) -> bool:
    return found.state == ConflictState.OPEN


def _owed(found: Conflict) -> bool:
    return found.state in ENDED and found.agreed > 0


def _promised(found: Compensation) -> bool:
    return found.state == CompensationState.PROMISED


def _in_money(found: Compensation) -> bool:
    return _promised(found) and found.means == Means.MONEY and asked_for(found) is None


def _come(found: Compensation) -> bool:
    """Money has come once a fund paid it; anything else, whenever the receiver says so."""
    if found.means != Means.MONEY:
        return _promised(found)
    asked = asked_for(found)
    return _promised(found) and asked is not None and asked.state == SpendingState.PAID


def _unasked(found: Compensation) -> bool:
    return _promised(found) and asked_for(found) is None


def _conflict(found: Conflict) -> dict[str, Any]:
    return {"conflict": found}


STEPS: Final[Steps] = {
    "mediate": Step(
        MEDIATION_OPEN, open_mediation, _("Ask a third unit to mediate"),
        _("Asked; a time limit runs until the mediation is closed."), _open, MediationForm,
        icon="messages",
    ),
    "answer": Step(
        MEDIATION_ANSWER, answer_terms, _("Answer the terms"),
        _("Answered; the mediator was told."), _proposed, AnswerTermsForm, icon="signature",
    ),
    "close": Step(
        MEDIATION_LEAD, close_mediation, _("Close it with these terms"),
        _("Closed: both sides agreed."), _proposed,
    ),
    "terms": Step(
        MEDIATION_LEAD, propose_terms, _("Propose terms"),
        _("Proposed; both sides are asked to answer."), _mediating, TermsForm, icon="file-text",
    ),
    "meeting": Step(
        MEDIATION_LEAD, note_meeting, _("Note a meeting"), _("Noted."), _mediating, MeetingForm,
        icon="users", folded=True,
    ),
    "fail": Step(
        MEDIATION_LEAD, close_mediation, _("Close it without agreement"),
        _("Closed. The unit above both decides now."), _mediating, FailForm, tone="danger",
        icon="x", folded=True,
    ),
    "decide": Step(
        CONFLICT_DECIDE, decide_conflict, _("Decide the conflict"),
        _("Decided; both sides were told."), lambda found: found.state == ConflictState.FAILED,
        DecideForm, icon="gavel",
    ),
    "promise": Step(
        COMPENSATION_PROMISE, promise_compensation, _("Promise compensation"),
        _("Promised; a time limit runs until it is received."), _owed, PromiseForm,
        icon="signature", more=_conflict, folded=True,
    ),
    "withdraw": Step(
        CONFLICT_DECLARE, withdraw_conflict, _("Withdraw the conflict"), _("Withdrawn."), _open,
        ReasonForm, tone="danger", icon="trash", folded=True,
    ),
}  # fmt: skip

COMPENSATION_STEPS: Final[Steps] = {
    "ask": Step(
        COMPENSATION_PROMISE, ask_compensation, _("Ask a fund to pay it"),
        _("Asked. The fund approves and pays as it does everything."), _in_money, FundForm,
        icon="building-bank",
    ),
    "receive": Step(
        COMPENSATION_RECEIVE, receive_compensation, _("Confirm that it has come"),
        _("Confirmed."), _come,
    ),
    "waive": Step(
        COMPENSATION_RECEIVE, waive_compensation, _("Do without it"), _("Waived."), _unasked,
        ReasonForm, tone="danger", icon="x", folded=True,
    ),
}  # fmt: skip

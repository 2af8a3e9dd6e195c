"""What can be done with duties, as buttons and forms: one row for each act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import (
    DUTY_EDIT,
    MANDATE_CONSENT,
    MANDATE_DELEGATE,
    MANDATE_MEANS,
    MANDATE_PROPOSE,
    Word,
)
from tongzhou.kernel.errors import NotAllowed, Sentence
from tongzhou.mandates import access
from tongzhou.mandates.actions.consent_charge import consent_charge
from tongzhou.mandates.actions.decline_charge import decline_charge
from tongzhou.mandates.actions.delegate_duty import delegate_duty
from tongzhou.mandates.actions.edit_duty import edit_duty
from tongzhou.mandates.actions.end_means import end_means
from tongzhou.mandates.actions.propose_charge import propose_charge
from tongzhou.mandates.actions.propose_end import propose_end
from tongzhou.mandates.actions.recall_delegation import recall_delegation
from tongzhou.mandates.actions.record_means import record_means
from tongzhou.mandates.actions.retire_duty import retire_duty
from tongzhou.mandates.actions.withdraw_proposal import withdraw_proposal
from tongzhou.mandates.forms import steps as forms
from tongzhou.mandates.models import Charge, ChargeState, Delegation, Duty, Means, Proposal
from tongzhou.mandates.parts import WORKING
from tongzhou.mandates.queries import charges

Find = Callable[..., Any]


@dataclass(frozen=True)
class Step:
    """One act: its permission, form, title and button, and what is said when it is done.
    ``about`` is the act's argument for its object; ``find`` finds it."""

    verb: str
    act: Callable[..., Any]
    word: Word
    form: type[forms.StepForm]
    title: Sentence
    label: Sentence
    said: Sentence
    text: Sentence = ""
    about: str = "duty"
    find: Find | None = None
    danger: bool = False


STEPS: Final[Mapping[str, Step]] = {
    step.verb: step
    for step in (
        Step(
            "edit", edit_duty, DUTY_EDIT, forms.EditForm,
            _("Change the duty"), _("Save"), _("The duty was changed."),
            _("Who is charged with it stays; what it was before stays in the ledger."),
        ),
        Step(
            "retire", retire_duty, DUTY_EDIT, forms.ReasonForm,
            _("Retire the duty"), _("Retire"), _("The duty is retired."),
            _("Nobody can be charged with it any more. Charges must have ended before."),
            danger=True,
        ),
        Step(
            "charge", propose_charge, MANDATE_PROPOSE, forms.ChargeForm,
            _("Propose who takes part"), _("Propose"),
            _("Proposed. It is in force once all units concerned have consented."),
            _("Nothing changes before the unit charged has consented."),
        ),
        Step(
            "end", propose_end, MANDATE_PROPOSE, forms.EndForm,
            _("Take the duty away"), _("Propose"),
            _("Proposed. It is in force once all units concerned have consented."),
            _("The unit charged is asked for its consent; until then it stays charged."),
            about="charge", find=charges.charge, danger=True,
        ),
        Step(
            "means", record_means, MANDATE_MEANS, forms.MeansForm,
            _("Record a means"), _("Record"), _("The means was recorded."),
            about="charge", find=charges.charge,
        ),
        Step(
            "means-end", end_means, MANDATE_MEANS, forms.PlainForm,
            _("This means is no longer there"), _("Take it off"),
            _("The means was taken off."),
            _("If the duty needs it, it shows red from now on."),
            about="means", find=charges.means, danger=True,
        ),
        Step(
            "delegate", delegate_duty, MANDATE_DELEGATE, forms.DelegateForm,
            _("Pass the duty on"), _("Pass on"),
            _("Proposed. The unit becomes responsible once it consents."),
            _("Accountable stays who is. What comes along is listed; a duty passed on without "
              "means shows red."),
            about="charge", find=charges.charge,
        ),
        Step(
            "recall", recall_delegation, MANDATE_DELEGATE, forms.ReasonForm,
            _("Recall what was passed on"), _("Recall"), _("The duty is back."),
            _("What came along comes back too, and whatever was passed on further."),
            about="delegation", find=charges.delegation, danger=True,
        ),
        Step(
            "consent", consent_charge, MANDATE_CONSENT, forms.PlainForm,
            _("Consent"), _("Consent"), _("Your unit has consented."),
            about="proposal", find=charges.proposal,
        ),
        Step(
            "decline", decline_charge, MANDATE_CONSENT, forms.ReasonForm,
            _("Decline"), _("Decline"), _("Your unit has declined; all stays as it was."),
            about="proposal", find=charges.proposal, danger=True,
        ),
        Step(
            "withdraw", withdraw_proposal, MANDATE_PROPOSE, forms.ReasonForm,
            _("Withdraw the proposal"), _("Withdraw"), _("The proposal is withdrawn."),
            about="proposal", find=charges.proposal, danger=True,
        ),
    )
}  # fmt: skip


def duty_of(step: Step, target: Any) -> UUID:
    """The duty that the object of an act belongs to."""
    match target:
        case Charge():
            return target.duty_id
        case Means() | Delegation() | Proposal():
            return target.charge.duty_id
        case Duty():
            return target.id
        case _:
            raise TypeError(step.verb)


def require(step: Step, target: Any, post: Post) -> None:
    """Raises NotAllowed for who may not do this to the object at all; whether it fits its
    state the act itself says."""
    if step.word is not MANDATE_PROPOSE:
        on = target.charge if isinstance(target, Means | Delegation) else target
        permissions.require(by=post, word=step.word, on=on)
        return
    permissions.require(by=post, word=step.word)
    if isinstance(target, Charge):
        access.require_proposer(post, target.unit)
    if isinstance(target, Proposal) and target.by_unit_id != post.unit_id:
        raise NotAllowed(permission=step.word.label)


def on_duty(duty: Duty, post: Post) -> frozenset[str]:
    """The verbs that the post may use on the duty itself."""
    if not duty.is_open:
        return frozenset()
    found = set()
    if permissions.allowed(by=post, word=DUTY_EDIT, on=duty):
        found |= {"edit", "retire"}
    if permissions.holds(post, MANDATE_PROPOSE):
        found.add("charge")
    return frozenset(found)


def on_charge(charge: Charge, post: Post) -> frozenset[str]:
    """The verbs that the post may use on a charge in force."""
    if charge.state != ChargeState.IN_FORCE:
        return frozenset()
    found = set()
    if access.may_propose(post, charge.unit):
        found.add("end")
    if permissions.allowed(by=post, word=MANDATE_MEANS, on=charge):
        found.add("means")
    if charge.part in WORKING and permissions.allowed(by=post, word=MANDATE_DELEGATE, on=charge):
        found.add("delegate")
    return frozenset(found)


def on_proposal(proposal: Proposal, post: Post) -> frozenset[str]:
    """The verbs that the post may use on an open proposal."""
    found = set()
    if post.unit_id in proposal.waiting and permissions.holds(post, MANDATE_CONSENT):
        found |= {"consent", "decline"}
    if proposal.by_unit_id == post.unit_id and permissions.holds(post, MANDATE_PROPOSE):
        found.add("withdraw")
    return frozenset(found)

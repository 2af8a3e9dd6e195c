"""Requests for money: asking, deciding, paying, receipts; and transfers."""

from typing import Any, Final

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongzhou.actors import permissions, sentences
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import FUND_APPROVE, FUND_ASK, FUND_KEEP, FUND_RECEIPT
from tongzhou.clocks import queries as clocks
from tongzhou.funds.actions.approve_spending import approve_spending
from tongzhou.funds.actions.approve_transfer import approve_transfer
from tongzhou.funds.actions.cancel_spending import cancel_spending
from tongzhou.funds.actions.cancel_transfer import cancel_transfer
from tongzhou.funds.actions.hand_in_receipt import hand_in_receipt
from tongzhou.funds.actions.pay_spending import pay_spending
from tongzhou.funds.actions.refuse_spending import refuse_spending
from tongzhou.funds.actions.refuse_transfer import refuse_transfer
from tongzhou.funds.actions.repay_spending import repay_spending
from tongzhou.funds.actions.request_spending import request_spending
from tongzhou.funds.choices import SpendingState, TransferState
from tongzhou.funds.forms.spending import (
    ApproveForm,
    AskForm,
    PayForm,
    PlainForm,
    ReasonForm,
    ReceiptForm,
    RepayForm,
)
from tongzhou.funds.models import Spending, Transfer
from tongzhou.funds.pages.step import Step, opened, taken
from tongzhou.funds.queries import spending as queries
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotAllowed
from tongzhou.ledger import queries as ledger
from tongzhou.oversight.pages.rendering import done, part, tried


def _asked(found: Spending | Transfer) -> bool:
    return found.state == SpendingState.ASKED


STEPS: Final = {
    "approve": Step(
        FUND_APPROVE, approve_spending, gettext_lazy("Approve"),
        gettext_lazy("Approved; the amount is set aside."), _asked, ApproveForm,
        more=lambda found: {"initial": {"amount": found.amount}}, tone="success",
    ),
    "pay": Step(
        FUND_KEEP, pay_spending, gettext_lazy("Pay"),
        gettext_lazy("Paid. The receipt is due now."),
        lambda found: found.state == SpendingState.APPROVED, PayForm, icon="send",
        more=lambda found: {"initial": {"amount": found.approved}},
    ),
    "receipt": Step(
        FUND_RECEIPT, hand_in_receipt, gettext_lazy("Hand in the receipt"),
        gettext_lazy("The receipt is kept."),
        lambda found: found.state == SpendingState.PAID, ReceiptForm, icon="paperclip",
    ),
    "refuse": Step(
        FUND_APPROVE, refuse_spending, pgettext_lazy("for money", "Refuse"),
        gettext_lazy("Refused; whoever asked was told."), _asked, ReasonForm, tone="danger",
        icon="x", folded=True,
    ),
    "cancel": Step(
        FUND_ASK, cancel_spending, gettext_lazy("Cancel the request"),
        gettext_lazy("The request is cancelled."), lambda found: found.is_open, ReasonForm,
        tone="danger", icon="trash", folded=True,
    ),
    "repay": Step(
        FUND_KEEP, repay_spending, gettext_lazy("Money came back"),
        gettext_lazy("It is in the fund again."),
        lambda found: found.state == SpendingState.PAID, RepayForm, icon="arrow-back-up",
        folded=True,
    ),
}  # fmt: skip
TRANSFER_STEPS: Final = {
    "approve": Step(
        FUND_APPROVE, approve_transfer, gettext_lazy("Approve and transfer"),
        gettext_lazy("The money has moved."), _asked, PlainForm, tone="success",
    ),
    "refuse": Step(
        FUND_APPROVE, refuse_transfer, pgettext_lazy("for money", "Refuse"),
        gettext_lazy("Refused; whoever asked was told."), _asked, ReasonForm, tone="danger",
        icon="x", folded=True,
    ),
    "cancel": Step(
        FUND_ASK, cancel_transfer, pgettext_lazy("of a request", "Take it back"),
        gettext_lazy("The request is cancelled."), _asked, ReasonForm, tone="danger",
        icon="trash", folded=True,
    ),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def spending_new(request: PostRequest) -> HttpResponse:
    """The form of a request; fund and claim may stand in the address."""
    post, at = request.holder, clock.now()
    if not permissions.holds(post, FUND_ASK):
        raise NotAllowed(permission=FUND_ASK.label)
    data = (request.POST,) if request.method == "POST" else ()
    names = ("fund", "title", "purpose", "amount", "payee", "for_what")
    wanted = {name: request.GET[name][:300] for name in names if name in request.GET}
    form = AskForm(*data, post=post, at=at, initial=wanted)
    if data and (made := tried(form, lambda: request_spending(**form.arguments(), by=post, at=at))):
        return done(
            request, _("Asked. Somebody else of the fund decides."), "spending", made.number
        )
    context = {
        "form": form, "title": _("Ask for money"), "action": pgettext("for money", "Ask"),
        "subtitle": _("For what, how much, whom to pay. Somebody else approves it."),
    }  # fmt: skip
    return render(request, "funds/form.html", context, status=422 if data else 200)


@require_safe
@signed_in
def spending(request: PostRequest, number: int) -> HttpResponse:
    """One request."""
    return _show(request, queries.find(number, visible_to=request.holder))


@require_POST
@signed_in
def spending_step(request: PostRequest, number: int, step: str) -> HttpResponse:
    """Something is done with a request."""
    post = request.holder
    found = queries.find(number, visible_to=post)
    form = taken(request, STEPS, step, found, post=post, given="spending")
    if form is None:
        return done(request, STEPS[step].said, "spending", number)
    return _show(request, found, (step, form))


def _show(
    request: PostRequest, found: Spending, failed: tuple[str, Form] | None = None
) -> HttpResponse:
    post, at = request.holder, clock.now()
    own = found.state == SpendingState.ASKED and found.post.person_id == post.person_id
    steps = opened(STEPS, found, post=post, failed=failed)
    if own:
        steps = [one for one in steps if one.name not in ("approve", "refuse") or failed]
    context: dict[str, Any] = {
        "spending": found,
        "at": at,
        "payment": queries.payment_of(found),
        "receipts": queries.receipts(found),
        "clocks": clocks.of("spending", [found.id], visible_to=post),
        "own": own,
        "steps": steps,
        "step_url": "spending-step",
        "number": found.number,
        "acts": sentences.tell(ledger.about("spending", found.id), with_subjects=False),
    }
    template = "funds/_spending.html" if part(request, "spending") else "funds/spending.html"
    return render(request, template, context, status=422 if failed else 200)


@require_safe
@signed_in
def transfer(request: PostRequest, number: int) -> HttpResponse:
    """One transfer."""
    return _show_transfer(request, queries.transfer(number, visible_to=request.holder))


@require_POST
@signed_in
def transfer_step(request: PostRequest, number: int, step: str) -> HttpResponse:
    """Something is done with a transfer."""
    post = request.holder
    found = queries.transfer(number, visible_to=post)
    form = taken(request, TRANSFER_STEPS, step, found, post=post, given="transfer")
    if form is None:
        return done(request, TRANSFER_STEPS[step].said, "transfer", number)
    return _show_transfer(request, found, (step, form))


def _show_transfer(
    request: PostRequest, found: Transfer, failed: tuple[str, Form] | None = None
) -> HttpResponse:
    post = request.holder
    own = found.state == TransferState.ASKED and found.post.person_id == post.person_id
    steps = opened(TRANSFER_STEPS, found, post=post, failed=failed)
    if own:
        steps = [one for one in steps if one.name == "cancel" or failed]
    context: dict[str, Any] = {
        "transfer": found,
        "at": clock.now(),
        "own": own,
        "steps": steps,
        "step_url": "transfer-step",
        "number": found.number,
        "clocks": clocks.of("transfer", [found.id], visible_to=post),
        "acts": sentences.tell(ledger.about("transfer", found.id), with_subjects=False),
    }
    template = "funds/_transfer.html" if part(request, "transfer") else "funds/transfer.html"
    return render(request, template, context, status=422 if failed else 200)

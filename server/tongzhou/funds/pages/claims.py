"""Claims of cost: the list, a new one, the answer."""

from typing import Any, Final

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongzhou.actors import permissions, sentences
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import CLAIM_ANSWER, CLAIM_MAKE, FUND_ASK, FUND_OPEN
from tongzhou.clocks import queries as clocks
from tongzhou.funds import money
from tongzhou.funds.actions.answer_claim import answer_claim
from tongzhou.funds.actions.make_claim import make_claim
from tongzhou.funds.actions.withdraw_claim import withdraw_claim
from tongzhou.funds.choices import ClaimState
from tongzhou.funds.forms.claims import AnswerForm, ClaimForm
from tongzhou.funds.forms.spending import ReasonForm
from tongzhou.funds.models import Claim
from tongzhou.funds.pages.step import Step, opened, taken
from tongzhou.funds.queries import claims as queries
from tongzhou.funds.queries import spending
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotAllowed
from tongzhou.ledger import queries as ledger
from tongzhou.oversight.pages.rendering import done, part, tried

LIST: Final = "claims-list"
STEPS: Final = {
    "answer": Step(
        CLAIM_ANSWER, answer_claim, gettext_lazy("Answer the claim"),
        gettext_lazy("Answered; whoever claimed was told."),
        lambda found: found.state == ClaimState.MADE, AnswerForm, icon="message-circle",
        more=lambda found: {"claim": found},
    ),
    "withdraw": Step(
        CLAIM_MAKE, withdraw_claim, gettext_lazy("Withdraw the claim"),
        gettext_lazy("The claim is withdrawn."), lambda found: found.state == ClaimState.MADE,
        ReasonForm, tone="danger", icon="trash", folded=True,
    ),
}  # fmt: skip


@require_safe
@signed_in
def claim_list(request: PostRequest) -> HttpResponse:
    """Claims of the own unit and to it; the filters stand in the address."""
    post, given = request.holder, request.GET
    page = queries.listed(
        visible_to=post,
        at=clock.now(),
        q=given.get("q", "")[:100],
        show=given.get("show", "")[:20],
        relation=given.get("relation", "")[:20],
        late=given.get("late") == "1",
        cursor=given.get("cursor", "")[:600],
    )
    context: dict[str, Any] = {
        "tab": "claims",
        "at": clock.now(),
        "rows": page.rows,
        "next": page.next,
        "filtered": any(given.get(name) for name in ("q", "show", "relation", "late")),
        "states": ClaimState.choices,
        "relations": [("own", _("ours")), ("answer", _("ours to answer"))],
        "waiting": spending.waiting(visible_to=post),
        "to_answer": queries.to_answer(visible_to=post),
        "may_claim": permissions.holds(post, CLAIM_MAKE),
        "keeps": permissions.holds(post, FUND_OPEN),
    }
    template = "funds/_claims.html" if part(request, LIST) else "funds/claims.html"
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def claim_new(request: PostRequest) -> HttpResponse:
    """The form of a claim, made for a phone: what, when, how much of which item."""
    post, at = request.holder, clock.now()
    if not permissions.holds(post, CLAIM_MAKE):
        raise NotAllowed(permission=CLAIM_MAKE.label)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    wanted = {name: request.GET[name][:300] for name in ("for_what",) if name in request.GET}
    form = ClaimForm(*data, post=post, at=at, initial=wanted)
    if data and (made := tried(form, lambda: make_claim(**form.arguments(), by=post, at=at))):
        return done(request, _("Claimed. You see here until when it is answered."), "claim",
                    made.number)  # fmt: skip
    context = {"form": form, "currency": money.currency()}
    return render(request, "funds/claim_new.html", context, status=422 if data else 200)


@require_safe
@signed_in
def claim(request: PostRequest, number: int) -> HttpResponse:
    """One claim."""
    return _show(request, queries.find(number, visible_to=request.holder))


@require_POST
@signed_in
def claim_step(request: PostRequest, number: int, step: str) -> HttpResponse:
    """Something is done with a claim."""
    post = request.holder
    found = queries.find(number, visible_to=post)
    form = taken(request, STEPS, step, found, post=post, given="claim")
    if form is None:
        return done(request, STEPS[step].said, "claim", number)
    return _show(request, found, (step, form))


def _show(
    request: PostRequest, found: Claim, failed: tuple[str, Form] | None = None
) -> HttpResponse:
    post = request.holder
    relations = found.relations_of(post)
    asked = queries.asked_for(found)
    context: dict[str, Any] = {
        "claim": found,
        "at": clock.now(),
        "items": list(found.items.order_by("place")),
        "files": queries.files(found),
        "asked": asked,
        "accepted_text": found.money.plain(found.accepted or 0),
        "may_pay": asked is None
        and found.is_payable
        and bool(relations & {"answerer", "line"})
        and permissions.holds(post, FUND_ASK),
        "steps": opened(STEPS, found, post=post, failed=failed),
        "step_url": "claim-step",
        "number": found.number,
        "clocks": clocks.of("claim", [found.id], visible_to=post),
        "acts": sentences.tell(ledger.about("claim", found.id), with_subjects=False),
    }
    template = "funds/_claim.html" if part(request, "claim") else "funds/claim.html"
    return render(request, template, context, status=422 if failed else 200)

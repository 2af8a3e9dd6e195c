"""An agreement: reading, signing and changing it; who was sent under it, and what it cost."""

from typing import Any, Final
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from tongzhou.actors import sentences
from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import (
    AID_AGREE,
    AID_HOST,
    AID_SEND,
    AID_SETTLE,
    AID_SIGN,
)
from tongzhou.aid.actions.amend_agreement import amend_agreement
from tongzhou.aid.actions.ask_payment import ask_payment
from tongzhou.aid.actions.cancel_agreement import cancel_agreement
from tongzhou.aid.actions.claim_cost import claim_cost
from tongzhou.aid.actions.confirm_arrival import confirm_arrival
from tongzhou.aid.actions.confirm_home import confirm_home
from tongzhou.aid.actions.deploy import deploy
from tongzhou.aid.actions.give_cost import give_cost
from tongzhou.aid.actions.refuse_cost import refuse_cost
from tongzhou.aid.actions.release import release
from tongzhou.aid.actions.sign_agreement import sign_agreement
from tongzhou.aid.choices import AgreementState, CostState, Payment
from tongzhou.aid.forms.agreements import (
    AmendForm,
    ArriveForm,
    ClaimForm,
    DeployForm,
    MovedForm,
    PayForm,
    SignForm,
)
from tongzhou.aid.models import Agreement, Version
from tongzhou.aid.queries import agreements
from tongzhou.clocks import queries as clocks
from tongzhou.funds.choices import SpendingState
from tongzhou.funds.forms.spending import ReasonForm
from tongzhou.funds.pages.step import Step, Steps, opened, taken
from tongzhou.kernel import clock
from tongzhou.ledger import queries as ledger
from tongzhou.oversight.pages.rendering import done, part


def _newest(found: Agreement) -> Version:
    return found.versions.order_by("-number")[0]


def _waits(found: Agreement) -> bool:
    return found.state != AgreementState.CANCELLED and _newest(found).to_sign


def _payable(cost: Any) -> bool:
    if cost.state == CostState.CLAIMED:
        return True
    over = (SpendingState.REFUSED, SpendingState.CANCELLED)
    return cost.state == CostState.ASKED and cost.spending.state in over


STEPS: Final = {
    "sign": Step(
        AID_SIGN, sign_agreement, gettext_lazy("Sign for my side"),
        gettext_lazy("Signed."), _waits, SignForm, icon="signature",
        more=lambda found: {"initial": {"version": _newest(found).number}},
    ),
    "deploy": Step(
        AID_SEND, deploy, gettext_lazy("They set off"),
        gettext_lazy("On the way. The host was told."),
        lambda found: found.in_force and found.sent < found.count, DeployForm,
        more=lambda found: {"agreement": found}, icon="truck-delivery",
    ),
    "claim": Step(
        AID_SETTLE, claim_cost, gettext_lazy("Claim the cost"),
        gettext_lazy("Claimed. A time limit runs until it is settled."),
        lambda found: found.in_force and found.payment == Payment.ASKER
        and found.claimed < found.cost and found.deployments.filter(arrived__gt=0).exists(),
        ClaimForm, icon="receipt-2", folded=True,
    ),
    "amend": Step(
        AID_AGREE, amend_agreement, gettext_lazy("Change or extend the agreement"),
        gettext_lazy("The changed version waits for both signatures."),
        lambda found: found.state != AgreementState.CANCELLED, AmendForm,
        more=lambda found: {"version": _newest(found)}, icon="pencil", folded=True,
    ),
    "cancel": Step(
        AID_AGREE, cancel_agreement, gettext_lazy("Cancel the agreement"),
        gettext_lazy("Cancelled; both sides were told."),
        lambda found: found.state != AgreementState.CANCELLED and not found.sent, ReasonForm,
        tone="danger", icon="trash", folded=True,
    ),
}  # fmt: skip
STAY_STEPS: Final = {
    "arrive": Step(
        AID_HOST, confirm_arrival, gettext_lazy("Confirm the arrival"),
        gettext_lazy("Checked in."), lambda one: one.on_the_way > 0, ArriveForm, icon="map-pin",
        more=lambda one: {"there": one.on_the_way}, folded=True,
    ),
    "release": Step(
        AID_HOST, release, gettext_lazy("Send home"), gettext_lazy("The sender was told."),
        lambda one: one.here > 0, MovedForm, icon="arrow-back-up",
        more=lambda one: {"there": one.here}, folded=True,
    ),
    "home": Step(
        AID_SEND, confirm_home, gettext_lazy("Confirm that they are home"),
        gettext_lazy("Home again."), lambda one: one.going_home > 0, MovedForm, icon="home",
        more=lambda one: {"there": one.going_home}, folded=True,
    ),
}  # fmt: skip
COST_STEPS: Final = {
    "pay": Step(
        AID_SETTLE, ask_payment, gettext_lazy("Accept and ask a fund to pay"),
        gettext_lazy("Asked. Somebody else of the fund approves and pays."), _payable, PayForm,
        icon="building-bank", folded=True,
    ),
    "refuse": Step(
        AID_SETTLE, refuse_cost, gettext_lazy("Refuse the claim"),
        gettext_lazy("Refused; whoever claimed was told."),
        lambda cost: cost.state == CostState.CLAIMED, ReasonForm, tone="danger", icon="x",
        folded=True,
    ),
    "give": Step(
        AID_SETTLE, give_cost, gettext_lazy("Give it as a gift"),
        gettext_lazy("Given. Nothing is paid for it."),
        lambda cost: cost.state == CostState.CLAIMED, ReasonForm, icon="heart-handshake",
        folded=True,
    ),
}  # fmt: skip
#: Whose step it is; the others are of both sides.
_SIDE: Final = {
    "deploy": "offerer", "claim": "offerer", "home": "offerer", "give": "offerer",
    "arrive": "asker", "release": "asker", "pay": "asker", "refuse": "asker",
}  # fmt: skip


@require_safe
@signed_in
def agreement(request: PostRequest, number: int) -> HttpResponse:
    """One agreement."""
    return _show(request, agreements.find(number, visible_to=request.holder))


@require_safe
@signed_in
def paper(request: PostRequest, number: int) -> HttpResponse:
    """The version that holds, or waits, to be printed: in both languages, with both hands."""
    found = agreements.find(number, visible_to=request.holder)
    versions = agreements.versions(found)
    wanted = request.GET.get("version", "")
    version = next((one for one in versions if str(one.number) == wanted), versions[0])
    sheets = []
    for code in ("zh-hans", "en"):
        with translation.override(code):
            sheets.append({"code": code, "clauses": version.clause_texts})
    context = {"agreement": found, "version": version, "sheets": sheets}
    return render(request, "aid/paper.html", context)


@require_POST
@signed_in
def agreement_step(request: PostRequest, number: int, step: str) -> HttpResponse:
    """Something is done with an agreement."""
    post = request.holder
    found = agreements.find(number, visible_to=post)
    form = taken(request, STEPS, step, found, post=post, given="agreement")
    if form is None:
        return done(request, STEPS[step].said, "aid-agreement", number)
    return _show(request, found, failed=(found.id, step, form))


@require_POST
@signed_in
def stay_step(request: PostRequest, id: UUID, step: str) -> HttpResponse:
    """Something is done with those who were sent."""
    post = request.holder
    found = agreements.deployment(id, visible_to=post)
    form = taken(request, STAY_STEPS, step, found, post=post, given="deployment")
    if form is None:
        return done(request, STAY_STEPS[step].said, "aid-agreement", found.agreement.number)
    return _show(request, found.agreement, failed=(id, step, form))


@require_POST
@signed_in
def cost_step(request: PostRequest, number: int, step: str) -> HttpResponse:
    """Something is done with a claim of cost."""
    post = request.holder
    found = agreements.cost(number, visible_to=post)
    form = taken(request, COST_STEPS, step, found, post=post, given="cost")
    if form is None:
        return done(request, COST_STEPS[step].said, "aid-agreement", found.agreement.number)
    return _show(request, found.agreement, failed=(found.id, step, form))


def _steps(
    steps: Steps, thing: Any, post: Post, failed: tuple[UUID, str, Form] | None
) -> list[Any]:
    of_this = (failed[1], failed[2]) if failed is not None and failed[0] == thing.id else None
    sides = thing.relations_of(post)
    found = opened(steps, thing, post=post, failed=of_this)
    return [one for one in found if one.name not in _SIDE or _SIDE[one.name] in sides]


def _show(
    request: PostRequest,
    found: Agreement,
    failed: tuple[UUID, str, Form] | None = None,
) -> HttpResponse:
    post = request.holder
    versions = agreements.versions(found)
    newest = versions[0]
    sides = found.relations_of(post)
    mine = [side for side in ("asker", "offerer") if sides & {side, f"{side}_line"}]
    steps = _steps(STEPS, found, post, failed)
    signed = {"asker": newest.asker_signed_at, "offerer": newest.offerer_signed_at}
    if failed is None and (len(mine) != 1 or signed[mine[0]] is not None):
        steps = [one for one in steps if one.name != "sign"]
    stays = agreements.deployments(found)
    for one in stays:
        one.steps = _steps(STAY_STEPS, one, post, failed)  # type: ignore[attr-defined]
    costs = agreements.costs(found)
    for cost in costs:
        cost.steps = _steps(COST_STEPS, cost, post, failed)  # type: ignore[attr-defined]
    about = [("aid_agreement", [found.id]), ("aid_deployment", [one.id for one in stays]),
             ("aid_cost", [one.id for one in costs])]  # fmt: skip
    context: dict[str, Any] = {
        "agreement": found,
        "at": clock.now(),
        "versions": versions,
        "newest": newest,
        "holds": next((one for one in versions if one.number == found.version), None),
        "stays": stays,
        "costs": costs,
        "counts": {
            "on_the_way": sum(one.on_the_way for one in stays),
            "here": sum(one.here for one in stays),
            "gone": sum(one.released for one in stays),
        },
        "left": found.cost - found.claimed,
        "steps": steps,
        "step_url": "aid-agreement-step",
        "number": found.number,
        "clocks": [row for kind, ids in about for row in clocks.of(kind, ids, visible_to=post)],
        "acts": sentences.tell(ledger.about("aid_agreement", found.id), with_subjects=False),
    }
    template = "aid/_agreement.html" if part(request, "aid-agreement") else "aid/agreement.html"
    return render(request, template, context, status=422 if failed else 200)

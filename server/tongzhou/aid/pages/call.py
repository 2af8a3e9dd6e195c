"""A call for aid: making it, its page, answering and offering."""

from typing import Any, Final

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongzhou.actors import permissions, sentences
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import AID_AGREE, AID_ASK, AID_OFFER
from tongzhou.aid.actions.close_request import close_request
from tongzhou.aid.actions.decline_offer import decline_offer
from tongzhou.aid.actions.decline_request import decline_request
from tongzhou.aid.actions.draft_agreement import draft_agreement
from tongzhou.aid.actions.offer_aid import left_of, offer_aid
from tongzhou.aid.actions.prolong_request import prolong_request
from tongzhou.aid.actions.request_aid import request_aid
from tongzhou.aid.actions.withdraw_offer import withdraw_offer
from tongzhou.aid.choices import Answer, OfferState
from tongzhou.aid.forms.calls import CallForm, DeclineForm, OfferForm, ProlongForm, TakeForm
from tongzhou.aid.models import AidOffer, AidRequest
from tongzhou.aid.pages.board import host_load
from tongzhou.aid.queries import agreements, requests
from tongzhou.clocks import queries as clocks
from tongzhou.funds.forms.spending import ReasonForm
from tongzhou.funds.pages.step import Step, opened, taken
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotAllowed
from tongzhou.ledger import queries as ledger
from tongzhou.oversight.pages.rendering import done, part, tried

STEPS: Final = {
    "decline": Step(
        AID_OFFER, decline_request, gettext_lazy("We cannot help"),
        gettext_lazy("The asking region was told."), lambda call: call.is_open, DeclineForm,
        icon="x", folded=True,
    ),
    "prolong": Step(
        AID_ASK, prolong_request, gettext_lazy("Prolong the call"),
        gettext_lazy("The call goes on."), lambda call: call.is_open, ProlongForm,
        more=lambda call: {"initial": {"ends_on": call.ends_on}}, icon="calendar",
        folded=True,
    ),
    "close": Step(
        AID_ASK, close_request, pgettext_lazy("for aid", "Close the call"),
        gettext_lazy("Closed. What was agreed goes on."), lambda call: call.is_open, ReasonForm,
        tone="danger", icon="lock", folded=True,
    ),
}  # fmt: skip
OFFER_STEPS: Final = {
    "take": Step(
        AID_AGREE, draft_agreement, gettext_lazy("Take this offer"),
        gettext_lazy("The agreement is put down. Both sides sign it now."),
        lambda offer: offer.state == OfferState.MADE, TakeForm, icon="signature",
        more=lambda offer: {"offer": offer}, folded=True,
    ),
    "decline": Step(
        AID_AGREE, decline_offer, pgettext_lazy("an offer of aid", "Do not take it"),
        gettext_lazy("Whoever offered was told."), lambda offer: offer.state == OfferState.MADE,
        ReasonForm, tone="danger", icon="x", folded=True,
    ),
    "withdraw": Step(
        AID_OFFER, withdraw_offer, pgettext_lazy("of aid", "Withdraw the offer"),
        pgettext_lazy("of aid", "The offer is withdrawn."),
        lambda offer: offer.state == OfferState.MADE, ReasonForm, tone="danger", icon="trash",
        folded=True,
    ),
}  # fmt: skip
_OF_ASKER: Final = ("take", "decline")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def aid_new(request: PostRequest) -> HttpResponse:
    """The form of a call."""
    post, at = request.holder, clock.now()
    if not permissions.holds(post, AID_ASK):
        raise NotAllowed(permission=AID_ASK.label)
    data = (request.POST,) if request.method == "POST" else ()
    names = ("kind", "what", "incident", "package", "count")
    wanted = {name: request.GET[name][:300] for name in names if name in request.GET}
    form = CallForm(*data, post=post, at=at, initial=wanted)
    if data and (made := tried(form, lambda: request_aid(**form.arguments(), by=post, at=at))):
        return done(
            request, _("Called. Each that was asked has a time limit to answer."), "aid-request",
            made.number,
        )  # fmt: skip
    context = {
        "form": form, "title": _("Call for aid"), "action": _("Send the call"),
        "subtitle": _("What, how many, from when until when. Those you ask are told at once."),
    }  # fmt: skip
    return render(request, "aid/form.html", context, status=422 if data else 200)


@require_safe
@signed_in
def aid_request(request: PostRequest, number: int) -> HttpResponse:
    """One call with its offers and agreements."""
    return _show(request, requests.find(number, visible_to=request.holder))


@require_POST
@signed_in
def request_step(request: PostRequest, number: int, step: str) -> HttpResponse:
    """Something is done with a call."""
    post = request.holder
    found = requests.find(number, visible_to=post)
    form = taken(request, STEPS, step, found, post=post, given="request")
    if form is None:
        return done(request, STEPS[step].said, "aid-request", number)
    return _show(request, found, failed=(step, form))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def offer_new(request: PostRequest, number: int) -> HttpResponse:
    """The form of an offer."""
    post, at = request.holder, clock.now()
    found = requests.find(number, visible_to=post)
    permissions.require(by=post, word=AID_OFFER, on=found)
    data = (request.POST,) if request.method == "POST" else ()
    form = OfferForm(*data, request=found, left=left_of(found), post=post, at=at)
    if data and tried(form, lambda: offer_aid(request=found, **form.arguments(), by=post, at=at)):
        return done(request, _("Offered. The asking region was told."), "aid-request", number)
    context = {
        "form": form, "title": _("Offer aid"), "action": pgettext("aid", "Offer"), "call": found,
        "subtitle": found.what,
    }  # fmt: skip
    return render(request, "aid/form.html", context, status=422 if data else 200)


@require_POST
@signed_in
def offer_step(request: PostRequest, number: int, step: str) -> HttpResponse:
    """Something is done with an offer."""
    post = request.holder
    offer = requests.find_offer(number, visible_to=post)
    form = taken(request, OFFER_STEPS, step, offer, post=post, given="offer")
    if form is None:
        if step == "take":
            made = requests.find_offer(number, visible_to=post).agreement
            return done(request, OFFER_STEPS[step].said, "aid-agreement", made.number)
        return done(request, OFFER_STEPS[step].said, "aid-request", offer.request.number)
    found = requests.find(offer.request.number, visible_to=post)
    return _show(request, found, failed_offer=(number, step, form))


def _offer_steps(
    offer: AidOffer, request: PostRequest, failed: tuple[int, str, Form] | None
) -> list[Any]:
    post = request.holder
    relations = offer.relations_of(post)
    of_this = (failed[1], failed[2]) if failed is not None and failed[0] == offer.number else None
    steps = opened(OFFER_STEPS, offer, post=post, failed=of_this)
    return [
        one for one in steps if ("asker" if one.name in _OF_ASKER else "offerer") in relations
    ]  # fmt: skip


def _show(
    request: PostRequest,
    found: AidRequest,
    failed: tuple[str, Form] | None = None,
    failed_offer: tuple[int, str, Form] | None = None,
) -> HttpResponse:
    post = request.holder
    relations = found.relations_of(post)
    mine = next((one for one in found.asked.all() if one.unit_id == post.unit_id), None)
    offers = requests.offers(found, visible_to=post)
    for offer in offers:
        offer.steps = _offer_steps(offer, request, failed_offer)  # type: ignore[attr-defined]
    steps = opened(STEPS, found, post=post, failed=failed)
    if mine is not None and mine.answer == Answer.OFFERED:
        steps = [one for one in steps if one.name != "decline"]
    asked = [one.id for one in found.asked.all()]
    context: dict[str, Any] = {
        "call": found,
        "at": clock.now(),
        "offers": offers,
        "agreements": agreements.of_request(found.id, visible_to=post),
        "arrivals": requests.surge(found),
        "left": left_of(found),
        "mine": mine,
        "asks": bool(relations & {"asker", "asker_line"}),
        "may_offer": found.is_open and permissions.allowed(by=post, word=AID_OFFER, on=found),
        "steps": steps,
        "step_url": "aid-request-step",
        "number": found.number,
        "clocks": [
            *clocks.of("aid_request", [found.id], visible_to=post),
            *clocks.of("aid_asked", asked, visible_to=post),
        ],
        "acts": sentences.tell(ledger.about("aid_request", found.id), with_subjects=False),
    }
    if context["asks"]:
        context["load"] = host_load(post, found)
    template = "aid/_call.html" if part(request, "aid-call") else "aid/call.html"
    status = 422 if failed or failed_offer else 200
    return render(request, template, context, status=status)

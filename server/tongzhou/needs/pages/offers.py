"""Offers of units, and the desk that answers them."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tongzhou.actors import permissions, sentences
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import OFFER_ANSWER, OFFER_MAKE
from tongzhou.clocks import queries as clocks
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotAllowed
from tongzhou.ledger import queries as ledger
from tongzhou.needs.actions.answer_offer import answer_offer
from tongzhou.needs.actions.offer import offer as make_offer
from tongzhou.needs.actions.withdraw_offer import withdraw_offer
from tongzhou.needs.choices import Answer
from tongzhou.needs.forms.needs import ReasonForm
from tongzhou.needs.forms.offers import AnswerOfferForm, OfferForm
from tongzhou.needs.pages.rendering import done, part, posted, step, tried
from tongzhou.needs.queries import offers as queries

LIST: Final = "offer-list"
SHOWN: Final = [
    ("usable", gettext_lazy("can be taken from")),
    ("waiting", gettext_lazy("to be answered")),
    ("accepted", pgettext_lazy("of offers", "accepted")),
    ("declined", pgettext_lazy("of offers", "declined")),
    ("withdrawn", pgettext_lazy("of offers", "withdrawn")),
]
WHOSE: Final = [
    ("mine", gettext_lazy("made by us")),
    ("desk", gettext_lazy("ours to answer")),
]


@require_safe
@signed_in
def offers(request: PostRequest) -> HttpResponse:
    """Offers that the post may see; near it with a tick."""
    given = request.GET
    show, whose = given.get("show", ""), given.get("whose", "")
    page = queries.listed(
        visible_to=request.holder, at=clock.now(), q=given.get("q", "").strip()[:100],
        show=show if show in queries.SHOWN else "", whose=whose if whose in queries.WHOSE else "",
        near=given.get("near") == "1", cursor=given.get("cursor", "")[:600],
    )  # fmt: skip
    context: dict[str, Any] = {
        "rows": page.rows,
        "next": page.next,
        "at": clock.now(),
        "filtered": any(given.get(name) for name in ("q", "show", "whose", "near")),
        "may_offer": permissions.holds(request.holder, OFFER_MAKE),
        "shown": SHOWN,
        "whose": WHOSE,
        "offers_waiting": queries.waiting(visible_to=request.holder),
        "tab": "offers",
    }
    template = "needs/_offers.html" if part(request, LIST) else "needs/offers.html"
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def offer_new(request: PostRequest) -> HttpResponse:
    """What the own unit offers."""
    post, at = request.holder, clock.now()
    if not permissions.holds(post, OFFER_MAKE):
        raise NotAllowed(permission=OFFER_MAKE.label)
    form = OfferForm(posted(request))
    if form.is_bound and (
        made := tried(form, lambda: make_offer(**form.arguments(), by=post, at=at))
    ):
        return done(
            request, _("Offered as %(number)s.") % {"number": made.reference}, "offer", made.number
        )
    return render(
        request, "needs/offer_new.html", {"form": form}, status=422 if form.is_bound else 200
    )


@require_safe
@signed_in
def offer(request: PostRequest, number: int) -> HttpResponse:
    """One offer, with what became of it."""
    post, at = request.holder, clock.now()
    found = queries.find(number, visible_to=post)
    relations = found.relations_of(post)
    answers = found.answer == Answer.WAITING and found.withdrawn_at is None
    context = {
        "offer": found,
        "at": at,
        "uses": queries.uses(found) if relations & {"own", "line", "desk"} else [],
        "donor": getattr(found, "donor", None) if "desk" in relations else None,
        "may_answer": answers and permissions.allowed(by=post, word=OFFER_ANSWER, on=found),
        "may_withdraw": found.withdrawn_at is None
        and permissions.allowed(by=post, word=OFFER_MAKE, on=found.unit or found.desk),
        "clocks": clocks.of("offer", [found.id], visible_to=post),
        "acts": sentences.tell(ledger.about("offer", found.id), with_subjects=False),
    }
    template = "needs/_offer.html" if part(request, "offer") else "needs/offer.html"
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def offer_answer(request: PostRequest, number: int) -> HttpResponse:
    """The desk accepts or declines."""
    post = request.holder
    found = queries.find(number, visible_to=post)
    permissions.require(by=post, word=OFFER_ANSWER, on=found)
    form = AnswerOfferForm(posted(request), offer=found)
    if form.is_bound and tried(
        form, lambda: answer_offer(offer=found, **form.arguments(), by=post, at=clock.now())
    ):
        return done(request, _("Answered."), "offer", number)
    return step(
        request, form, title=_("Answer the offer"), button=_("Answer"),
        back=reverse("offer", args=[number]), status=422 if form.is_bound else 200,
        more={"offer": found},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def offer_withdraw(request: PostRequest, number: int) -> HttpResponse:
    """It does not stand any more."""
    post = request.holder
    found = queries.find(number, visible_to=post)
    permissions.require(by=post, word=OFFER_MAKE, on=found.unit or found.desk)
    form = ReasonForm(posted(request))
    if form.is_bound and tried(
        form,
        lambda: withdraw_offer(offer=found, **form.cleaned_data, by=post, at=clock.now()),
    ):
        return done(request, _("The offer is withdrawn."), "offer", number)
    return step(
        request, form, title=_("Withdraw the offer"), button=_("Withdraw"),
        back=reverse("offer", args=[number]), status=422 if form.is_bound else 200,
    )  # fmt: skip

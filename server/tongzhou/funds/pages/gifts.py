"""Gifts: promising one and following it without an account; receiving and handing out."""

from datetime import timedelta
from typing import Any, Final

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongzhou.actors import permissions, sentences
from tongzhou.actors.auth import ANONYMOUS
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import FUND_KEEP
from tongzhou.funds import money
from tongzhou.funds.actions.cancel_gift import cancel_gift
from tongzhou.funds.actions.pledge_gift import pledge_gift
from tongzhou.funds.actions.receive_gift import receive_gift
from tongzhou.funds.actions.use_gift import use_gift
from tongzhou.funds.choices import GiftState
from tongzhou.funds.forms.gifts import PromiseForm, ReceiveGiftForm, UseGiftForm
from tongzhou.funds.forms.spending import ReasonForm
from tongzhou.funds.models import Gift
from tongzhou.funds.pages.step import Step, opened, taken
from tongzhou.funds.queries import funds
from tongzhou.funds.queries import gifts as queries
from tongzhou.incidents.pages.public_entry import require_real, unkept
from tongzhou.kernel import clock
from tongzhou.kernel.client_address import client_address
from tongzhou.kernel.errors import NotFound
from tongzhou.kernel.ids import named_id
from tongzhou.kernel.rate import Rate
from tongzhou.ledger import queries as ledger
from tongzhou.oversight.pages.rendering import done, part, tried
from tongzhou.ui.refusals import everybody

#: Codes that are tried; a family may share one address.
LOOK_UPS: Final = Rate("gift", most=60, every=timedelta(minutes=10))


def _promised(found: Any) -> bool:
    return bool(found.state == GiftState.PROMISED)


STEPS: Final = {
    "receive": Step(
        FUND_KEEP, receive_gift, pgettext_lazy("of a gift", "It has arrived"),
        gettext_lazy("Received. The donor sees it now."), _promised, ReceiveGiftForm,
        more=lambda found: {"initial": {"amount": found.promised, "quantity": found.quantity}},
    ),
    "use": Step(
        FUND_KEEP, use_gift, gettext_lazy("Hand goods out"),
        gettext_lazy("Handed out. The donor sees it now."),
        lambda found: found.state == GiftState.RECEIVED and found.in_kind and found.left > 0,
        UseGiftForm, icon="package",
        more=lambda found: {"initial": {"amount": found.left}},
    ),
    "cancel": Step(
        FUND_KEEP, cancel_gift, gettext_lazy("It does not come"), gettext_lazy("Noted."),
        _promised, ReasonForm, tone="danger", icon="x", folded=True,
    ),
}  # fmt: skip


@require_safe
@everybody
def gifts(request: HttpRequest) -> HttpResponse:
    """What was given, by who gives and for what, for everybody."""
    context = {
        "overview": queries.overview(),
        "funds": funds.taking_gifts(),
        "currency": money.currency(),
        "fewest": queries.FEWEST,
    }
    return render(request, "funds/gifts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@everybody
def gift_promise(request: HttpRequest) -> HttpResponse:
    """The form of a promise; when it is sent, on to the page of the gift."""
    data = (request.POST,) if request.method == "POST" else ()
    wanted = {"fund": request.GET.get("fund", "")[:60]}
    form = PromiseForm(*data, initial=wanted)
    if data and (code := tried(form, lambda: _take(request, form))):
        return _followed(code, new=True)
    context = {"form": form, "currency": money.currency()}
    return render(request, "funds/gift_promise.html", context, status=422 if data else 200)


def _take(request: HttpRequest, form: PromiseForm) -> str:
    given = dict(form.cleaned_data)
    once = named_id("gift", str(given.pop("once")))
    made = Gift.objects.filter(id=once).first()
    if made is not None:
        return made.code
    require_real(request)
    ANONYMOUS.count(client_address(request))
    return pledge_gift(**given, by=None, at=clock.now(), id=once).code


def _followed(code: str, *, new: bool = False) -> HttpResponse:
    query = {"code": code, "new": "1"} if new else {"code": code}
    return redirect(f"{reverse('gift')}?{urlencode(query)}")


@require_safe
@everybody
def gift(request: HttpRequest) -> HttpResponse:
    """What became of a gift, for whoever holds its code."""
    code = request.GET.get("code", "").strip()[:40]
    context: dict[str, Any] = {
        "code": code, "at": clock.now(), "new": request.GET.get("new") == "1"
    }  # fmt: skip
    if not code:
        return unkept(render(request, "funds/gift_follow.html", context))
    LOOK_UPS.count(client_address(request))
    try:
        context["followed"] = queries.by_code(code)
    except NotFound:
        context["missing"] = True
        return unkept(render(request, "funds/gift_follow.html", context, status=404))
    return unkept(render(request, "funds/gift_follow.html", context))


@require_safe
@signed_in
def fund_gift(request: PostRequest, number: int) -> HttpResponse:
    """One gift, for whoever keeps the fund."""
    return _show(request, queries.find(number, visible_to=request.holder))


@require_POST
@signed_in
def fund_gift_step(request: PostRequest, number: int, step: str) -> HttpResponse:
    """Something is done with a gift."""
    post = request.holder
    found = queries.find(number, visible_to=post)
    form = taken(request, STEPS, step, found, post=post, given="gift")
    if form is None:
        return done(request, STEPS[step].said, "fund-gift", number)
    return _show(request, found, (step, form))


def _show(
    request: PostRequest, found: Gift, failed: tuple[str, Form] | None = None
) -> HttpResponse:
    post = request.holder
    context: dict[str, Any] = {
        "gift": found,
        "at": clock.now(),
        "followed": queries.followed(found),
        "steps": opened(STEPS, found, post=post, failed=failed),
        "step_url": "fund-gift-step",
        "number": found.number,
        # The code is the donor's key: whoever keeps the fund may hand it on, nobody else.
        "shows_code": permissions.allowed(by=post, word=FUND_KEEP, on=found)
        or found.donor_id == post.unit_id,
        "acts": sentences.tell(ledger.about("gift", found.id), with_subjects=False),
    }
    template = "funds/_gift.html" if part(request, "gift") else "funds/gift.html"
    return render(request, template, context, status=422 if failed else 200)

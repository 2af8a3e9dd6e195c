"""Offering without an account, and following it by its number."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from tongzhou.actors.auth import ANONYMOUS
from tongzhou.incidents.pages import areas, report
from tongzhou.incidents.pages.public_entry import require_real, unkept
from tongzhou.kernel import clock
from tongzhou.kernel.client_address import client_address
from tongzhou.kernel.errors import NotFound
from tongzhou.kernel.ids import named_id
from tongzhou.needs.actions.offer_publicly import offer_publicly
from tongzhou.needs.forms.offers import PublicOfferForm
from tongzhou.needs.models import Offer
from tongzhou.needs.pages.rendering import tried
from tongzhou.needs.queries import offers
from tongzhou.ui.refusals import everybody


@require_http_methods(["GET", "HEAD", "POST"])
@everybody
def offer_public(request: HttpRequest) -> HttpResponse:
    """The form; when it is sent, on to its number."""
    picks = request.method == "POST" and areas.PICK in request.POST
    sent = request.method == "POST" and not picks
    begun = request.POST.dict() if picks else {"area": request.GET.get("area")}
    form = PublicOfferForm(request.POST) if sent else PublicOfferForm(initial=begun)
    if sent and (made := tried(form, lambda: _take(request, form))):
        query = urlencode({"number": made.code, "new": "1"})
        return redirect(f"{reverse('offer-follow')}?{query}")
    given = request.POST if request.method == "POST" else {"area": form["area"].value() or ""}
    context = {"form": form, "picker": areas.picked(given)}
    return render(request, "needs/offer_public.html", context, status=422 if sent else 200)


def _take(request: HttpRequest, form: PublicOfferForm) -> Offer:
    once = named_id("offer", str(form.cleaned_data["once"]))
    made = Offer.objects.filter(id=once).first()
    if made is not None:
        return made
    require_real(request)
    ANONYMOUS.count(client_address(request))
    return offer_publicly(**form.arguments(), at=clock.now(), id=once)


@require_safe
@everybody
def offer_follow(request: HttpRequest) -> HttpResponse:
    """What became of an offer, for whoever holds its number."""
    number = request.GET.get("number", "").strip()[:40]
    found, refusal = None, ""
    if number:
        report.LOOK_UPS.count(client_address(request))
        try:
            found = offers.by_code(number)
        except NotFound as missing:
            refusal = str(missing)
    context = {
        "offer": found,
        "number": number,
        "uses": offers.uses(found) if found else [],
        "refusal": refusal,
        "new": request.GET.get("new") == "1",
        "at": clock.now(),
    }
    status = 404 if refusal else 200
    return unkept(render(request, "needs/offer_follow.html", context, status=status))

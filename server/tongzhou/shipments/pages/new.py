"""Planning a shipment: from which site, then what of it goes where."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import SHIPMENT_SEND
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotAllowed, Refusal
from tongzhou.shipments import purposes
from tongzhou.shipments.access import Giving
from tongzhou.shipments.actions.plan_shipment import MOST_LINES, plan_shipment
from tongzhou.shipments.forms.plan import Asked, PlanForm
from tongzhou.stock import queries as stock
from tongzhou.stock.models import Site

_SITES = 300


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def shipment_new(request: PostRequest) -> HttpResponse:
    """Without ``?site=`` the sites to choose from; with it, what lies there. Each ``line`` of the
    address (``item:quantity:kind:id``) stands first, filled in."""
    post, at = request.holder, clock.now()
    if not permissions.holds(post, SHIPMENT_SEND):
        raise NotAllowed(permission=SHIPMENT_SEND.label)
    sites = list(
        stock.visible_sites(visible_to=post)
        .filter(closed_at=None)
        .order_by("unit", "code")[:_SITES]
    )
    code = request.GET.get("site", "")[:80]
    if not code:
        return _choose(request, sites, post)
    site = stock.find_site(code=code, visible_to=post)
    permissions.require(by=post, word=SHIPMENT_SEND, on=Giving(site))
    asked = [Asked.read(text[:200]) for text in request.GET.getlist("line")[:MOST_LINES]]
    found = [each for each in asked if each is not None]
    wanted = {(each.for_kind, each.for_id) for each in found if each.for_id is not None}
    # What is kept for the very thing that it is sent for is not free, and goes along.
    named = {each.item for each in found if each.for_id is not None}
    known: dict[str, Any] = {
        "site": site,
        "sites": sites,
        "holdings": [
            held
            for held in stock.holdings(visible_to=post, at=at, sites=[site.id])
            if held.free or (held.reserved and held.item.code in named)
        ],
        "asked": found,
        "purposes": purposes.found(wanted, post),
        "post": post,
        "at": at,
    }
    data = (request.POST,) if request.method == "POST" else ()
    initial = {name: request.GET[name][:80] for name in ("to_site", "receiver", "area", "incident")
               if name in request.GET}  # fmt: skip
    form = PlanForm(*data, initial=initial, **known)
    if data and form.is_valid():
        try:
            made = plan_shipment(**form.arguments(), by=post, at=at)
        except Refusal as refusal:
            if refusal.status == 404 and not refusal.field:
                raise
            form.told(refusal)
        else:
            messages.success(request, _("Planned and reserved. Next: pick the goods."))
            return redirect("shipment", made.number)
    context = {"form": form, "site": site}
    return render(request, "shipments/new.html", context, status=422 if data else 200)


def _choose(request: PostRequest, sites: list[Site], post: Post) -> HttpResponse:
    mine = [
        site for site in sites
        if permissions.allowed(by=post, word=SHIPMENT_SEND, on=Giving(site))
    ]  # fmt: skip
    if len(mine) == 1 and request.method != "POST":
        given = [(name, value) for name, values in request.GET.lists() for value in values]
        return redirect(f"{request.path}?{urlencode([('site', mine[0].code), *given])}")
    return render(request, "shipments/choose.html", {"sites": mine})

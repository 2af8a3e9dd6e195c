"""What is printed of a shipment – label, pick list, delivery note – and the page that the label
leads to."""

from importlib import import_module
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tongzhou.actors.session import PostRequest, current_post, signed_in
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound
from tongzhou.shipments.models import Shipment
from tongzhou.shipments.queries import shipments
from tongzhou.ui.refusals import everybody


@require_safe
@signed_in
def shipment_label(request: PostRequest, number: int) -> HttpResponse:
    """A6: number, places, and a code that a phone reads."""
    return _paper(request, number, "label")


@require_safe
@signed_in
def shipment_pick_list(request: PostRequest, number: int) -> HttpResponse:
    """A4: what to set aside, batch by batch."""
    return _paper(request, number, "pick_list")


@require_safe
@signed_in
def shipment_note(request: PostRequest, number: int) -> HttpResponse:
    """A4: what was loaded, with room for what came and for both hands."""
    return _paper(request, number, "note")


def _paper(request: PostRequest, number: int, name: str) -> HttpResponse:
    found = shipments.find(number, visible_to=request.holder)
    address = request.build_absolute_uri(reverse("shipment-head", args=[found.number, found.key]))
    lines = shipments.lines(found)
    context: dict[str, Any] = {
        "shipment": found,
        "lines": lines,
        "cold": any(line.item.cold_chain for line in lines),
        "code": qr_code(address),
        "at": clock.now(),
    }
    return render(request, f"shipments/{name}.html", context)


def qr_code(text: str) -> SafeString:
    """The text as a QR code in SVG, of a size that the style sheet gives it; a quarter of it may
    be torn or wet."""
    # Read when first needed: most processes never print a label.
    segno = import_module("segno")
    drawn = segno.make_qr(text, error="q").svg_inline(omitsize=True, border=2, svgclass="sh-qr")
    # Drawn by the library out of squares; nothing of the text itself stands in it.
    return mark_safe(str(drawn))  # noqa: S308


@never_cache
@require_safe
@everybody
def shipment_head(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """What the label leads to. Whoever may see the shipment comes to its page; whoever holds the
    label and has no account sees how far it is, from whom and for whom: not what is in it."""
    found = shipments.by_key(number, key)
    post = current_post(request)
    if post is not None and _sees(post, found):
        return redirect("shipment", found.number)
    context = {"shipment": found, "at": clock.now(), "stranger": post is not None}
    response = render(request, "shipments/head.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _sees(post: Any, shipment: Shipment) -> bool:
    try:
        shipments.find(shipment.number, visible_to=post)
    except NotFound:
        return False
    return True

"""The list of shipments, its file, and the map of what is on the way."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import SHIPMENT_SEND
from tongzhou.kernel import clock
from tongzhou.oversight.pages.rendering import part
from tongzhou.shipments import exporting
from tongzhou.shipments.choices import State
from tongzhou.shipments.pages import way_map
from tongzhou.shipments.queries import shipments

LIST: Final = "shipment-list"
#: The named choices, in the order in which they stand on the page.
QUICK: Final[tuple[tuple[str, str | Promise, str], ...]] = (
    ("late", _("Late"), "clock-exclamation"),
    ("on_the_way", pgettext_lazy("of a shipment", "On the way"), "truck-delivery"),
    ("send", _("Ours to send"), "package"),
    ("carry", _("Ours to carry"), "route"),
    ("receive", _("Ours to receive"), "clipboard-check"),
    ("differ", _("Not as loaded"), "alert-triangle"),
)


@require_safe
@signed_in
def shipment_list(request: PostRequest) -> HttpResponse:
    """Shipments; the filters stand in the address."""
    post, at = request.holder, clock.now()
    filters = filters_of(request)
    page = shipments.listed(
        visible_to=post, filters=filters, at=at, cursor=request.GET.get("cursor", "")[:600]
    )
    context: dict[str, Any] = {
        "rows": page.rows,
        "next": page.next,
        "at": at,
        "filters": filters,
        "filtered": any((filters.show, filters.q, filters.unit, filters.item, filters.incident)),
        "may_send": permissions.holds(post, SHIPMENT_SEND),
    }
    if part(request, LIST):
        return render(request, "shipments/_list.html", context)
    figures = shipments.figures(visible_to=post, at=at)
    context["quick"] = [
        {"show": show, "label": label, "icon": icon, "count": figures[show],
         "here": filters.show == show}
        for show, label, icon in QUICK
    ]  # fmt: skip
    context["states"] = [
        ("all", _("all, ended ones too")),
        *((show, label) for show, label, _icon in QUICK),
        *State.choices,
    ]
    return render(request, "shipments/shipments.html", context)


@require_safe
@signed_in
def shipment_map(request: PostRequest) -> HttpResponse:
    """What is on the way, between the places where it left and where it is awaited."""
    at = clock.now()
    rows = shipments.under_way(visible_to=request.holder)
    context = {
        "rows": rows,
        "at": at,
        "map": way_map.option(rows, at=at),
        "table": way_map.table(rows),
    }
    target = part(request, "way-map")
    template = "shipments/_map.html" if target else "shipments/map.html"
    return render(request, template, context)


@require_safe
@signed_in
def shipments_export(request: PostRequest) -> HttpResponseBase:
    """The list as CSV, line by line."""
    at = clock.now()
    rows = exporting.csv_rows(visible_to=request.holder, filters=filters_of(request), at=at)
    name = f"shipments-{timezone.localtime(at):%Y-%m-%d-%H%M}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8", headers=headers)


def filters_of(request: HttpRequest) -> shipments.Filters:
    """The filters in the address, each as long as it may be."""
    given = request.GET
    return shipments.Filters(
        show=given.get("show", "")[:20],
        q=given.get("q", "")[:100],
        unit=given.get("unit", "")[:80],
        item=given.get("item", "")[:60],
        incident=given.get("incident", "")[:80],
    )

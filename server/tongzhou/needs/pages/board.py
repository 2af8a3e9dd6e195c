"""The board of needs, its files, repeats, and idle stock beside needs."""

from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import NEED_ASK, NEED_IMPORT
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.models import Item
from tongzhou.incidents.queries import lists as incidents
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound
from tongzhou.needs import exporting
from tongzhou.needs.choices import LineState, Priority
from tongzhou.needs.forms.filters import PlaceForm
from tongzhou.needs.pages.rendering import part
from tongzhou.needs.queries import board, idle, offers, repeats

LIST: Final = "need-list"
SHOWN: Final = [
    ("", _("Something missing")),
    ("open", _("All that is open")),
    ("closed", _("Met or withdrawn")),
    ("all", pgettext_lazy("needs", "All")),
]
WHOSE: Final = [
    ("mine", _("asked by us")),
    ("turn", _("our turn")),
    ("given", _("we give")),
]


@require_safe
@signed_in
def needs(request: PostRequest) -> HttpResponse:
    """The board, or the part of it that htmx asks for."""
    post = request.holder
    filters = board.Filters.from_query(request.GET)
    page = board.board(visible_to=post, filters=filters, cursor=request.GET.get("cursor", "")[:600])
    query = urlencode(filters.pairs())
    context: dict[str, Any] = {
        "rows": page.rows,
        "next": page.next,
        "filters": filters,
        "at": clock.now(),
        "may_ask": permissions.holds(post, NEED_ASK),
        "export_query": f"?{query}" if query else "",
    }
    if part(request, LIST):
        return render(request, "needs/_board.html", context)
    context |= {
        "figures": board.figures(visible_to=post),
        "offers_waiting": offers.waiting(visible_to=post),
        "shown": [(value, label, (value or "unmet") == filters.show) for value, label in SHOWN],
        "whose": WHOSE,
        "states": LineState.choices,
        "priorities": Priority.choices,
        "incidents": [(one.code, one.title) for one in incidents.codes(visible_to=post)],
        "place": PlaceForm(initial={k: request.GET.get(k, "") for k in ("area", "unit", "item")}),
        "more_open": any(request.GET.get(k) for k in ("state", "area", "unit", "item", "priority")),
        "may_import": permissions.holds(post, NEED_IMPORT),
        "tab": "needs",
    }
    return render(request, "needs/needs.html", context)


@require_safe
@signed_in
def export(request: PostRequest, kind: str) -> HttpResponseBase:
    """The filtered board as a file."""
    filters = board.Filters.from_query(request.GET)
    if kind == "csv":
        answer: HttpResponseBase = StreamingHttpResponse(
            exporting.csv_rows(visible_to=request.holder, filters=filters),
            content_type="text/csv; charset=utf-8",
        )
    elif kind == "xlsx":
        answer = HttpResponse(
            exporting.workbook(visible_to=request.holder, filters=filters),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    else:
        raise NotFound()
    answer.headers["Content-Disposition"] = f'attachment; filename="needs.{kind}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@require_safe
@signed_in
def repeated(request: PostRequest) -> HttpResponse:
    """Needs that may be the same."""
    found = repeats.repeats(visible_to=request.holder)
    return render(request, "needs/repeats.html", {"repeats": found, "tab": "repeats"})


@require_safe
@signed_in
def idle_stock(request: PostRequest) -> HttpResponse:
    """What lies idle beside needs of the same item."""
    at = clock.now()
    found = idle.idle_beside_need(visible_to=request.holder, at=at)
    context = {"rows": found, "days": idle.DAYS, "at": at, "tab": "idle"}
    return render(request, "needs/idle.html", context)


@require_safe
@signed_in
def items(request: PostRequest) -> HttpResponse:
    """What a search field asks while one types a thing's name."""
    text = request.GET.get("q", "").strip()[:100]
    if text:
        found = catalogue.find(text)
        rows = [found.item] if found.item is not None else found.candidates
    else:
        rows = list(Item.objects.filter(retired_at=None).order_by("category", "code")[:12])
    return JsonResponse(
        {
            "results": [
                {"code": one.code, "name": one.name, "hint": one.get_measure_display()}
                for one in rows[:12]
            ]
        }
    )

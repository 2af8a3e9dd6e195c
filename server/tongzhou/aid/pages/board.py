"""The board of calls for aid, its file, and the load of the host."""

from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import AID_ASK, AID_HOST
from tongzhou.aid import exporting
from tongzhou.aid.actions.set_hosting import set_hosting
from tongzhou.aid.choices import Kind
from tongzhou.aid.forms.calls import HostingForm
from tongzhou.aid.hosting import Day
from tongzhou.aid.queries import agreements, requests
from tongzhou.kernel import clock
from tongzhou.oversight.pages.rendering import done, part, tried
from tongzhou.ui import csv_files

LIST: Final = "aid-list"
#: The stages in their order: key, label, icon.
QUICK: Final[tuple[tuple[str, str | Promise, str], ...]] = (
    ("asked", pgettext_lazy("stage of aid", "Asked"), "hand-stop"),
    ("offered", pgettext_lazy("stage of aid", "Offered"), "heart-handshake"),
    ("agreed", pgettext_lazy("stage of aid", "Agreed"), "signature"),
    ("on_the_way", pgettext_lazy("stage of aid", "On the way"), "truck-delivery"),
    ("here", pgettext_lazy("stage of aid", "Here"), "map-pin"),
    ("home", pgettext_lazy("stage of aid", "Gone home"), "home"),
    ("to_pay", pgettext_lazy("stage of aid", "To be paid"), "receipt-2"),
)


@require_safe
@signed_in
def aid_board(request: PostRequest) -> HttpResponse:
    """Calls by stage; the filters stand in the address."""
    post = request.holder
    filters = filters_of(request)
    page = requests.listed(
        visible_to=post, filters=filters, cursor=request.GET.get("cursor", "")[:600]
    )
    context: dict[str, Any] = {
        "tab": "calls",
        "rows": page.rows,
        "next": page.next,
        "at": clock.now(),
        "filtered": any((filters.show, filters.q, filters.kind, filters.relation)),
        "may_ask": permissions.holds(post, AID_ASK),
    }
    if part(request, LIST):
        return render(request, "aid/_list.html", context)
    figures = requests.figures(visible_to=post)
    context["to_sign"] = agreements.to_sign(visible_to=post)
    context["quick"] = [
        {"show": show, "label": label, "icon": icon, "count": figures[show],
         "here": filters.show == show}
        for show, label, icon in QUICK
    ]  # fmt: skip
    context["states"] = [
        *((show, label) for show, label, _icon in QUICK), ("over", _("over")), ("all", _("all")),
    ]  # fmt: skip
    context["kinds"] = Kind.choices
    context["relations"] = [("asker", _("we ask")), ("asked", _("we were asked"))]
    return render(request, "aid/board.html", context)


@require_safe
@signed_in
def aid_export(request: PostRequest) -> HttpResponseBase:
    """The board as CSV."""
    rows = exporting.csv_rows(visible_to=request.holder, filters=filters_of(request))
    name = f"aid-{timezone.localtime(clock.now()):%Y-%m-%d-%H%M}.csv"
    return csv_files.download(name, rows)


def filters_of(request: HttpRequest) -> requests.Filters:
    """The filters in the address, each as long as it may be."""
    given = request.GET
    return requests.Filters(
        show=given.get("show", "")[:20],
        q=given.get("q", "")[:100],
        kind=given.get("kind", "")[:20],
        relation=given.get("relation", "")[:20],
        incident=given.get("incident", "")[:80],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def aid_hosting(request: PostRequest) -> HttpResponse:
    """How many people from outside the own unit lodges, day by day, and how many it can."""
    post, at = request.holder, clock.now()
    data = (request.POST,) if request.method == "POST" else ()
    form = HostingForm(*data, post=post, at=at)
    if data and tried(form, lambda: set_hosting(**form.arguments(), by=post, at=at)):
        return done(request, _("Kept. The load is measured against it."), "aid-hosting")
    load = agreements.load(
        post.unit, visible_to=post, at=at, first=_day(request), days=agreements.DAYS
    )
    context: dict[str, Any] = {
        "tab": "hosting",
        "form": form,
        "days": load,
        "chart": chart(load),
        "room": agreements.room(post.unit, exercise=post.exercise),
        "beyond": max((day.beyond for day in load), default=0),
        "may_host": permissions.allowed(by=post, word=AID_HOST, on=post.unit),
        "to_sign": agreements.to_sign(visible_to=post),
    }
    if part(request, "aid-load"):
        return render(request, "aid/_load.html", context)
    return render(request, "aid/hosting.html", context, status=422 if data else 200)


def _day(request: HttpRequest) -> date | None:
    try:
        found = date.fromisoformat(request.GET.get("from", "")[:10])
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2200 else None


def chart(load: list[Day]) -> dict[str, Any]:
    """Who is lodged by day, as bars, and for how many there is room, as a line."""
    return {
        "xAxis": {"type": "category", "data": [day.day.isoformat()[5:] for day in load]},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": [
            {"type": "bar", "stack": "all", "name": _("here or on the way"),
             "data": [day.here for day in load], "itemStyle": {"color": "--tz-blue-solid"}},
            {"type": "bar", "stack": "all", "name": _("agreed, not sent yet"),
             "data": [day.agreed for day in load], "itemStyle": {"color": "--tz-purple-solid"}},
            {"type": "line", "step": "middle", "name": _("can be lodged"), "symbol": "none",
             "data": [day.room for day in load], "itemStyle": {"color": "--tz-red-solid"}},
        ],
    }  # fmt: skip


def host_load(unit_post: Post, call: Any) -> dict[str, Any]:
    """The load of whoever calls, as its page shows it to those who host."""
    load = agreements.load(
        call.unit, visible_to=unit_post, at=clock.now(), first=call.starts_on,
        days=(call.ends_on - call.starts_on).days + 1,
    )  # fmt: skip
    return {"days": load, "chart": chart(load), "beyond": max((d.beyond for d in load), default=0)}

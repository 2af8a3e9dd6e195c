"""The page of burden: meter, requests and catalogue as tabs; the tile and the panel of others."""

from datetime import date, timedelta
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from tongzhou.actors import permissions
from tongzhou.actors import queries as units
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import BURDEN_ASK
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound
from tongzhou.oversight import access
from tongzhou.oversight.models import AskKind, AskPart, PartState
from tongzhou.oversight.pages.rendering import part
from tongzhou.oversight.queries import (
    asks,
    catalogue,
    entries,
    filling,
    findings,
    letters,
    load,
    quota,
)
from tongzhou.oversight.queries import meter as metering

TABS: Final = ("meter", "requests", "catalogue")
LIST: Final = "burden-list"


@require_safe
@signed_in
def burden(request: PostRequest) -> HttpResponse:
    """One of the three; tab and filters stand in the address."""
    tab = request.GET.get("tab") or TABS[0]
    if tab not in TABS:
        raise NotFound()
    context: dict[str, Any] = {
        "tab": tab,
        "at": clock.now(),
        "may_ask": permissions.holds(request.holder, BURDEN_ASK),
        "filtered": any(
            request.GET.get(name) for name in ("q", "kind", "show", "relation", "kept")
        ),
        **_TABS[tab](request),
    }
    if part(request, LIST):
        return render(request, f"oversight/_burden_{tab}.html", context)
    return render(request, "oversight/burden.html", context)


def today() -> date:
    """The local day."""
    return timezone.localtime(clock.now()).date()


def day_of(request: PostRequest, name: str = "on") -> date:
    """The day in the address; today where there is none that can be."""
    try:
        found = date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return today()
    return found if 2000 <= found.year <= 2200 else today()


def _meter(request: PostRequest) -> dict[str, Any]:
    on = day_of(request)
    found = metering.week(visible_to=request.holder, on=on, code=request.GET.get("unit", "")[:80])
    return {
        "meter": found,
        "on": on,
        "earlier": (found.since - timedelta(7)).isoformat(),
        "later": (found.since + timedelta(7)).isoformat(),
        "chart": _chart(found),
        "chart_table": _chart_table(found),
        "version": quota.version(on=on),
    }


def _chart(found: metering.Meter) -> dict[str, Any]:
    days = [day.isoformat() for day, _amount in found.days]

    def series(name: object, values: list[int], tone: str) -> dict[str, Any]:
        return {
            "name": str(name), "type": "bar", "stack": "fields", "data": values,
            "itemStyle": {"color": f"--tz-{tone}-solid"}, "barMaxWidth": 44,
        }  # fmt: skip

    amounts = [amount for _day, amount in found.days]
    return {
        "legend": {"type": "plain", "top": 0},
        "xAxis": {"type": "category", "data": days},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": [
            series(_("entered once"), [a.distinct for a in amounts], "teal"),
            series(_("entered again"), [a.duplicates for a in amounts], "red"),
            series(_("saved by reuse"), [a.saved for a in amounts], "grey"),
        ],
    }


def _chart_table(found: metering.Meter) -> dict[str, Any]:
    headers = [_("Day"), _("Fields"), _("Duplicates"), _("Saved by reuse"), _("Forms")]
    rows = [[day.isoformat(), a.fields, a.duplicates, a.saved, a.forms] for day, a in found.days]
    return {"headers": headers, "rows": rows}


def _requests(request: PostRequest) -> dict[str, Any]:
    given = request.GET
    page = asks.listed(
        visible_to=request.holder,
        on=today(),
        q=given.get("q", "")[:100],
        kind=given.get("kind", "")[:20],
        show=given.get("show", "")[:20],
        relation=given.get("relation", "")[:20],
        unit=given.get("unit", "")[:80],
        cursor=given.get("cursor", "")[:600],
    )
    return {
        "rows": [(ask, ask.runs(today())) for ask in page.rows],
        "next": page.next,
        "kinds": AskKind.choices,
        "shows": [("running", pgettext("request", "running")), ("over", _("over"))],
        "relations": [("charged", _("asked of us")), ("own", _("asked by us"))],
        "waiting": list(
            AskPart.objects.filter(unit=request.holder.unit_id, state=PartState.WAITING,
                                   ask__stops_on=None)
            .select_related("ask__sender").order_by("ask__number")[:20]
        ),
    }  # fmt: skip


def _catalogue(request: PostRequest) -> dict[str, Any]:
    page = catalogue.listed(
        visible_to=request.holder,
        q=request.GET.get("q", "")[:100],
        kept=request.GET.get("kept", "")[:3],
        cursor=request.GET.get("cursor", "")[:600],
    )
    return {"rows": page.rows, "next": page.next}


_TABS: Final = {"meter": _meter, "requests": _requests, "catalogue": _catalogue}


@require_safe
@signed_in
def unit_burden(request: PostRequest, code: str) -> HttpResponse:
    """What is asked of a unit this week, for its page; nothing for who may not know."""
    unit = units.find(code, visible_to=request.holder)
    knows = access.sees_burden(request.holder, unit)
    uses = quota.use(unit, on=today()) if knows else []
    context = {"unit": unit, "knows": knows, "uses": uses, "path": request.path}
    return render(request, "oversight/_unit_burden.html", context)


@require_safe
@signed_in
def oversight_tile(request: PostRequest) -> HttpResponse:
    """For the page of the day: what is asked of the own unit, and what it must answer."""
    post = request.holder
    sheet = filling.sheet(visible_to=post, day=today())
    context = {
        "at": clock.now(),
        "uses": quota.use(post.unit, on=today()),
        "load": load.by_day([post.unit_id], since=today(), until=today()).get(
            (post.unit_id, today())
        ),
        "waiting": sheet.waiting,
        "findings": list(findings.waiting(visible_to=post)[:5]),
        "letters": list(letters.waiting(visible_to=post)[:5]),
        "entries": list(entries.about_me(visible_to=post)[:5]),
        "consents": AskPart.objects.filter(
            unit=post.unit_id, state=PartState.WAITING, ask__stops_on=None
        ).count(),
        "path": request.path,
    }
    return render(request, "oversight/_tile.html", context)

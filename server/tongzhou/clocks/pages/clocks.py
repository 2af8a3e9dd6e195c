"""Time limits: the list, one of them, and giving more time."""

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from tongzhou.actors import permissions, sentences
from tongzhou.actors import queries as actors
from tongzhou.actors.models import Unit
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import CLOCK_EXTEND
from tongzhou.clocks import exporting, queries
from tongzhou.clocks.actions.extend_clock import extend_clock
from tongzhou.clocks.forms import ExtendForm
from tongzhou.clocks.pages.story import moments_of, template_of
from tongzhou.clocks.queries import Filters, Row
from tongzhou.kernel import clock as time
from tongzhou.kernel.errors import NotFound, Refusal
from tongzhou.ledger import queries as ledger
from tongzhou.ui import csv_files
from tongzhou.ui.refusals import tell_form

LIST: Final = "clock-list"
_NAMES: Final = ("whose", "state", "rule", "within", "incident", "unit")
WHOSE: Final[tuple[tuple[str, str | Promise], ...]] = (
    ("owner", gettext_lazy("Ours")),
    ("watcher", gettext_lazy("We wait")),
    ("line", gettext_lazy("Below us")),
)
STATES: Final[tuple[tuple[str, str | Promise], ...]] = (
    ("running", gettext_lazy("running")),
    ("missed", gettext_lazy("missed, still open")),
    ("late", gettext_lazy("done late")),
    ("met", gettext_lazy("kept")),
    ("ended", gettext_lazy("term over")),
    ("cancelled", gettext_lazy("cancelled")),
    ("over", gettext_lazy("all that are over")),
)
CONFIDENCE: Final = {"o": "green", "m": "yellow", "k": "orange"}
WITHIN: Final[tuple[tuple[str, str | Promise], ...]] = (
    ("day", gettext_lazy("ends within a day")),
    ("week", gettext_lazy("ends within a week")),
)


@gzip_page
@require_safe
@signed_in
def clocks(request: PostRequest) -> HttpResponse:
    """The list; the filters stand in the address."""
    at, post = time.now(), request.holder
    filters = _filters(request)
    page = queries.listed(
        visible_to=post, filters=filters, at=at, cursor=request.GET.get("cursor", "")[:600]
    )
    given = {name: request.GET[name] for name in _NAMES if request.GET.get(name)}
    context: dict[str, Any] = {
        "rows": page.rows,
        "next": page.next,
        "now": at,
        "filters": filters,
        "filtered": bool(given),
        "export": f"?{urlencode(given)}" if given else "",
    }
    if request.headers.get("HX-Target") == LIST:
        return render(request, "clocks/_list.html", context)
    context |= {
        "unit": _unit(request),
        "figures": queries.figures(visible_to=post, at=at),
        "whose_options": WHOSE,
        "states": STATES,
        "rules": queries.rules(at=at),
        "within": WITHIN,
    }
    return render(request, "clocks/clocks.html", context)


def _filters(request: PostRequest) -> Filters:
    """What the address asks for. Raises UnknownFilter, NotFound."""
    wanted = request.GET
    unit = _unit(request)
    incident = wanted.get("incident", "")
    try:
        found = UUID(incident) if incident else None
    except ValueError as error:
        raise NotFound(field="incident") from error
    return Filters(
        whose=wanted.get("whose", ""),
        state=wanted.get("state", ""),
        rule=wanted.get("rule", "")[:80],
        within=wanted.get("within", ""),
        incident=found,
        unit=unit.id if unit is not None else None,
    )


def _unit(request: PostRequest) -> Unit | None:
    """The unit that the address names. Raises NotFound."""
    code = request.GET.get("unit", "")
    return actors.find(code, visible_to=request.holder) if code else None


@require_safe
@signed_in
def clocks_export(request: PostRequest) -> HttpResponseBase:
    """Exactly the list, as CSV."""
    at = time.now()
    rows = exporting.csv_rows(visible_to=request.holder, filters=_filters(request), at=at)
    name = f"clocks-{timezone.localtime(at):%Y-%m-%d-%H%M}.csv"
    return csv_files.download(name, rows)


@require_safe
@signed_in
def clock(request: PostRequest, id: UUID) -> HttpResponse:
    """One time limit, or for htmx the part of it that lives."""
    row = queries.find(id, visible_to=request.holder)
    part = request.headers.get("HX-Target") == "clock"
    return render(request, f"clocks/{'_' if part else ''}clock.html", _about(request, row))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def clock_extend(request: PostRequest, id: UUID) -> HttpResponse:
    """Shows the form that gives more time, or gives it."""
    at, post = time.now(), request.holder
    row = queries.find(id, visible_to=post)
    permissions.require(by=post, word=CLOCK_EXTEND, on=row.clock)
    form = ExtendForm(request.POST or None, clock=row.clock, at=at)
    if form.is_valid():
        try:
            extend_clock(clock=row.clock, **form.arguments(), by=post, at=at)
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            messages.success(request, _("The new end is set, and its owner is told."))
            return redirect("clock", id=id)
    context = {"row": row, "form": form, "now": at}
    status = 422 if form.is_bound else 200
    return render(request, "clocks/extend.html", context, status=status)


def _about(request: PostRequest, row: Row) -> dict[str, Any]:
    at = time.now()
    template = template_of(row)
    may = permissions.allowed(by=request.holder, word=CLOCK_EXTEND, on=row.clock)
    lines = [
        line
        for line in ledger.about(row.clock.about_kind, row.clock.about_id)
        if line.act.data.get("clock") == str(row.clock.id)
    ]
    return {
        "row": row,
        "now": at,
        "may_extend": may and row.can_be_extended,
        "moments": moments_of(row),
        "template": template,
        "confidence_tone": CONFIDENCE[template.confidence],
        "acts": sentences.tell(lines, with_subjects=False),
        "extensions": row.clock.extensions.select_related("post__unit").order_by("at"),
        "topics": f"{row.clock.about_kind}:{row.clock.about_id}",
    }

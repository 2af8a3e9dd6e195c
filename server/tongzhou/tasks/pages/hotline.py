"""The desk: what waits, what runs, what is late, whom to call back."""

from itertools import chain
from typing import Final

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.kernel import clock
from tongzhou.tasks.pages import telling
from tongzhou.tasks.queries import tickets
from tongzhou.ui import csv_files

TABS: Final = {
    "queue": (gettext_lazy("To dispatch"), "inbox"),
    "mine": (gettext_lazy("We handle"), "tool"),
    "running": (gettext_lazy("With others"), "send"),
    "late": (gettext_lazy("Late"), "alarm"),
    "answered": (gettext_lazy("To close"), "circle-check"),
    "call_back": (gettext_lazy("To call back"), "phone"),
    "decide": (gettext_lazy("To decide"), "gavel"),
    "all": (gettext_lazy("All"), "list"),
}


@require_safe
@signed_in
def hotline(request: PostRequest) -> HttpResponse:
    """The desk, or the part of it that htmx asks for."""
    context = _context(request, request.holder)
    part = request.headers.get("HX-Target") in {"hotline", "ticket-list"}
    return render(request, f"tasks/{'_' if part else ''}hotline.html", context)


def _context(request: PostRequest, post: Post) -> dict[str, object]:
    at = clock.now()
    tab = request.GET.get("tab", "queue")
    tab = tab if tab in tickets.TABS else "queue"
    q = request.GET.get("q", "").strip()[:100]
    if q:
        tab = "all"
    page = tickets.listed(
        visible_to=post, at=at, tab=tab, q=q, cursor=request.GET.get("cursor", "")[:60]
    )
    counted = tickets.counts(visible_to=post, at=at, tabs=(*TABS, "not_drawn"))
    open_tab = "call_back" if tab == "not_drawn" else tab
    return {
        "tab": tab,
        "q": q,
        "at": at,
        "tabs": [
            (label, f"{reverse('hotline')}?tab={name}", name == open_tab, counted[name], icon)
            for name, (label, icon) in TABS.items()
        ],
        "drawn": counted["call_back"],
        "not_drawn": counted["not_drawn"],
        "page": page,
        "rows": [(row, telling.state_of(row.task.form, row.task.state)) for row in page.rows],
        "address": request.get_full_path(),
    }


@require_safe
@signed_in
def hotline_export(request: PostRequest) -> StreamingHttpResponse:
    """The list of a tab as CSV."""
    at, post = clock.now(), request.holder
    tab = request.GET.get("tab", "all")
    found = tickets.all_rows(
        visible_to=post,
        at=at,
        tab=tab if tab in tickets.TABS else "all",
        q=request.GET.get("q", "").strip()[:100],
    )
    head = [
        _("Ticket"), _("Task"), _("Title"), _("Class"), _("How it came in"), _("State"),
        _("Leads"), _("Area"), _("Registered"), _("Due"), _("Times passed on"),
    ]  # fmt: skip
    lines = (
        [
            row.number, row.task.reference, row.task.title, row.class_title, row.channel_label,
            str(row.task.state_label), row.task.lead.name, row.task.area.name,
            row.registered_at.isoformat(), row.task.due_at.isoformat(), str(row.bounces),
        ]
        for row in found
    )  # fmt: skip
    return csv_files.download("tickets.csv", csv_files.table(chain([head], lines)))

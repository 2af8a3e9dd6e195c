"""The gallery: every component, crowded and empty, for whoever builds or checks a page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tongzhou.kernel import clock
from tongzhou.ui import samples
from tongzhou.ui.tones import TONES


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """All components in the active language; ``?say=1`` adds messages. The list is a fragment
    of its own, as on every page with filters."""
    now = clock.now()
    rows = samples.matching(
        samples.rows(now, 8), request.GET.get("q", ""), request.GET.get("state", "")
    )
    if request.headers.get("HX-Target") == "sample-list":
        return render(request, "ui/_gallery_list.html", {"now": now, "rows": rows})
    if "say" in request.GET:
        messages.success(request, _("The task was dispatched."))
        messages.error(request, _("Task T-2020-0118 is closed; reopen it first."))
    option, table = samples.curve(now)
    context = {
        "now": now,
        "tones": TONES,
        "states": samples.STATES,
        "levels": samples.LEVELS,
        "units": samples.UNITS,
        "rows": rows,
        "columns": [
            (
                label,
                state,
                [row for row in samples.rows(now, 30) if row.state == state != "blocked"],
            )
            for state, label in samples.STATES[3:7]
        ],
        "option": option,
        "table": table,
        "network": samples.network(),
        "form": samples.SampleForm(),
        "broken_form": samples.SampleForm({"title": ""}),
        "moments": [row.due_at for row in samples.rows(now, 6)],
    }
    return render(request, "ui/gallery.html", context)

"""The three rates as a page and as CSV."""

from datetime import date, datetime, time, timedelta
from itertools import chain
from typing import Any, Final

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.kernel import clock
from tongzhou.tasks import rules
from tongzhou.tasks.models import Channel
from tongzhou.tasks.queries import rates as found_rates
from tongzhou.ui import csv_files

GROUPS: Final = {
    "unit": gettext_lazy("Unit that leads"),
    "area": gettext_lazy("Area"),
    "class": gettext_lazy("Class"),
    "channel": gettext_lazy("How it came in"),
    "month": gettext_lazy("Month"),
}
_DAYS: Final = 90


@require_safe
@signed_in
def hotline_rates(request: PostRequest) -> HttpResponse:
    """Answered, solved, satisfied, each with its n and what is missing."""
    return render(request, "tasks/rates.html", _context(request))


def _context(request: PostRequest) -> dict[str, Any]:
    at = clock.now()
    today = timezone.localtime(at).date()
    by = request.GET.get("by", "unit")
    by = by if by in GROUPS else "unit"
    since = _day(request.GET.get("since", "")) or today - timedelta(days=_DAYS)
    until = _day(request.GET.get("until", "")) or today
    template, hotline = rules.hotline(at=at)
    found = found_rates.rates(
        visible_to=request.holder,
        by=by,
        since=_start(since),
        until=_start(until + timedelta(days=1)),
        at=at,
        zone=str(timezone.get_current_timezone()),
    )
    shown = [one for one in found if one.shown]
    total = found_rates.total(found)
    return {
        "by": by,
        "groups": list(GROUPS.items()),
        "since": since,
        "until": until,
        "weights": hotline.weights,
        "template": template,
        "total": total,
        "total_weighted": total.weighted(hotline.weights),
        "lines": [(one, _label(by, one.label), one.weighted(hotline.weights)) for one in shown],
        "hidden": len(found) - len(shown),
        "fewest": found_rates.FEWEST,
    }


def _label(by: str, label: str) -> str:
    return str(Channel(label).label) if by == "channel" else label


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@require_safe
@signed_in
def hotline_rates_csv(request: PostRequest) -> StreamingHttpResponse:
    """The same as CSV: what is not shown there is not in it."""
    found = _context(request)
    head = [
        str(dict(found["groups"])[found["by"]]), _("Tickets due"), _("Answered in time, %"),
        _("Solved, %"), _("Solved: known"), _("Solved: missing"), _("Satisfied, %"),
        _("Satisfied: known"), _("Satisfied: missing"), _("Weighted"),
    ]  # fmt: skip
    lines = (
        [
            label, str(one.n), *(
                "" if value is None else str(value)
                for value in (
                    one.answered.percent, one.solved.percent, one.solved.known,
                    one.solved.missing, one.satisfied.percent, one.satisfied.known,
                    one.satisfied.missing, weighted,
                )
            ),
        ]
        for one, label, weighted in found["lines"]
    )  # fmt: skip
    return csv_files.download("hotline-rates.csv", csv_files.table(chain([head], lines)))

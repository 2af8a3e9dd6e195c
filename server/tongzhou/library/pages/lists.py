"""The library: every template, what is in force on a day."""

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import LIBRARY_EDIT
from tongzhou.kernel import clock
from tongzhou.library import profile
from tongzhou.library.codes import word_of
from tongzhou.library.document import COMMON, PROFILES, Confidence
from tongzhou.library.kinds.base import bodies, title_of
from tongzhou.library.pages import asked
from tongzhou.library.queries import lists
from tongzhou.library.resting import resting_on

LIST = "template-list"


@gzip_page
@require_safe
@signed_in
def library(request: PostRequest) -> HttpResponse:
    """Templates that are in force on a day (today, unless the address names one)."""
    on, filters = asked.day(request), asked.filters(request)
    page = lists.listed(on=on, filters=filters, cursor=request.GET.get("cursor", "")[:600])
    context = {
        "rows": page.rows,
        "next": page.next,
        "on": on,
        "today": asked.is_today(request),
        "filters": filters,
        "kinds": sorted(((k, str(title_of(k))) for k in bodies()), key=lambda pair: pair[1]),
        "jurisdictions": [
            ("all", _("all, also those not in use")),
            ("local", _("local ones")),
            *((code, word_of(code)) for code in (COMMON, *PROFILES)),
        ],
        "confidences": Confidence.choices,
        "shows": [("all", _("also those not in force"))],
        "profile_url": reverse("library-profile"),
        "profile_name": word_of(profile.current()),
        "may_publish": permissions.holds(request.holder, LIBRARY_EDIT),
    }
    if request.headers.get("HX-Target") == LIST:
        return render(request, "library/_library.html", context)
    over = lists.ended(on=clock.now().date())
    context["outlived"] = resting_on(over, visible_to=request.holder)
    return render(request, "library/library.html", context)


@require_safe
@signed_in
def export(request: PostRequest) -> HttpResponse:
    """The filtered list as CSV."""
    rows = lists.all_rows(on=asked.day(request), filters=asked.filters(request))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="library.csv"'
    response.write("\ufeff")
    out = csv.writer(response)
    out.writerow(
        ["kind", "key", "jurisdiction", "number", "title_zh", "title_en", "valid_from",
         "in_force_until", "legal_force", "confidence", "in_force"]
    )  # fmt: skip
    for row in rows:
        out.writerow(
            [row.kind, row.key, row.jurisdiction, row.number, _cell(row.title_zh),
             _cell(row.title_en), row.valid_from.isoformat(),
             row.until.isoformat() if row.until else "", row.legal_force, row.confidence,
             "yes" if row.in_force else "no"]
        )  # fmt: skip
    return response


def _cell(text: str) -> str:
    """A text that a spreadsheet takes for text, whatever it begins with."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text

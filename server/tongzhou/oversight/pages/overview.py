"""The page of oversight: findings, letters and accountability entries as tabs."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import ACCOUNTABILITY_OPEN, FINDING_RECORD, LETTER_SEND
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound
from tongzhou.oversight.models import EntryState, FindingState, Ground, LetterState, Severity
from tongzhou.oversight.pages.rendering import part
from tongzhou.oversight.queries import entries, findings, letters

TABS: Final = ("findings", "letters", "entries")
LIST: Final = "oversight-list"


@require_safe
@signed_in
def oversight(request: PostRequest) -> HttpResponse:
    """One of the three lists; tab and filters stand in the address."""
    tab = request.GET.get("tab") or TABS[0]
    if tab not in TABS:
        raise NotFound()
    post = request.holder
    context: dict[str, Any] = {
        "tab": tab,
        "at": clock.now(),
        "filtered": any(
            request.GET.get(name)
            for name in ("q", "show", "severity", "relation", "late", "ground")
        ),
        "to_answer": findings.waiting(visible_to=post).count(),
        "letters_to_answer": letters.waiting(visible_to=post).count(),
        "may_record": permissions.holds(post, FINDING_RECORD),
        "may_write": permissions.holds(post, LETTER_SEND),
        "may_open": permissions.holds(post, ACCOUNTABILITY_OPEN),
        **_LISTS[tab](request),
    }
    if part(request, LIST):
        return render(request, f"oversight/_{tab}.html", context)
    return render(request, "oversight/oversight.html", context)


def _wanted(request: PostRequest) -> dict[str, Any]:
    given = request.GET
    return {
        "q": given.get("q", "")[:100],
        "show": given.get("show", "")[:20],
        "relation": given.get("relation", "")[:20],
        "late": given.get("late") == "1",
        "cursor": given.get("cursor", "")[:600],
    }


def _findings(request: PostRequest) -> dict[str, Any]:
    page = findings.listed(
        visible_to=request.holder,
        at=clock.now(),
        severity=request.GET.get("severity", "")[:20],
        unit=request.GET.get("unit", "")[:80],
        **_wanted(request),
    )
    return {
        "rows": page.rows,
        "next": page.next,
        "states": [("pending", _("not closed yet")), *FindingState.choices],
        "severities": Severity.choices,
        "relations": [("owner", _("ours to answer")), ("own", _("recorded by us"))],
    }


def _letters(request: PostRequest) -> dict[str, Any]:
    page = letters.listed(visible_to=request.holder, at=clock.now(), **_wanted(request))
    return {
        "rows": page.rows,
        "next": page.next,
        "states": LetterState.choices,
        "relations": [("owner", _("to us")), ("own", _("from us"))],
    }


def _entries(request: PostRequest) -> dict[str, Any]:
    wanted = _wanted(request)
    page = entries.listed(
        visible_to=request.holder,
        show=wanted["show"],
        ground=request.GET.get("ground", "")[:20],
        cursor=wanted["cursor"],
    )
    return {
        "rows": page.rows,
        "next": page.next,
        "states": EntryState.choices,
        "grounds": Ground.choices,
    }


_LISTS: Final = {"findings": _findings, "letters": _letters, "entries": _entries}

"""The matrix of duties and units, its problems, and what a phone shows of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from tongzhou.actors.models import Post, Sector
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.kernel import clock
from tongzhou.library.grades import Grade
from tongzhou.library.phases import Phase
from tongzhou.mandates import access
from tongzhou.mandates.checks import ProblemKind
from tongzhou.mandates.pages.matrix_table import rows, table
from tongzhou.mandates.parts import LETTERS, Part, Side
from tongzhou.mandates.queries import charges
from tongzhou.mandates.queries.matrix import MOST_DUTIES, MOST_UNITS, Matrix, Wanted, matrix
from tongzhou.mandates.queries.problems import listed_problems
from tongzhou.mandates.queries.snapshot import Snapshot, snapshot
from tongzhou.places import queries as places

PART = "duty-matrix"
#: What stands in the address for "no grade in force".
NO_GRADE = "-"


def looked_at(request: HttpRequest) -> tuple[str, str | None]:
    """Phase ("" for all) and grade (None for all, "" for none in force) of the address."""
    grade = request.GET.get("grade", "")
    phase = request.GET.get("phase", "")
    if phase not in Phase.values:
        phase = ""
    if grade == NO_GRADE:
        return phase, ""
    return phase, grade if grade in Grade.values else None


def read(request: PostRequest) -> tuple[Snapshot, Matrix]:
    """What the address asks for."""
    wanted = request.GET
    phase, grade = looked_at(request)
    area = places.find(wanted["area"]) if wanted.get("area") else None
    found = snapshot(visible_to=request.holder, phase=phase, grade=grade)
    shown = matrix(
        found,
        Wanted(
            q=wanted.get("q", "")[:100],
            sector=wanted.get("sector", ""),
            side=wanted.get("side", ""),
            unit=wanted.get("unit", ""),
            path=area.path if area is not None else "",
            problems=wanted.get("problems") == "1",
        ),
    )
    return found, shown


def bar(found: Snapshot, post: Post) -> dict[str, Any]:
    """What the tabs above the pages of this room count."""
    wrong = sum(n for kind, n in found.counts.items() if kind != ProblemKind.IDLE)
    return {"problem_count": wrong, "answer_count": charges.waiting_count(visible_to=post)}


@gzip_page
@require_safe
@signed_in
def duties(request: PostRequest) -> HttpResponse:
    """The matrix; every filter stands in the address."""
    found, shown = read(request)
    phase, grade = looked_at(request)
    query = request.GET.copy()
    begin = query.pop("from", [""])[-1]
    address = f"{request.path}?{query.urlencode()}" if query else request.path
    if begin.isdecimal() and len(begin) < 6 and request.headers.get("HX-Request"):
        return HttpResponse(rows(shown, start=int(begin), address=address))
    cut = shown.duty_count > MOST_DUTIES or shown.unit_count > MOST_UNITS
    filtered = any(
        request.GET.get(name)
        for name in ("q", "phase", "grade", "sector", "side", "area", "problems", "unit")
    )
    context = {
        "tab": "matrix",
        "table": table(shown, address=address, all_=begin == "all")
        if shown.rows and shown.units
        else "",
        "matrix": shown,
        "none_yet": not found.duties,
        "filtered": filtered,
        "cut": cut,
        "most_duties": MOST_DUTIES,
        "most_units": MOST_UNITS,
        "counts": found.counts,
        "duty_count": len(found.duties),
        "charge_count": len(found.held),
        "phases": Phase.choices,
        "grades": [*Grade.choices, (NO_GRADE, _("no response level"))],
        "sectors": Sector.choices,
        "sides": Side.choices,
        "legend": [(LETTERS[part], part.value, part.label) for part in Part],
        "may_declare": access.may_declare(request.holder),
        "narrowed": bool(phase or grade is not None),
        "own": request.holder.unit,
        **bar(found, request.holder),
    }
    part = request.headers.get("HX-Target") == PART
    template = "mandates/_matrix.html" if part else "mandates/duties.html"
    return render(request, template, context)


@gzip_page
@require_safe
@signed_in
def problems(request: PostRequest) -> HttpResponse:
    """What is wrong with the matrix, by kind; recomputed at every look."""
    phase, grade = looked_at(request)
    found = snapshot(visible_to=request.holder, phase=phase, grade=grade)
    kind = request.GET.get("kind", "")
    context = {
        "tab": "problems",
        "groups": listed_problems(found, kind=kind),
        "counts": found.counts,
        "total": len(found.problems),
        "phases": Phase.choices,
        "grades": [*Grade.choices, (NO_GRADE, _("no response level"))],
        "at": clock.now(),
        **bar(found, request.holder),
    }
    part = request.headers.get("HX-Target") == "duty-problems"
    template = "mandates/_problems.html" if part else "mandates/problems.html"
    return render(request, template, context)

"""One duty; one cell of the matrix; declaring a duty."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tongzhou.actors import access as people
from tongzhou.actors import queries as actors
from tongzhou.actors import sentences
from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.ledger import queries as ledger
from tongzhou.mandates import access
from tongzhou.mandates.actions.declare_duty import declare_duty
from tongzhou.mandates.forms.steps import DutyForm
from tongzhou.mandates.models import Charge, Duty
from tongzhou.mandates.pages import steps
from tongzhou.mandates.parts import LETTERS, Part
from tongzhou.mandates.queries import charges, duty_card
from tongzhou.ui.refusals import tell_form


@require_safe
@signed_in
def duty(request: PostRequest, code: str) -> HttpResponse:
    """A duty: who takes which part where, with what means; what waits; what was."""
    post = request.holder
    found = charges.duty(code, visible_to=post)
    held = charges.of_duty(found, visible_to=post)
    context = {
        "duty": found,
        "can": steps.on_duty(found, post),
        "groups": _by_area(held, post),
        "ended": charges.of_duty(found, visible_to=post, ended=True),
        "passed": _passed(held, post),
        "legend": [(LETTERS[part], part.value, part.label) for part in Part],
        "at": clock.now(),
    }
    part = request.headers.get("HX-Target") == "duty"
    return render(request, f"mandates/{'_duty' if part else 'duty'}.html", context)


@require_safe
@signed_in
def cell(request: PostRequest, code: str, unit: str) -> HttpResponse:
    """What one unit is to one duty: since when, who consented, with what means, and the
    history for who may know it."""
    post = request.holder
    found = charges.duty(code, visible_to=post)
    of = actors.find(unit, visible_to=post)
    held = [c for c in charges.of_duty(found, visible_to=post) if c.unit_id == of.id]
    ended = [c for c in charges.of_duty(found, visible_to=post, ended=True) if c.unit_id == of.id]
    oversees = people.oversees(post, of)
    lines = [
        line
        for charge in [*held, *ended]
        for line in (ledger.about("charge", charge.id) if oversees else [])
    ]
    dialog = bool(request.headers.get("HX-Request"))
    context = {
        "duty": found,
        "unit": of,
        "rows": _rows(held, post),
        "ended": ended,
        "passed": _passed(held, post),
        "can": steps.on_duty(found, post),
        "acts": sentences.tell(sorted(lines, key=lambda line: line.act.at), with_subjects=False),
        "oversees": oversees,
        "dialog": dialog,
        "at": clock.now(),
    }
    return render(request, f"mandates/{'_cell' if dialog else 'cell'}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def duty_new(request: PostRequest) -> HttpResponse:
    """Declares a duty."""
    post, at = request.holder, clock.now()
    access.require_declarer(post)
    blank = Duty(name_zh="", code="")
    form = DutyForm(request.POST or None, duty=blank, target=blank, post=post, at=at)
    if request.method == "POST" and form.is_valid():
        try:
            made = declare_duty(**form.arguments(), by=post, at=at)
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            messages.success(request, _("The duty is declared. Now propose who takes part."))
            return redirect("duty", made.code)
    status = 422 if form.errors else 200
    return render(request, "mandates/duty_new.html", {"form": form}, status=status)


def _rows(held: list[Charge], post: Post) -> list[dict[str, Any]]:
    return [
        {
            "line": line,
            "can": steps.on_charge(line.charge, post),
            "asks": steps.on_proposal(line.proposal, post) if line.proposal else frozenset(),
        }
        for line in duty_card.lines(held)
    ]


def _by_area(held: list[Charge], post: Post) -> list[dict[str, Any]]:
    groups: dict[str, dict[str, Any]] = {}
    order = {part.value: place for place, part in enumerate(Part)}
    rows = sorted(
        _rows(held, post),
        key=lambda row: (row["line"].charge.area.path, order[row["line"].charge.part]),
    )
    for row in rows:
        area = row["line"].charge.area
        groups.setdefault(area.code, {"area": area, "rows": []})["rows"].append(row)
    return list(groups.values())


def _passed(held: list[Charge], post: Post) -> list[dict[str, Any]]:
    return [
        {"delegation": one, "mine": one.charge.unit_id == post.unit_id}
        for one in charges.passed_on(held)
    ]

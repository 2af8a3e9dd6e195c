"""What a unit owes: its duties with their means, on the seven sides."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongzhou.actors import queries as actors
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.mandates import access
from tongzhou.mandates.pages import steps
from tongzhou.mandates.pages.matrix import bar, looked_at
from tongzhou.mandates.queries import charges, duty_card
from tongzhou.mandates.queries.snapshot import snapshot


@require_safe
@signed_in
def unit_duties(request: PostRequest, code: str) -> HttpResponse:
    """A unit's duties; red where a means lacks."""
    post = request.holder
    unit = actors.find(code, visible_to=post)
    phase, grade = looked_at(request)
    found = snapshot(visible_to=post, phase=phase, grade=grade)
    card = duty_card.of_unit(unit, visible_to=post, within=found.within)
    context = {
        "tab": "mine" if unit.id == post.unit_id else "",
        "unit": unit,
        "card": card,
        "rows": [
            {
                "line": line,
                "can": steps.on_charge(line.charge, post),
                "asks": steps.on_proposal(line.proposal, post) if line.proposal else frozenset(),
            }
            for line in card.lines
        ],
        "mine": unit.id == post.unit_id,
        "may_propose": access.may_propose(post, unit),
        "passed": charges.passed_on([line.charge for line in card.lines]),
        **bar(found, post),
    }
    part = request.headers.get("HX-Target") == "unit-duties"
    template = "mandates/_unit.html" if part else "mandates/unit.html"
    return render(request, template, context)

"""Report up once: one page a day that serves every request addressed to the unit."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import BURDEN_ANSWER
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotAllowed, Refusal
from tongzhou.oversight.actions.report_up import report_up as report
from tongzhou.oversight.models import ValueType
from tongzhou.oversight.pages.burden import day_of, today
from tongzhou.oversight.pages.rendering import part
from tongzhou.oversight.queries import filling, quota

PREFIX = "f."


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def report_up(request: PostRequest) -> HttpResponse:
    """Every field once; what stands already is filled in and says by whom."""
    post, at, day = request.holder, clock.now(), day_of(request, "day")
    if not permissions.holds(post, BURDEN_ANSWER):
        raise NotAllowed(permission=BURDEN_ANSWER.label)
    typed: dict[str, str] = {}
    wrong: Refusal | None = None
    if request.method == "POST":
        given = request.POST.items()
        typed = {name[2:]: str(text)[:2000] for name, text in given if name.startswith(PREFIX)}
        try:
            done = report(day=day, values=typed, by=post, at=at)
        except Refusal as refusal:
            wrong = refusal
        else:
            said = ngettext(
                "Kept. %(n)d request is answered with it.",
                "Kept. %(n)d requests are answered with it.",
                len(done),
            )
            messages.success(request, said % {"n": len(done)})
            return redirect(f"{reverse('report-up')}?day={day.isoformat()}")
    sheet = filling.sheet(visible_to=post, day=day)
    context: dict[str, Any] = {
        "sheet": sheet,
        "day": day,
        "today": today(),
        "earlier": day - timedelta(1) if day > today() - timedelta(14) else None,
        "later": day + timedelta(1) if day < today() else None,
        "at": at,
        "lines": [_line(slot, typed, wrong) for slot in sheet.slots],
        "wrong": wrong,
        "uses": quota.use(post.unit, on=day),
        "types": ValueType,
    }
    template = "_report_up" if part(request, "report-up") else "report_up"
    status = wrong.status if wrong is not None else 200
    return render(request, f"oversight/{template}.html", context, status=status)


def _line(slot: filling.Slot, typed: dict[str, str], wrong: Refusal | None) -> dict[str, Any]:
    stands = slot.fact.value if slot.fact is not None else ""
    return {
        "slot": slot,
        "value": typed.get(slot.key, stands),
        "error": str(wrong) if wrong is not None and wrong.field == slot.key else "",
        "senders": [ask.sender for ask in slot.asks],
    }

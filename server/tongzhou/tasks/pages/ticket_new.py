"""Taking a matter in at the desk: one screen, filled in while talking."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tongzhou.actors import permissions
from tongzhou.actors.models import Unit
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import TICKET_REGISTER
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.places.models import Area
from tongzhou.tasks import rules
from tongzhou.tasks.actions.answer_at_once import answer_at_once
from tongzhou.tasks.actions.register_ticket import register_ticket
from tongzhou.tasks.forms.ticket import TicketForm
from tongzhou.tasks.pages import once
from tongzhou.tasks.queries import duties, tickets


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ticket_new(request: PostRequest) -> HttpResponse:
    """GET: the form. POST: gives the matter its number; dispatches or merges it where that was
    chosen."""
    post, at = request.holder, clock.now()
    permissions.require(by=post, word=TICKET_REGISTER)
    _id, hotline = rules.hotline(at=at)
    options: dict[str, Any] = {"post": post, "hotline": hotline, "duties": duties.open_duties()}
    if request.method != "POST":
        return _page(request, TicketForm(initial={"area": post.unit.area}, **options))
    data = request.POST.copy()
    # A button beside the form: the proposed unit, or the ticket whose matter it repeats.
    for button, field in (("send_to", "lead"), ("merge_into", "repeat_of")):
        pressed = request.POST.get(button)
        if pressed:
            data[field] = pressed
            data["answer"] = ""
    form = TicketForm(data, **options)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = request.POST.get("once", "")
    if not once.first(post, given):
        before = once.made_before(post, given)
        return redirect("task", before) if before else redirect("hotline")
    try:
        arguments = form.arguments()
        take_in = answer_at_once if "answer" in arguments else register_ticket
        ticket = take_in(**arguments, by=post, at=at)
    except Refusal as refusal:
        once.free(post, given)
        form.take(refusal)
        return _page(request, form, status=refusal.status)
    once.made(post, given, ticket.task.number)
    said = _("Registered. The number is %(number)s: read it out.") % {"number": ticket.number}
    messages.success(request, said)
    return redirect("task", ticket.task.number)


def _page(request: PostRequest, form: TicketForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "hotline": form.hotline,
        "once": once.number(request.holder),
        "action_url": reverse("ticket-new"),
        "hints_url": reverse("ticket-hints"),
    }
    return render(request, "tasks/ticket_new.html", context, status=status)


@require_safe
@signed_in
def ticket_hints(request: PostRequest) -> HttpResponse:
    """While the form is filled in: who is charged with it, and what may be the same matter."""
    post, at = request.holder, clock.now()
    permissions.require(by=post, word=TICKET_REGISTER)
    area = Area.objects.filter(code=request.GET.get("area", "")[:80]).first() or post.unit.area
    duty = duties.open_duties().get(request.GET.get("duty", "")[:60])
    text = request.GET.get("text", "")[:1000]
    context = {
        "area": area,
        "duty": duty,
        "charged": duties.charged(duty, area=area) if duty else None,
        "nearest": _nearest(area, post.unit) if not duty else None,
        "similar": tickets.similar(text, area=area, visible_to=post, at=at),
        "typed": len(text.strip()) >= 4,
    }
    return render(request, "tasks/_hints.html", context)


def _nearest(area: Area, own: Unit) -> Unit | None:
    """Without a duty: the first receiver is the authority nearest to the place, where one is
    nearer than the desk itself."""
    units = Unit.objects.filter(
        active=True, area__code__in=area.line(), sector__in=("government", "community")
    ).select_related("area")
    nearer = [unit for unit in units if len(unit.area.path) > len(own.area.path)]
    found = sorted(nearer, key=lambda u: (-len(u.area.path), len(u.line), u.code))
    return found[0] if found else None

"""Peacetime or emergency: what holds for an area, since when and why, and the switch."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import MODE_SWITCH
from tongzhou.incidents.forms.fields import end_of_day
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.places import modes, queries
from tongzhou.places.actions.switch_mode import switch_mode
from tongzhou.places.models import Area, Mode
from tongzhou.plans.forms.mode import ModeForm
from tongzhou.ui.refusals import tell_form


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def modes_page(request: PostRequest, code: str = "") -> HttpResponse:
    """The mode of an area, the own one unless named. POST switches it."""
    post, at = request.holder, clock.now()
    area = queries.find(code) if code else post.unit.area
    standing = modes.standing(area, at=at)
    to = Mode.PEACE if standing.emergency else Mode.EMERGENCY
    form = ModeForm(
        request.POST if request.method == "POST" else None,
        emergency=to == Mode.EMERGENCY,
        initial={"until": end_of_day(at, days=30)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            switch_mode(area=area, mode=to, by=post, at=at, **form.cleaned_data)
        except Refusal as refusal:
            if refusal.status in (403, 404):
                raise
            tell_form(form, refusal)
        else:
            words = {
                Mode.EMERGENCY: _("%(area)s is in an emergency now."),
                Mode.PEACE: _("%(area)s is back in peacetime."),
            }
            messages.success(request, words[to] % {"area": area.name})
            return redirect("mode", area.code)
    context = {
        "area": area,
        "standing": standing,
        "own": standing.row is not None and standing.row.area_id == area.id,
        "to": to,
        "form": form,
        "may": post.holds(MODE_SWITCH.name) and post.answers_for(area),
        "history": _history(area),
    }
    return render(request, "plans/mode.html", context, status=422 if form.errors else 200)


def _history(area: Area) -> list[tuple[object, Post | None]]:
    rows = modes.history(area)
    posts = Post.objects.select_related("unit", "person").in_bulk([row.by_post for row in rows])
    return [(row, posts.get(row.by_post)) for row in rows]

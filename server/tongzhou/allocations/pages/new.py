"""Choosing what is shared out among whom."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import ALLOCATION_DRAFT
from tongzhou.allocations.actions.draft_allocation import draft_allocation
from tongzhou.allocations.forms.allocations import DraftForm
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotAllowed
from tongzhou.oversight.pages.rendering import done, tried


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def allocation_new(request: PostRequest) -> HttpResponse:
    """The form; items, area and incident may stand in the address."""
    post, at = request.holder, clock.now()
    if not permissions.holds(post, ALLOCATION_DRAFT):
        raise NotAllowed(permission=ALLOCATION_DRAFT.label)
    data = (request.POST,) if request.method == "POST" else ()
    initial: dict[str, object] = {
        name: request.GET[name][:80] for name in ("name", "area", "incident") if name in request.GET
    }
    initial["items"] = [code[:80] for code in request.GET.getlist("item")[:100]]
    form = DraftForm(*data, post=post, at=at, initial=initial)
    if data and (made := tried(form, lambda: draft_allocation(**form.arguments(), by=post, at=at))):
        return done(request, _("Drafted. Next: have it computed."), "allocation", made.number)
    context = {"form": form, "nothing": not form.shareable}
    return render(request, "allocations/new.html", context, status=422 if data else 200)

"""Inviting people to a unit, ending posts, closing accounts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tongzhou.actors import holdings, queries
from tongzhou.actors.actions.deactivate_person import (
    deactivate_person,
    open_posts,
    require_all,
)
from tongzhou.actors.actions.end_post import end_post
from tongzhou.actors.actions.invite_person import invite_person
from tongzhou.actors.actions.withdraw_invitation import withdraw_invitation
from tongzhou.actors.forms import InvitationForm
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.kernel import clock


@never_cache
@require_POST
@signed_in
def invite(request: PostRequest, code: str) -> HttpResponse:
    """Makes an invitation and shows its link, this once."""
    unit = queries.find(code, visible_to=request.holder)
    form = InvitationForm(request.POST, giver=request.holder)
    if not form.is_valid():
        context = {"form": form, "unit": unit}
        return render(request, "actors/invite.html", context, status=422)
    invitation, token = invite_person(
        unit=unit, **form.cleaned_data, by=request.holder, at=clock.now()
    )
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    context = {"invitation": invitation, "link": link, "unit": unit}
    return render(request, "actors/invited.html", context)


@require_POST
@signed_in
def withdraw(request: PostRequest, id: UUID) -> HttpResponse:
    """Takes an invitation back."""
    invitation = queries.invitation(id, visible_to=request.holder)
    withdraw_invitation(invitation=invitation, by=request.holder, at=clock.now())
    messages.success(request, _("The invitation was withdrawn."))
    return redirect("unit", invitation.unit.code)


@require_POST
@signed_in
def end(request: PostRequest, id: UUID) -> HttpResponse:
    """Ends a post."""
    post = queries.post(id, visible_to=request.holder)
    end_post(post=post, by=request.holder, at=clock.now())
    messages.success(request, _("The post of %(person)s was ended.") % {"person": post.person})
    return redirect("unit", post.unit.code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def deactivate(request: PostRequest, id: UUID) -> HttpResponse:
    """Asks before an account is closed, and names what will fall to the units."""
    person = queries.person(id, visible_to=request.holder)
    posts = open_posts(person)
    if request.method == "POST":
        done = deactivate_person(person=person, by=request.holder, at=clock.now())
        words = _("The account of %(person)s was closed; %(count)s open item(s) fell to the unit.")
        messages.success(request, words % {"person": person.name, "count": len(done.holdings)})
        return redirect("units")
    require_all(posts, by=request.holder)
    context = {"person": person, "posts": posts, "holdings": holdings.held_by(posts)}
    return render(request, "actors/deactivate.html", context)

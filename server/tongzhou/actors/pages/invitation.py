"""Taking up an invitation by its link."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tongzhou.actors.actions.accept_invitation import accept_invitation
from tongzhou.actors.forms import AcceptanceForm
from tongzhou.actors.invitations import require_open
from tongzhou.actors.models import Person, Post
from tongzhou.actors.session import KEY, LANGUAGE, signed_in_person
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.ui.refusals import everybody, tell_form


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@everybody
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link: with a new account, or, for somebody who is signed in, with
    the account they have."""
    at = clock.now()
    found = require_open(token, at=at)
    person = signed_in_person(request)
    form = AcceptanceForm(request.POST or None)
    if request.method == "POST" and "own" in request.POST and person is not None:
        post = accept_invitation(token=token, person=person, at=at)
        return _enter(request, post)
    if request.method == "POST" and form.is_valid():
        try:
            post = accept_invitation(
                token=token, language=get_language() or "", at=at, **form.cleaned_data
            )
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            return _enter(request, post, post.person)
    context = {"invitation": found, "form": form, "person": person}
    return render(request, "actors/invitation.html", context, status=422 if form.errors else 200)


def _enter(request: HttpRequest, post: Post, person: Person | None = None) -> HttpResponse:
    if person is not None:
        login(request, person, backend="django.contrib.auth.backends.ModelBackend")
        request.session[LANGUAGE] = person.language
    request.session[KEY] = str(post.id)
    messages.success(request, _("Welcome. You work at %(unit)s now.") % {"unit": post.unit.name})
    return redirect("me")

"""Signing in and out, the language, and the post under which one works."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tongzhou.actors.actions.choose_language import choose_language
from tongzhou.actors.forms import SignInForm
from tongzhou.actors.lockout import locked_out
from tongzhou.actors.models import Person
from tongzhou.actors.pages.next_page import next_page
from tongzhou.actors.session import KEY, LANGUAGE, posts_of, signed_in_person
from tongzhou.kernel import clock
from tongzhou.kernel.client_address import client_address
from tongzhou.kernel.errors import NotFound
from tongzhou.kernel.rate import Rate, TooManyRequests
from tongzhou.ui.refusals import everybody

#: Of one address; a whole office may stand behind one. Single accounts are locked sooner.
ATTEMPTS: Final = Rate("sign-in", most=100, every=timedelta(minutes=10))
_YEAR: Final = 365 * 24 * 3600


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page. After five wrong passwords the account is locked for the address
    for a quarter of an hour."""
    target = next_page(request, default=resolve_url(settings.LOGIN_REDIRECT_URL))
    if request.user.is_authenticated and request.method != "POST":
        return HttpResponseRedirect(target)
    form = SignInForm(request.POST or None)
    if request.method == "POST":
        try:
            ATTEMPTS.count(client_address(request))
        except TooManyRequests:
            return locked_out(request)
        if form.is_valid():
            person = authenticate(
                request,
                # One spelling for each account, so that failures are counted together.
                username=form.cleaned_data["username"].lower(),
                password=form.cleaned_data["password"],
            )
            if isinstance(person, Person):
                return _enter(request, person, target)
            form.add_error(None, _("User name and password do not fit together."))
    context = {"form": form, "next": target}
    return render(request, "actors/sign_in.html", context, status=422 if form.errors else 200)


def _enter(request: HttpRequest, person: Person, target: str) -> HttpResponse:
    login(request, person)
    if person.language:
        request.session[LANGUAGE] = person.language
    return HttpResponseRedirect(target)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    logout(request)
    return redirect("sign-in")


@require_POST
@everybody
def set_language(request: HttpRequest) -> HttpResponse:
    """Changes the language: of the person for good, of a visitor by a cookie."""
    person = signed_in_person(request)
    language = choose_language(person=person, language=request.POST.get("language", ""))
    if person is not None:
        request.session[LANGUAGE] = language
    response = HttpResponseRedirect(next_page(request, default="/"))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=_YEAR,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    translation.activate(language)
    return response


@require_POST
@everybody
def switch_post(request: HttpRequest) -> HttpResponse:
    """Goes on under another post of one's own, without signing out."""
    person = signed_in_person(request)
    if person is None:
        return redirect("sign-in")
    wanted = request.POST.get("post", "")
    post = next((p for p in posts_of(person, at=clock.now()) if str(p.id) == wanted), None)
    if post is None:
        raise NotFound(field="post")
    request.session[KEY] = str(post.id)
    return HttpResponseRedirect(
        next_page(request, default=resolve_url(settings.LOGIN_REDIRECT_URL))
    )

"""What the forms have in common that anybody may send without an account: they end with a
number, and whoever holds the number sees how far the matter has come."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from tongzhou.actors.session import exercise_of
from tongzhou.incidents.pages import areas
from tongzhou.incidents.queries.lists import RealOnly
from tongzhou.kernel.errors import Refusal
from tongzhou.ui.refusals import tell_form

F = TypeVar("F", bound=Form)


def entry(
    request: HttpRequest,
    form_class: type[F],
    take: Callable[[HttpRequest, F], str],
    *,
    template: str,
    context: Mapping[str, object],
) -> HttpResponse:
    """The form; when it is sent, on to the number that ``take`` gives the matter. Choosing an
    area step by step sends the form as well, but takes nothing in."""
    picks = request.method == "POST" and areas.PICK in request.POST
    form = form_class(initial=request.POST.dict() if picks else {"area": request.GET.get("area")})
    status = 200
    if request.method == "POST" and not picks:
        form = form_class(request.POST)
        status = 422
        if form.is_valid():
            try:
                return followed(take(request, form), new=True)
            except Refusal as refusal:
                tell_form(form, refusal)
                status = refusal.status
    given = request.POST if request.method == "POST" else {"area": form["area"].value() or ""}
    shown = {"form": form, "picker": areas.picked(given), **context}
    return render(request, template, shown, status=status)


def followed(number: str, *, new: bool = False) -> HttpResponse:
    """On to the page where the number is followed."""
    query = {"number": number, "new": "1"} if new else {"number": number}
    return redirect(f"{reverse('ticket')}?{urlencode(query)}")


def require_real(request: HttpRequest) -> None:
    """What is sent without an account is always real. Raises RealOnly for whoever is signed in
    and in an exercise."""
    if exercise_of(request) is not None:
        raise RealOnly()


def unkept(response: HttpResponse) -> HttpResponse:
    """The page of a number, which is the key to the answer: it stays out of other sites' logs
    and of caches. This site must know where its own forms (the choice of language) come from,
    or it refuses them."""
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response

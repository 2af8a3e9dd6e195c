"""What a page answers when something is refused."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongzhou.kernel.errors import Refusal

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The plain sentence of a refusal, with its status: as a message where a part of a page
    was asked for, else as a page of its own."""
    part = request.headers.get("HX-Request") == "true"
    template = "ui/_message.html" if part else "ui/refused.html"
    context = {"tone": "danger", "text": str(refusal), "refusal": refusal}
    return render(request, template, context, status=refusal.status)


def tell_form(form: BaseForm, refusal: Refusal) -> None:
    """Puts a refusal beside the field that it is about, or on top of the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def everybody(view: View[P]) -> View[P]:
    """A page for everybody; a refusal that it does not answer itself becomes a sentence with
    its status."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return refusal_page(request, refusal)

    return cast(View[P], guarded)

"""What the pages of this room have in common."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from tongzhou.kernel.errors import Refusal
from tongzhou.ui.refusals import tell_form


def part(request: HttpRequest, target: str) -> bool:
    """True when htmx asks for this element alone."""
    return request.headers.get("HX-Target") == target


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, though it be nothing; None where a page is only looked at."""
    return request.POST if request.method == "POST" else None


def done(request: HttpRequest, said: object, to: str, *args: Any) -> HttpResponse:
    """Says what was done and goes there."""
    messages.success(request, str(said))
    return redirect(to, *args)


def tried(form: BaseForm, act: Callable[[], Any]) -> Any:
    """What the act gives, or None when the form is wrong or the act refuses: then the form
    says why, at the line where it is."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Refusal as refusal:
        if refusal.status == 404 and not refusal.field:
            raise
        lined = f"{'item' if refusal.field == 'item' else 'amount'}_{refusal.row}"
        if refusal.row is not None and lined in form.fields:
            refusal.field = lined
        tell_form(form, refusal)
        return None


def step(
    request: HttpRequest, form: BaseForm, *, title: object, button: object, back: str,
    status: int = 200, more: Mapping[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """A page with one form."""
    context = {"form": form, "title": title, "button": button, "back": back, **(more or {})}
    return render(request, "needs/step.html", context, status=status)

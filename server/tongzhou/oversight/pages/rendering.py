"""What the pages of this room have in common."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tongzhou.kernel.errors import Refusal
from tongzhou.ui.refusals import tell_form


def part(request: HttpRequest, target: str) -> bool:
    """True when htmx asks for this element alone."""
    return request.headers.get("HX-Target") == target


def done(request: HttpRequest, said: object, to: str, *args: Any) -> HttpResponse:
    """Says what was done and goes there."""
    messages.success(request, str(said))
    return redirect(to, *args)


def tried(form: Form, act: Callable[[], Any]) -> Any:
    """What the act gives, or None when the form is wrong or the act refuses: then the form
    says why."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Refusal as refusal:
        if refusal.status == 404 and not refusal.field:
            raise
        tell_form(form, refusal)
        return None

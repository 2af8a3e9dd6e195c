"""Answers with headers that steer where htmx puts them."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

#: The page's own words about a refusal: they go where they belong, see tasks/steps.js.
IN_PLACE: Final = {"Tongzhou-In-Place": "1"}
#: Into the dialog, which stays open with everything that was typed.
INTO_DIALOG: Final = {"HX-Retarget": "#step", "HX-Reswap": "innerHTML", **IN_PLACE}
#: To the messages at the foot of the screen.
INTO_MESSAGES: Final = {"HX-Retarget": "#messages", "HX-Reswap": "beforeend"}
#: Tells the list behind the dialog that it is out of date.
CHANGED: Final = {"HX-Trigger": "tasks-changed"}


def asked_by_htmx(request: HttpRequest) -> bool:
    """True when a part of a page is asked for."""
    return request.headers.get("HX-Request") == "true"


def rendered(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """``render`` with headers."""
    response = render(request, template, dict(context), status=status)
    for name, value in (headers or {}).items():
        response[name] = value
    return response

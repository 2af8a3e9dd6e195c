"""What somebody reads who tried too many wrong passwords."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """The page for a locked-out sign-in (429)."""
    return render(request, "429.html", status=429)

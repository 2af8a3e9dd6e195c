"""What somebody reads who tried too many wrong passwords."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """The page for a locked-out sign-in (429)."""
    return render(request, "429.html", status=429)


def attempts_since(at: datetime) -> datetime:
    """From when on failed sign-ins count at ``at``."""
    return at - timedelta(hours=settings.AXES_COOLOFF_TIME)

"""Requests with the character U+0000 in address, query or cookies are refused at the door:
PostgreSQL could not even look for such a text."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils.translation import gettext as _

from tongzhou.kernel.api import boundary
from tongzhou.kernel.api.wire import NUL, NulCharacter

_WRITTEN_IN_QUERY = "%00"
# A quoted cookie may name a character by its octal number.
_WRITTEN_IN_COOKIE = "\\000"


class RefuseNul:
    """Middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """400 for such a request, as problem details below ``/api/``."""
        meta = request.META
        if (
            NUL in request.path_info
            or _WRITTEN_IN_QUERY in meta.get("QUERY_STRING", "")
            or NUL in meta.get("QUERY_STRING", "")
            or _WRITTEN_IN_COOKIE in meta.get("HTTP_COOKIE", "")
        ):
            if request.path_info.startswith("/api/"):
                return boundary.refused(NulCharacter())
            return HttpResponseBadRequest(_("This address cannot be read."))
        return self._get_response(request)

"""Who sends a request, and in which language: the person's, else the cookie's, else the
browser's."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from tongzhou.actors.session import LANGUAGE, current_post


class HolderMiddleware:
    """``request.holder``: the post of the session, looked up when somebody asks. Pages guarded
    by ``signed_in`` and the API put the post itself there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Adds the attribute."""
        request.holder = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: current_post(request)
        )
        return self._get_response(request)


class LanguageMiddleware(LocaleMiddleware):
    """Django's, preceded by the language that the person chose (kept in the session)."""

    def process_request(self, request: HttpRequest) -> None:
        """Activates the language."""
        chosen = request.session.get(LANGUAGE)
        if chosen in dict(settings.LANGUAGES):
            translation.activate(chosen)
            request.LANGUAGE_CODE = chosen
            return
        super().process_request(request)

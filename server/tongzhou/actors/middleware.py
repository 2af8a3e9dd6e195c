"""The language of a request: the person's, else the cookie's, else the browser's."""

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from tongzhou.actors.session import LANGUAGE


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

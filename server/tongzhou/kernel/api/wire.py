"""JSON in and out."""

from typing import Any

import orjson
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from tongzhou.kernel.errors import Invalid, Refusal

_WRITTEN_NUL = b"\\u0000"
NUL = "\x00"


class MalformedJson(Refusal):
    """A body that is not JSON in UTF-8."""

    code = "malformed-json"
    message = _("The body is not JSON in UTF-8: %(reason)s")


class NulCharacter(Invalid):
    """The character U+0000, which no text of ours may hold."""

    code = "nul-character"
    message = _("The character U+0000 cannot be stored. Please remove it.")


class JsonParser(Parser):
    """Strict and fast; refuses what PostgreSQL could not store."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body. Raises MalformedJson, NulCharacter."""
        body = request.body
        try:
            found = orjson.loads(body)
        except orjson.JSONDecodeError as error:
            raise MalformedJson(reason=error.msg) from error
        # The written form may also stand behind a backslash of its own, hence the walk.
        if _WRITTEN_NUL in body and _holds_nul(found):
            raise NulCharacter()
        parsed: dict[str, Any] = found
        return parsed


class JsonRenderer(BaseRenderer):
    """Writes UUIDs, times and days as text; times with their offset."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        """The body of an answer."""
        return orjson.dumps(data, default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, Promise):
        return str(value)
    raise TypeError(f"{type(value)} has no written form")


def _holds_nul(value: Any) -> bool:
    match value:
        case str():
            return NUL in value
        case list():
            return any(_holds_nul(item) for item in value)
        case dict():
            return any(NUL in key or _holds_nul(item) for key, item in value.items())
        case _:
            return False

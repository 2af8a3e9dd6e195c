"""Problem details (RFC 9457): how the API says that something was not done.

``code`` is stable and the same as on a page or on the command line; ``title`` and
``detail`` are in the reader's language.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, Field

from tongzhou.kernel.errors import Refusal, Sentence

MEDIA_TYPE: Final = "application/problem+json"
_TYPE: Final = "urn:tongzhou:problem:"

#: What a status means, whatever the reason: RFC 9457 wants a title that stays the same.
TITLES: Final[Mapping[int, Sentence]] = {
    400: _("The request cannot be read"),
    401: _("Please sign in"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("Method not allowed"),
    409: _("Conflict with the present state"),
    410: _("No longer there"),
    413: _("Too large"),
    415: _("Unsupported kind of content"),
    422: _("A value cannot be taken"),
    429: _("Too many requests"),
    500: _("Something went wrong on our side"),
    503: _("Not available at the moment"),
}


class ProblemPart(BaseModel):
    """One value that was refused: its field (dotted, empty where none), its row in a list
    or file (from 1, null where none), and why."""

    field: str = ""
    row: int | None = None
    code: str
    detail: str


class Problem(BaseModel):
    """An answer that says that nothing was done, and why."""

    type: str = Field(examples=["urn:tongzhou:problem:not-found"])
    title: str
    status: int
    detail: str
    code: str
    errors: list[ProblemPart] = []


def problem(*, status: int, code: str, detail: str, errors: Sequence[ProblemPart] = ()) -> Problem:
    """A problem in the language that is active now."""
    return Problem(
        type=_TYPE + code,
        title=str(TITLES.get(status, TITLES[400 if status < 500 else 500])),
        status=status,
        detail=detail,
        code=code,
        errors=list(errors),
    )


def of_refusal(refusal: Refusal) -> Problem:
    """What a refusal says. With a field or a row it stands among the errors too."""
    detail = str(refusal)
    errors = []
    if refusal.field or refusal.row is not None:
        errors.append(
            ProblemPart(field=refusal.field, row=refusal.row, code=refusal.code, detail=detail)
        )
    return problem(status=refusal.status, code=refusal.code, detail=detail, errors=errors)


def answer(found: Problem, *, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """The response that carries a problem."""
    return HttpResponse(
        orjson.dumps(found.model_dump()),
        status=found.status,
        content_type=MEDIA_TYPE,
        headers=dict(headers or {}),
    )

"""What was wrong with a request, in the reader's language.

The checking library tells it in English and in its own words; the codes here are ours, so
that they stay the same when it changes.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.api.problem import Problem, ProblemPart, problem
from tongzhou.kernel.errors import Sentence

_KINDS: Final[Mapping[str, tuple[str, Sentence]]] = {
    "missing": ("missing", _("This is required.")),
    "extra_forbidden": ("unknown-field", _("There is no field of this name.")),
    "string_type": ("not-text", _("This must be text.")),
    "string_too_long": ("too-long", _("At most %(max_length)s characters.")),
    "string_too_short": ("too-short", _("At least %(min_length)s characters.")),
    "string_pattern_mismatch": ("malformed", _("This does not have the form it needs.")),
    "int_type": ("not-a-number", _("This must be a whole number.")),
    "int_parsing": ("not-a-number", _("This must be a whole number.")),
    "int_parsing_size": ("out-of-range", _("This number is too large.")),
    "int_from_float": ("not-a-number", _("This must be a whole number.")),
    "float_type": ("not-a-number", _("This must be a number.")),
    "float_parsing": ("not-a-number", _("This must be a number.")),
    "finite_number": ("not-a-number", _("This must be a number.")),
    "greater_than_equal": ("out-of-range", _("This must be at least %(ge)s.")),
    "greater_than": ("out-of-range", _("This must be more than %(gt)s.")),
    "less_than_equal": ("out-of-range", _("This must be at most %(le)s.")),
    "less_than": ("out-of-range", _("This must be less than %(lt)s.")),
    "bool_type": ("not-true-or-false", _("This must be true or false.")),
    "bool_parsing": ("not-true-or-false", _("This must be true or false.")),
    "uuid_type": ("not-an-id", _("This must be an id (UUID).")),
    "uuid_parsing": ("not-an-id", _("This must be an id (UUID).")),
    "list_type": ("not-a-list", _("This must be a list.")),
    "too_long": ("too-many", _("At most %(max_length)s entries.")),
    "too_short": ("too-few", _("At least %(min_length)s entries.")),
    "dict_type": ("not-an-object", _("This must be an object.")),
    "model_type": ("not-an-object", _("This must be an object.")),
    "model_attributes_type": ("not-an-object", _("This must be an object.")),
    "enum": ("unknown-choice", _("One of these: %(expected)s.")),
    "literal_error": ("unknown-choice", _("One of these: %(expected)s.")),
    "timezone_aware": ("time-without-zone", _("Please give the time with its zone.")),
    "time_out_of_range": ("out-of-range", _("The year must lie between 1900 and 2200.")),
}
_TIMES: Final = ("not-a-time", _("This must be a time with its zone, as in ISO 8601."))
_DAYS: Final = ("not-a-day", _("This must be a day, as in 2020-01-23."))
_OTHER: Final = ("invalid", _("This value cannot be taken."))


def of_validation(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """The problem that tells all refused values of a request (422)."""
    parts = [_part(error) for error in errors]
    detail = _("The request was refused: %(count)s value(s) cannot be taken. See “errors”.")
    return problem(
        status=422, code="invalid", detail=str(detail) % {"count": len(parts)}, errors=parts
    )


def told() -> list[tuple[str, Sentence]]:
    """All that can be said of a single value: code and sentence, for the reference pages."""
    return list(dict.fromkeys([*_KINDS.values(), _TIMES, _DAYS, _OTHER]))


def of_value(error: Mapping[str, Any]) -> tuple[str, str]:
    """The code and the sentence of one refused value, as the checking library found it."""
    kind = str(error.get("type", ""))
    code, sentence = _KINDS.get(kind) or _by_family(kind)
    return code, str(sentence) % dict(error.get("ctx", {}))


def _part(error: Mapping[str, Any]) -> ProblemPart:
    code, detail = of_value(error)
    # The first place names the source (query, path, body), the second of a body the
    # argument of our own function: neither is the caller's business.
    place = list(error.get("loc", ()))
    place = place[2:] if place[:1] == ["body"] else place[1:]
    row = next((step + 1 for step in place if isinstance(step, int)), None)
    return ProblemPart(
        field=".".join(str(step) for step in place),
        row=row,
        code=code,
        detail=detail,
    )


def _by_family(kind: str) -> tuple[str, Sentence]:
    if kind.startswith(("datetime", "timezone")):
        return _TIMES
    return _DAYS if kind.startswith("date") else _OTHER

from typing import Any

import pytest
from django.utils.translation import override

from tongzhou.kernel.api.invalid_input import of_validation
from tongzhou.kernel.api.problem import answer, of_refusal
from tongzhou.kernel.errors import Conflict, Invalid


class TooLate(Conflict):
    code = "too-late"
    message = "%(what)s came too late."


def test_a_refusal_keeps_code_status_and_sentence() -> None:
    found = of_refusal(TooLate(what="It"))

    assert (found.status, found.code, found.detail) == (409, "too-late", "It came too late.")
    assert found.errors == []


def test_field_and_row_stand_among_the_errors() -> None:
    found = of_refusal(Invalid(field="population", row=0, reason="no"))

    assert (found.errors[0].field, found.errors[0].row) == ("population", 0)


def test_the_title_follows_the_language() -> None:
    with override("zh-hans"):
        chinese = of_refusal(TooLate(what="")).title
    with override("en"):
        english = of_refusal(TooLate(what="")).title

    assert english == "Conflict with the present state"
    assert chinese != english


def test_the_answer_is_problem_json() -> None:
    response = answer(of_refusal(TooLate(what="It")), headers={"Retry-After": "5"})

    assert response["Content-Type"] == "application/problem+json"
    assert response["Retry-After"] == "5"


@pytest.mark.parametrize(
    ("error", "field", "row", "code"),
    [
        ({"type": "missing", "loc": ("body", "body", "title")}, "title", None, "missing"),
        ({"type": "missing", "loc": ("body", "body", "parts", 2, "lead")}, "parts.2.lead", 3,
         "missing"),
        ({"type": "uuid_parsing", "loc": ("path", "id")}, "id", None, "not-an-id"),
        ({"type": "string_too_long", "loc": ("query", "q"), "ctx": {"max_length": 5}}, "q", None,
         "too-long"),
        ({"type": "datetime_from_date_parsing", "loc": ("body", "body", "at")}, "at", None,
         "not-a-time"),
        ({"type": "timezone_aware", "loc": ("body", "body", "at")}, "at", None,
         "time-without-zone"),
        ({"type": "date_parsing", "loc": ("body", "body", "day")}, "day", None, "not-a-day"),
        ({"type": "something_new", "loc": ("body", "body", "x")}, "x", None, "invalid"),
    ],
)  # fmt: skip
def test_the_checking_library_is_told_in_our_words(
    error: dict[str, Any], field: str, row: int | None, code: str
) -> None:
    (part,) = of_validation([error]).errors

    assert (part.field, part.row, part.code) == (field, row, code)
    assert "%" not in part.detail

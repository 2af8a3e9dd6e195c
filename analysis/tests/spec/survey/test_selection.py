"""Which columns a person means."""

import pytest

from actscope.counting import ColumnMissingError
from actscope.errors import InputError
from actscope.survey.selection import (
    ItemRepeatedError,
    ItemReversedError,
    Scale,
    ScaleRepeatedError,
    ScaleUnreadableError,
    items_of,
    scales_of,
)

COLUMNS = ("id", "A1", "A2", "A3", "C1", "well-being", "题1", "题2")


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("A1-A3", ("A1", "A2", "A3")),
        ("A3-A1", ("A1", "A2", "A3")),
        ("A1, C1", ("A1", "C1")),
        ("A2-A3,C1", ("A2", "A3", "C1")),
        ("well-being", ("well-being",)),
        ("C1-well-being", ("C1", "well-being")),
        ("题1-题2", ("题1", "题2")),
    ],
)
def test_a_list_or_a_range_in_file_order(text: str, items: tuple[str, ...]) -> None:
    assert items_of(text, COLUMNS) == items


def test_a_scale_has_a_name_and_reversed_items() -> None:
    found = scales_of(["agree = -A1, A2-A3", "C=-well-being,C1"], COLUMNS)

    assert found == (
        Scale("agree", ("A1", "A2", "A3"), frozenset({"A1"})),
        Scale("C", ("well-being", "C1"), frozenset({"well-being"})),
    )


@pytest.mark.parametrize(
    ("texts", "refusal"),
    [
        (["agree"], ScaleUnreadableError),
        (["=A1,A2"], ScaleUnreadableError),
        (["agree="], ScaleUnreadableError),
        (["a=A1,A2", "a=A2,A3"], ScaleRepeatedError),
        (["a=A1,A2,-A1"], ItemRepeatedError),
        (["a=A1-A3,A2"], ItemRepeatedError),
        (["a=A1,A9"], ColumnMissingError),
        (["a=A1,,A2"], ColumnMissingError),
    ],
)
def test_what_is_no_scale_is_refused(texts: list[str], refusal: type[InputError]) -> None:
    with pytest.raises(refusal):
        scales_of(texts, COLUMNS)


def test_of_a_range_the_end_that_is_not_there_is_named() -> None:
    with pytest.raises(ColumnMissingError, match="“A9”"):
        items_of("A1-A9", COLUMNS)


def test_items_have_no_direction_where_it_does_not_matter() -> None:
    with pytest.raises(ItemReversedError):
        items_of("-A1,A2", COLUMNS)

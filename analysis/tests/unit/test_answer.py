"""Tables and figures as people read them on a terminal."""

import pytest

from actscope.cli.answer import aligned, figure


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (float("nan"), "–"),
        (float("inf"), "–"),
        (True, "yes"),
        (3, "3"),
        (0.123456, "0.1235"),
        (12345.6, "12,346"),
        ("x", "x"),
    ],
)
def test_a_figure(value: object, shown: str) -> None:
    assert figure(value) == shown


def test_columns_stand_below_each_other_chinese_taking_two_places() -> None:
    assert aligned(("unit", "n"), [("卫健委", 3), ("street", 12)]) == [
        "unit     n",
        "──────  ──",
        "卫健委   3",
        "street  12",
    ]

"""Pictures say what they were given, alone and the same each time."""

from datetime import date
from xml.etree import ElementTree

import pytest

from actscope.days import days_between
from actscope.report.pictures import MOST_UNITS, bars, heat, lines, ring

DAYS = [date(2020, 2, day) for day in range(1, 6)]
UNITS = [("health", "government"), ("firm & co", "enterprise")]
PICTURES = {
    "lines": lines(DAYS, {"r": [1.0, None, 3.0, 2.0, 1.0]}, marks={"peak": DAYS[2]}),
    "bars": bars({"a": 0.5, "b": None}, intervals={"a": (0.4, 0.6)}),
    "heat": heat(["a", "b"], ["c"], [[1.0], [2.0]]),
    "ring": ring(UNITS, [("health", "firm & co", 2.0)]),
}


def words(picture: str) -> set[str]:
    root = ElementTree.fromstring(picture)
    return {(text.text or "").strip() for text in root.iter() if text.tag.endswith("}text")}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_one_element_that_reaches_for_nothing(name: str) -> None:
    picture = PICTURES[name]

    assert picture.startswith("<svg")
    assert "<script" not in picture
    assert "<image" not in picture


def test_words_stay_words() -> None:
    assert {"health", "firm & co", "government", "enterprise"} <= words(PICTURES["ring"])
    assert "peak" in words(PICTURES["lines"])
    assert {"a", "b", "–"} <= words(PICTURES["bars"])
    assert {"a", "b", "c", "1", "2"} <= words(PICTURES["heat"])


def test_years_of_silence_are_drawn_narrow_and_named() -> None:
    days = days_between(date(2020, 1, 22), date(2026, 11, 22))
    acts = [1.0 if day < date(2020, 3, 30) or day > date(2026, 11, 12) else 0.0 for day in days]

    drawn = words(lines(days, {"acts": acts}, silence="{days} days of nothing"))

    assert "2,419 days of nothing" in drawn
    assert {"01-22", "2020", "11-13", "2026"} <= drawn


def test_the_same_input_gives_the_same_picture() -> None:
    assert ring(UNITS, [("health", "firm & co", 2.0)]) == PICTURES["ring"]


def test_a_ring_draws_the_heaviest_units_only() -> None:
    many = [(f"u{place:03}", "") for place in range(MOST_UNITS + 5)]
    ties = [(f"u{place:03}", "u000", float(place)) for place in range(1, len(many))]

    drawn = words(ring(many, ties))

    assert "u044" in drawn
    assert "u001" not in drawn

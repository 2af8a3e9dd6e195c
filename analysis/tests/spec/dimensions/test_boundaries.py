"""Which boundaries ties cross."""

import numpy as np
import pyarrow as pa
import pytest

from actscope.acts import ACTORS, ACTS, arrow_schema
from actscope.dimensions.boundaries import Boundary, crossing, unknown
from actscope.dimensions.view import Organisations, view

from .conftest import actors_of


def organisations(actors: pa.Table) -> Organisations:
    return view(arrow_schema(ACTS).empty_table(), actors).organisations


def crossed(one: str, other: str) -> set[str]:
    held = organisations(actors_of(one, other))
    masks = crossing(held, np.array([0]), np.array([1]))
    backwards = crossing(held, np.array([1]), np.array([0]))
    assert {b: m.tolist() for b, m in masks.items()} == {
        b: m.tolist() for b, m in backwards.items()
    }
    return {boundary.value for boundary, mask in masks.items() if mask[0]}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("health", "police", {"department"}),
        ("health", "cdc", {"department"}),
        ("health", "street", {"level"}),
        ("health", "neighbour", {"region"}),
        ("neighbour", "street", {"region", "level"}),
        ("health", "firm", {"society"}),
        ("health", "team", {"society", "level"}),
        ("firm", "team", {"level"}),
    ],
)
def test_a_tie_crosses_what_its_ends_differ_in(one: str, other: str, expected: set[str]) -> None:
    assert crossed(one, other) == expected


@pytest.mark.parametrize(
    ("inner", "outer", "nested"),
    [
        ("330106", "330100", True),
        ("330106", "330000", True),
        ("330106001000", "330106", True),
        ("330110", "330100", True),
        ("330111", "330110", False),
        ("330106001", "330106002", False),
        ("north", "south", False),
        ("north-east", "north", True),
    ],
)
def test_an_area_within_another_is_no_other_region(inner: str, outer: str, nested: bool) -> None:
    rows = [{"unit": code, "area": code} for code in (inner, outer)]
    held = organisations(pa.Table.from_pylist(rows, schema=arrow_schema(ACTORS)))

    assert crossing(held, np.array([0]), np.array([1]))[Boundary.REGION][0] == (not nested)


def test_a_missing_attribute_leaves_its_boundaries_open() -> None:
    rows = [{"unit": "a", "sector": "government", "area": "1"}, {"unit": "b", "level": "street"}]
    held = organisations(pa.Table.from_pylist(rows, schema=arrow_schema(ACTORS)))
    ends = np.array([0]), np.array([1])

    assert not any(mask[0] for mask in crossing(held, *ends).values())
    assert all(mask[0] for mask in unknown(held, *ends).values())

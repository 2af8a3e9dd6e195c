"""Text as numbers, and groups of numbers."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actscope.codes import (
    _groups_by_counting,
    _groups_by_sorting,
    coded,
    coded_together,
    distinct,
)
from actscope.process.quantiles import grouped_quantiles

KEYS = st.lists(st.integers(0, 30), max_size=40)


def test_codes_run_through_all_chunks_in_order_of_appearance() -> None:
    column = pa.chunked_array([["health", None], [], ["street", "health"]])

    result = coded(column)

    assert (result.codes.tolist(), result.names) == ([0, -1, 1, 0], ("health", "street"))
    assert result.empty.tolist() == [False, True, False, False]


@pytest.mark.parametrize(
    "column",
    [
        pa.chunked_array([], pa.string()),
        pa.chunked_array([pa.nulls(0)]),
        pa.chunked_array([pa.array([], pa.string()).dictionary_encode()]),
    ],
)
def test_no_rows_have_no_codes(column: pa.ChunkedArray) -> None:
    assert coded(column).codes.tolist() == []


def test_several_columns_share_their_names() -> None:
    one, two = pa.chunked_array([["a", "b"]]), pa.chunked_array([pa.array([None, "b", "c"])])

    (first, second), names = coded_together((one, two))

    assert (first.tolist(), second.tolist(), names) == ([0, 1], [-1, 1, 2], ("a", "b", "c"))


@given(keys=KEYS)
def test_both_ways_of_grouping_agree(keys: list[int]) -> None:
    numbers = np.array(keys, np.int64)

    counted, sorted_ = _groups_by_counting(numbers, 31), _groups_by_sorting(numbers)

    assert counted.keys.tolist() == sorted_.keys.tolist() == sorted(set(keys))
    assert counted.sizes.tolist() == sorted_.sizes.tolist()
    assert counted.place.tolist() == sorted_.place.tolist()
    assert distinct(numbers).tolist() == sorted(set(keys))


@given(
    pairs=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2**40)), min_size=1, max_size=30),
    wide=st.booleans(),
)
def test_medians_per_group_are_exact(pairs: list[tuple[int, int]], wide: bool) -> None:
    # A span that does not fit beside the group in one number takes the slower way.
    values = [value + (2**62 if wide else 0) for _, value in pairs]
    groups = _groups_by_sorting(np.array([group for group, _ in pairs], np.int64))

    (medians,) = grouped_quantiles(np.array(values, np.int64), groups.place, groups.sizes, [0.5])

    for place, median in enumerate(medians.tolist()):
        of_group = [v for v, p in zip(values, groups.place.tolist(), strict=True) if p == place]
        assert median == pytest.approx(float(np.median(np.array(of_group, np.float64))), rel=1e-9)

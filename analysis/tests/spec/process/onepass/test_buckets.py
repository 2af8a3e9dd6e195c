"""Histograms of waits, and text as numbers."""

import numpy as np
import pyarrow as pa
import pytest

from actscope.process.onepass.buckets import (
    BUCKETS,
    RELATIVE_ERROR,
    bucket_middles,
    bucket_of,
    quantile,
)
from actscope.process.onepass.cells import Cells, cells_of, place_of
from actscope.process.onepass.names import NameTable, code_rows, dictionary_of, name_table


def test_each_bucket_is_within_one_percent_of_all_that_falls_into_it() -> None:
    rng = np.random.default_rng(7)
    waits = np.unique(np.concatenate([np.arange(300), 2 ** rng.uniform(0, 62, 2_000)])).astype(
        np.int64
    )
    buckets = np.array([bucket_of(wait) for wait in waits])

    assert np.all(np.diff(buckets) >= 0)
    assert (buckets[0], bucket_of(2**62) < BUCKETS) == (0, True)
    off = np.abs(bucket_middles()[buckets] - waits)
    assert np.all(off <= waits * RELATIVE_ERROR)
    assert RELATIVE_ERROR < 0.01


def test_quantiles_are_those_of_the_waits_to_one_percent() -> None:
    waits = np.random.default_rng(3).lognormal(20, 3, 999).astype(np.int64)
    counts = np.bincount([bucket_of(wait) for wait in waits], minlength=BUCKETS)

    for share in (0.0, 0.25, 0.5, 0.95, 1.0):
        assert quantile(counts, share) == pytest.approx(np.quantile(waits, share), rel=0.01)
    assert np.isnan(quantile(np.zeros(BUCKETS, np.int64), 0.5))


def test_names_are_numbered_as_they_appear_and_only_those_that_do() -> None:
    table = NameTable()
    column = dictionary_of(
        pa.DictionaryArray.from_arrays(
            pa.array([3, 1, None, 3, 0], pa.int32()), pa.array(["", "b", "unused", "卫健委"])
        )
    )

    table.make_room(column)

    assert code_rows(column, table).tolist() == [0, 1, -1, 0, -1]
    assert table.texts().to_pylist() == ["卫健委", "b"]


def test_numbers_are_names_too_and_a_slice_is_a_column() -> None:
    table = NameTable()
    column = dictionary_of(pa.array([9, 7, None, 7, 12], pa.int64())[1:])

    table.make_room(column)

    assert code_rows(column, table).tolist() == [0, -1, 0, 1]
    assert table.texts().to_pylist() == ["7", "12"]


def test_tables_grow_and_keep_what_they_hold() -> None:
    texts = pa.array([f"name {i}" * (1 + i % 50) for i in range(5_000)])

    table = name_table(texts)

    assert (len(table), table.texts()) == (5_000, texts)
    again = dictionary_of(texts)
    table.make_room(again)
    assert code_rows(again, table).tolist() == list(range(5_000))


def test_cells_keep_their_figures_when_they_move() -> None:
    cells = Cells()
    for key in range(0, 3_000, 3):
        cells.make_room(1)
        cells.table[place_of(key, cells.table, cells.used), 1] = key + 1

    rows = cells.rows()

    assert rows[:, 0].tolist() == list(range(0, 3_000, 3))
    assert rows[:, 1].tolist() == [key + 1 for key in range(0, 3_000, 3)]
    assert np.array_equal(cells_of(rows).rows(), rows)

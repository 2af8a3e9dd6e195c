"""What holds for every log that is read in one pass."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actscope.network.ties import ties
from actscope.process.directly_follows import directly_follows
from actscope.process.events import event_log
from actscope.process.hand_overs import hand_overs
from actscope.process.handing_over import handing_over
from actscope.process.onepass import batches
from actscope.process.onepass.figures import follows_of, hand_overs_of, passed, spans_of, ties_of
from actscope.process.onepass.layout import ACTS_LAYOUT, EVERYTHING
from actscope.process.onepass.state import LogState, TimeGoesBackError, advance, start
from actscope.process.onepass.storage import as_arrays, load, save

MakeActs = Callable[..., pa.Table]
Rows = list[dict[str, Any]]

START = datetime(2026, 3, 1, tzinfo=UTC)
UNITS = st.sampled_from(["health", "hospital", "street", "grid", "firm", "卫健委"])


def in_order(rows: Rows) -> Rows:
    return sorted(rows, key=lambda row: row["at"])


ROW: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "by_unit": st.none() | UNITS,
        "with_units": st.none() | st.lists(UNITS, max_size=4),
        "kind": st.sampled_from([None, "ask", "answer", "serve"]),
        "phase": st.sampled_from([None, "watch", "respond"]),
        "about_kind": st.sampled_from([None, "task", "ticket"]),
        "about_id": st.sampled_from([None, "1", "2", "NA"]),
        "at": st.integers(0, 5_000).map(lambda minutes: START + timedelta(minutes=minutes)),
    }
)
LOGS = st.lists(ROW, max_size=30).map(in_order)


def whole(acts: pa.Table) -> LogState:
    return advance(start(ACTS_LAYOUT, EVERYTHING), acts)


def assert_same(one: LogState, other: LogState) -> None:
    left, right = as_arrays(one), as_arrays(other)
    assert left.keys() == right.keys()
    for name, array in left.items():
        np.testing.assert_array_equal(array, right[name], err_msg=name)


@settings(max_examples=25)
@given(rows=LOGS, cuts=st.lists(st.integers(0, 30), max_size=4), kept=st.booleans())
def test_however_a_log_is_cut_the_state_is_that_of_the_whole(
    make_acts: MakeActs,
    tmp_path_factory: pytest.TempPathFactory,
    rows: Rows,
    cuts: list[int],
    kept: bool,
) -> None:
    acts = make_acts(*rows)
    ends = [0, *sorted(min(cut, len(rows)) for cut in cuts), len(rows)]
    file = tmp_path_factory.mktemp("state") / "state.npz"

    state = start(ACTS_LAYOUT, EVERYTHING)
    for first, last in pairwise(ends):
        # Encoded as a whole: the words of a piece come in the order of another one.
        piece = acts.slice(first, last - first)
        state = advance(state, piece if first % 2 else piece.unify_dictionaries())
        if kept:
            save(state, file)
            state = load(file)

    assert_same(state, whole(acts))


@given(rows=LOGS)
def test_the_pairs_and_spans_are_those_of_the_exact_measures(
    make_acts: MakeActs, rows: Rows
) -> None:
    acts = make_acts(*rows)
    state = whole(acts)
    exact = hand_overs(acts, top=None, at_least=1)

    found = hand_overs_of(state)

    assert {(p["source"], p["target"]): p["count"] for p in found.pairs.to_pylist()} == {
        (row.source, row.target): row.number for row in exact.rows
    }
    assert (found.total, found.cases) == (exact.number, exact.cases_handed_over)
    if exact.median_wait_hours is not None:
        assert found.median_wait_hours == pytest.approx(exact.median_wait_hours, rel=0.01)
    assert passed(state).set_aside == exact.set_aside


@given(rows=LOGS)
def test_ping_pong_and_directly_follows_agree_with_the_log_read_as_a_whole(
    make_acts: MakeActs, rows: Rows
) -> None:
    used = [row for row in rows if row["kind"] and row["about_id"]]
    state = whole(make_acts(*rows))
    log = event_log(
        pa.table(
            {
                "case": pa.array(
                    [f"{row['about_kind']} {row['about_id']}" for row in used], pa.string()
                ),
                "time": pa.array([row["at"] for row in used], pa.timestamp("us", "UTC")),
                "resource": pa.array([row["by_unit"] for row in used], pa.string()),
                "activity": pa.array([row["kind"] for row in used], pa.string()),
            }
        )
    )

    assert hand_overs_of(state).pingpong_cases == handing_over(log).pingpong_cases
    assert passed(state).cases == spans_of(state).n == len(log.cases)
    found = follows_of(state).pairs.to_pylist()
    exact = directly_follows(log).rows
    assert [(p["source"], p["target"], p["count"]) for p in found] == [
        (arc.source, arc.target, arc.count) for arc in exact
    ]
    for pair, arc in zip(found, exact, strict=True):
        assert pair["mean_wait_hours"] == pytest.approx(arc.mean_wait_hours)
        assert pair["median_wait_hours"] == pytest.approx(arc.median_wait_hours, rel=0.01)
        assert pair["p95_wait_hours"] == pytest.approx(arc.p95_wait_hours, rel=0.01)


@given(rows=LOGS)
def test_the_ties_are_those_of_the_network(make_acts: MakeActs, rows: Rows) -> None:
    acts = make_acts(*rows)
    exact = ties(acts, at_least=1)

    found = ties_of(whole(acts))

    assert (found.n, dict(found.missing_by)) == (exact.n, dict(exact.whole.missing_by))
    by_phase = {
        (network.phase, row["source"], row["target"]): (row["weight"], row["acts"])
        for network in exact.phases
        for row in network.ties.to_pylist()
    }
    with_phase = [row for row in found.ties.to_pylist() if row["phase"]]
    assert {
        (row["phase"], row["source"], row["target"]): (row["weight"], row["acts"])
        for row in with_phase
    } == {key: (pytest.approx(weight), acts) for key, (weight, acts) in by_phase.items()}


@given(rows=st.lists(ROW, max_size=30))
def test_time_that_goes_back_is_refused_or_makes_no_difference(
    make_acts: MakeActs, rows: Rows
) -> None:
    acts = make_acts(*rows)
    latest: dict[tuple[str | None, str], datetime] = {}
    bad = None
    for number, row in enumerate(rows, 1):
        if row["kind"] and row["about_id"] and bad is None:
            case = (row["about_kind"], row["about_id"])
            if row["at"] < latest.get(case, START):
                bad = number
            latest[case] = max(row["at"], latest.get(case, START))
    before = start(ACTS_LAYOUT, EVERYTHING)

    if bad is None:
        total = hand_overs_of(advance(before, acts)).total
        assert total == hand_overs(acts, at_least=1).number
    else:
        with pytest.raises(TimeGoesBackError) as refused:
            advance(before, acts)
        assert (refused.value.row, refused.value.value) == (bad, rows[bad - 1]["about_id"])
    assert_same(before, start(ACTS_LAYOUT, EVERYTHING))


@settings(max_examples=15)
@given(rows=LOGS, group=st.integers(1, 31))
def test_a_parquet_file_in_pieces_is_the_same_log(
    make_acts: MakeActs,
    tmp_path_factory: pytest.TempPathFactory,
    rows: Rows,
    group: int,
) -> None:
    acts = make_acts(*rows)
    file = tmp_path_factory.mktemp("log") / "acts.parquet"
    pq.write_table(acts, file, row_group_size=group)
    usual, batches.ROWS = batches.ROWS, 7
    try:
        state = advance(start(ACTS_LAYOUT, EVERYTHING), file)
    finally:
        batches.ROWS = usual

    assert_same(state, whole(acts))

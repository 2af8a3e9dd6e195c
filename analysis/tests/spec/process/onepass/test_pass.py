"""A log in one pass: worked by hand, and what it refuses."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from actscope.acts.reading import TableRefusedError
from actscope.process.events import TimeOutOfRangeError
from actscope.process.onepass import state as state_module
from actscope.process.onepass.figures import follows_of, hand_overs_of, passed, spans_of, ties_of
from actscope.process.onepass.layout import ACTS_LAYOUT, EVERYTHING, Layout, Measure
from actscope.process.onepass.register import TooManyNamesError
from actscope.process.onepass.state import (
    LogState,
    TimeGoesBackError,
    advance,
    start,
)
from actscope.process.onepass.storage import StateUnreadableError, as_arrays, load, save

MakeActs = Callable[..., pa.Table]
CASE = {"about_kind": "task", "about_id": "t1", "phase": "respond"}


def at(hour: int) -> datetime:
    return datetime(2026, 3, 1, hour, tzinfo=UTC)


@pytest.fixture(scope="module")
def acts(make_acts: MakeActs) -> pa.Table:
    return make_acts(
        CASE | {"by_unit": "health", "with_units": ["street", "grid"], "kind": "ask", "at": at(0)},
        CASE | {"by_unit": "street", "with_units": ["health"], "kind": "answer", "at": at(2)},
        CASE | {"by_unit": "health", "with_units": ["health"], "kind": "serve", "at": at(8)},
        CASE | {"by_unit": "firm", "with_units": ["grid"], "kind": None, "at": at(9)},
        CASE | {"by_unit": None, "with_units": ["grid"], "kind": "ask", "at": at(12)},
        {"by_unit": "grid", "with_units": ["grid", "street", "street"], "at": at(13)},
    )


@pytest.fixture(scope="module")
def state(acts: pa.Table) -> LogState:
    return advance(start(ACTS_LAYOUT, EVERYTHING), acts)


def test_what_was_read_is_counted(state: LogState) -> None:
    found = passed(state)

    assert (found.rows, found.set_aside, found.events, found.cases) == (6, 1, 4, 1)
    assert dict(found.missing_by) == {"no_case": 1, "no_time": 0}


def test_hand_overs_with_their_waits(state: LogState) -> None:
    found = hand_overs_of(state)

    assert (found.total, found.cases, found.pingpong_cases) == (2, 1, 1)
    assert (found.n, found.missing) == (3, 1)
    assert found.pairs.to_pylist() == [
        {"source": "health", "target": "street", "count": 1, "mean_wait_hours": 2.0},
        {"source": "street", "target": "health", "count": 1, "mean_wait_hours": 6.0},
    ]
    assert found.median_wait_hours == pytest.approx(4, rel=0.01)


def test_what_follows_what(state: LogState) -> None:
    rows = follows_of(state).pairs.to_pylist()

    assert [(r["source"], r["target"], r["mean_wait_hours"]) for r in rows] == [
        ("answer", "serve", 6.0),
        ("ask", "answer", 2.0),
        ("serve", "ask", 4.0),
    ]
    assert rows[0]["median_wait_hours"] == pytest.approx(6, rel=0.01)


def test_spans_are_exact(state: LogState) -> None:
    assert spans_of(state).median == 0.5


def test_ties_count_each_other_partner_once(state: LogState) -> None:
    found = ties_of(state)

    assert (found.n, dict(found.missing_by)) == (3, {"no_unit": 1, "no_partner": 1})
    assert [tuple(row.values()) for row in found.ties.to_pylist()] == [
        (None, "grid", "street", 1.0, 1),
        ("respond", "street", "health", 1.0, 1),
        ("respond", "health", "grid", 0.5, 1),
        ("respond", "health", "street", 0.5, 1),
    ]


def test_one_measure_reads_only_what_it_needs(acts: pa.Table, state: LogState) -> None:
    few = acts.select(["about_kind", "about_id", "at", "by_unit", "kind"])

    alone = advance(start(ACTS_LAYOUT, frozenset({Measure.HAND_OVERS})), few)

    assert hand_overs_of(alone).pairs == hand_overs_of(state).pairs


def test_an_empty_log_has_no_figures(make_acts: MakeActs) -> None:
    state = advance(start(ACTS_LAYOUT, EVERYTHING), make_acts())

    assert (hand_overs_of(state).total, follows_of(state).pairs.num_rows) == (0, 0)
    assert (spans_of(state).median, ties_of(state).ties.num_rows) == (None, 0)


def test_a_csv_file_is_read_as_a_whole(acts: pa.Table, state: LogState, tmp_path: Path) -> None:
    names = ["about_kind", "about_id", "at", "by_unit", "kind"]
    pa_csv.write_csv(acts.select(names), tmp_path / "acts.csv")
    steps = frozenset({Measure.HAND_OVERS, Measure.FOLLOWS})

    found = advance(start(ACTS_LAYOUT, steps), tmp_path / "acts.csv")

    assert follows_of(found) == follows_of(state)


def test_progress_is_told(acts: pa.Table) -> None:
    heard: list[tuple[int, int]] = []

    advance(
        start(ACTS_LAYOUT, EVERYTHING), acts, told=lambda done, total: heard.append((done, total))
    )

    assert heard == [(6, 6)]


def test_time_that_goes_back_from_one_file_to_the_next_is_refused(
    acts: pa.Table, state: LogState
) -> None:
    before = {name: array.copy() for name, array in as_arrays(state).items()}

    with pytest.raises(TimeGoesBackError, match="Row 1: the case “t1”"):
        advance(state, acts)

    for name, array in as_arrays(state).items():
        np.testing.assert_array_equal(array, before[name])


def test_files_that_cannot_be_read_are_refused_by_name(acts: pa.Table, tmp_path: Path) -> None:
    begun = start(ACTS_LAYOUT, EVERYTHING)
    (tmp_path / "cut.parquet").write_bytes(b"PAR1 and nothing more")
    pq.write_table(acts, tmp_path / "whole.parquet")
    damaged = bytearray((tmp_path / "whole.parquet").read_bytes())
    damaged[4 : len(damaged) // 2] = b"\xff" * (len(damaged) // 2 - 4)
    (tmp_path / "damaged.parquet").write_bytes(damaged)
    pq.write_table(acts.drop_columns(["at"]), tmp_path / "timeless.parquet")
    local = acts.set_column(3, "at", acts["at"].cast(pa.timestamp("us")))

    for source, code in (
        (tmp_path / "none.parquet", "file_missing"),
        (tmp_path / "cut.parquet", "file_unreadable"),
        (tmp_path / "damaged.parquet", "file_unreadable"),
        (tmp_path / "timeless.parquet", "column_missing"),
        (local, "column_without_zone"),
        (acts.drop_columns(["kind"]), "column_missing"),
    ):
        with pytest.raises(TableRefusedError) as refused:
            advance(begun, source)
        assert refused.value.code == code
    assert passed(advance(begun, local, zone="UTC")).events == 4


def test_text_that_is_no_time_is_refused_with_its_row(make_acts: MakeActs) -> None:
    acts = make_acts(*[CASE | {"by_unit": "grid"}] * 3)
    times = pa.array(["2026-03-01T00:00:00Z", "2026-03-01T01:00:00Z", "soon"])

    with pytest.raises(TableRefusedError, match="Row 3: “soon”"):
        advance(start(ACTS_LAYOUT, EVERYTHING), acts.set_column(3, "at", times))


def test_instants_outside_of_the_calendar_are_refused(make_acts: MakeActs) -> None:
    acts = make_acts(*[CASE | {"by_unit": "grid"}] * 2)
    times = pa.array([0, 2**62], pa.int64()).cast(pa.timestamp("us", "UTC"))

    with pytest.raises(TimeOutOfRangeError, match="Row 2"):
        advance(start(ACTS_LAYOUT, EVERYTHING), acts.set_column(3, "at", times))


def test_columns_may_have_other_names_and_acts_without_kind_may_count(acts: pa.Table) -> None:
    layout = Layout(case="c", at="at", unit="u", kind="k")
    table = acts.select(["about_id", "at", "by_unit", "kind"]).rename_columns(["c", "at", "u", "k"])

    found = advance(start(layout, frozenset({Measure.HAND_OVERS, Measure.FOLLOWS})), table)

    assert (passed(found).events, hand_overs_of(found).total) == (5, 3)
    assert follows_of(found).missing == 1


def test_more_kinds_than_there_can_be_are_refused(
    make_acts: MakeActs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state_module, "MOST_FOLLOWS", 16)
    kinds = [f"kind {i}" for i in range(20)]

    with pytest.raises(TooManyNamesError, match="kind"):
        advance(
            start(ACTS_LAYOUT, EVERYTHING),
            make_acts(*(CASE | {"by_unit": "grid", "kind": kind} for kind in kinds)),
        )


def test_a_file_that_holds_no_state_is_refused(state: LogState, tmp_path: Path) -> None:
    good = tmp_path / "good.npz"
    save(state, good)
    arrays = as_arrays(load(good))
    wrong = {
        "version": {"about": np.frombuffer(b'{"version": 0}', np.uint8)},
        "width": {"cases": arrays["cases"][:, :3]},
        "numbers": {"ties": arrays["ties"][::-1]},
        "cases": {"cases": arrays["cases"][:0]},
        "names": {"units.ends": arrays["units.ends"] + 10_000},
        "counters": {"counters": arrays["counters"][:2]},
    }
    for name, change in wrong.items():
        np.savez(tmp_path / f"{name}.npz", **(arrays | change))  # type: ignore[arg-type]
    (tmp_path / "text.npz").write_text("nothing", encoding="utf-8")
    (tmp_path / "cut.npz").write_bytes(good.read_bytes()[:500])

    for name in (*wrong, "text", "cut", "none"):
        with pytest.raises(StateUnreadableError):
            load(tmp_path / f"{name}.npz")

"""What holds for every table of acts."""

import json
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actscope.network.ties import ties
from actscope.process.hand_overs import hand_overs
from actscope.summary import summary
from actscope.tempo.per_day import acts_per_day

MakeActs = Callable[..., pa.Table]
Rows = list[dict[str, Any]]

START = datetime(2026, 3, 1, tzinfo=UTC)
UNITS = st.sampled_from(["health", "hospital", "street", "grid", "firm"])
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "by_unit": st.none() | UNITS,
            "with_units": st.none() | st.lists(UNITS, max_size=4),
            "kind": st.sampled_from([None, "ask", "answer", "serve"]),
            "phase": st.sampled_from([None, "watch", "respond"]),
            "about_id": st.sampled_from([None, "1", "2", "3"]),
            "at": st.integers(0, 72).map(lambda hours: START + timedelta(hours=hours)),
        }
    ),
    max_size=25,
)


@given(rows=ROWS)
def test_all_ties_together_weigh_as_much_as_the_acts_with_a_partner(
    make_acts: MakeActs, rows: Rows
) -> None:
    with_partner = sum(
        1
        for row in rows
        if row["kind"] and row["by_unit"] and set(row["with_units"] or ()) - {row["by_unit"]}
    )

    result = ties(make_acts(*rows), at_least=1)

    assert result.n == with_partner
    assert sum(result.whole.ties["weight"].to_pylist()) == pytest.approx(with_partner)
    in_phases = sum(sum(phase.ties["weight"].to_pylist()) for phase in result.phases)
    assert in_phases == pytest.approx(with_partner - result.without_phase)


@given(rows=ROWS, more=st.integers(1, 5))
def test_units_that_did_nothing_thin_the_network_out(
    make_acts: MakeActs, rows: Rows, more: int
) -> None:
    acts = make_acts(*rows)
    idle = [f"idle-{i}" for i in range(more)]

    before, after = ties(acts, at_least=1).whole, ties(acts, units=idle, at_least=1).whole

    assert after.units == before.units + more
    assert (after.isolates or 0) == (before.isolates or 0) + more
    if after.density is not None:
        expected = after.ties.num_rows / (after.units * (after.units - 1))
        assert after.density == pytest.approx(expected)
    assert after.ties == before.ties


@given(rows=ROWS)
def test_every_act_is_used_missing_or_set_aside(make_acts: MakeActs, rows: Rows) -> None:
    acts = make_acts(*rows)

    for result in (ties(acts).whole, acts_per_day(acts), hand_overs(acts)):
        assert result.n + result.missing + result.set_aside == len(rows)


@given(rows=ROWS)
def test_the_days_add_up_to_the_acts(make_acts: MakeActs, rows: Rows) -> None:
    result = acts_per_day(make_acts(*rows), zone="Asia/Shanghai", at_least=1)

    assert sum(result.all_kinds.numbers) == result.n
    assert sum(series.total or 0 for series in result.by_kind) == result.n or not result.n


@given(rows=ROWS)
def test_hand_overs_are_what_a_plain_loop_finds(make_acts: MakeActs, rows: Rows) -> None:
    waits: dict[tuple[str, str], list[float]] = {}
    for case in ("1", "2", "3"):
        chosen = [r for r in rows if r["about_id"] == case and r["kind"] and r["by_unit"]]
        for one, two in pairwise(sorted(chosen, key=lambda row: row["at"])):
            if one["by_unit"] != two["by_unit"]:
                hours = (two["at"] - one["at"]).total_seconds() / 3600
                waits.setdefault((one["by_unit"], two["by_unit"]), []).append(hours)

    result = hand_overs(make_acts(*rows), top=None, at_least=1)

    assert {(row.source, row.target): row.number for row in result.rows} == {
        pair: len(hours) for pair, hours in waits.items()
    }
    for row in result.rows:
        assert row.median_wait_hours == pytest.approx(median(waits[row.source, row.target]))


@given(rows=ROWS, seed=st.integers(0, 999))
def test_a_shuffled_file_keeps_the_order_that_its_positions_give(
    make_acts: MakeActs, rows: Rows, seed: int
) -> None:
    acts = make_acts(*rows)
    order = random.Random(seed).sample(range(len(rows)), len(rows))

    assert hand_overs(acts.take(pa.array(order, pa.int64())), at_least=1) == hand_overs(
        acts, at_least=1
    )


@given(rows=ROWS)
def test_without_positions_acts_of_one_time_stand_in_order_of_the_file(
    make_acts: MakeActs, rows: Rows
) -> None:
    # A stable sort by time changes nothing: equal times were in order of the file before.
    sorted_rows = sorted(rows, key=lambda row: row["at"])

    before = hand_overs(make_acts(*rows).drop_columns(["position"]), at_least=1)
    after = hand_overs(make_acts(*sorted_rows).drop_columns(["position"]), at_least=1)

    assert before == after


@given(rows=ROWS)
def test_nothing_of_fewer_than_three_units_is_shown(make_acts: MakeActs, rows: Rows) -> None:
    result = ties(make_acts(*rows))

    for network in (result.whole, *result.phases):
        with_ties = Counter(
            t[end] for t in network.ties.to_pylist() for end in ("source", "target")
        )
        assert len(with_ties) not in (1, 2)


@given(rows=ROWS)
def test_a_summary_is_plain_json(make_acts: MakeActs, rows: Rows) -> None:
    result = summary(make_acts(*rows))

    assert json.loads(json.dumps(result, allow_nan=False)) == result

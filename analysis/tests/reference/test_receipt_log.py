"""Hand-overs in the receipt phase of an environmental permit application.

Published facts: J. C. A. M. Buijs, Receipt phase of an environmental permit application process,
4TU.ResearchData, doi 10.4121/uuid:a07386a5-7be3-4367-9535-70bc9e77dbe6 (1,434 cases, 8,577 events,
48 resources). The 1,208 direct hand-overs were counted apart from this library.
"""

from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pytest

from actscope.acts import read_acts
from actscope.process.hand_overs import hand_overs
from actscope.tempo.per_day import acts_per_day


@pytest.fixture(scope="module")
def receipt(data_dir: Path) -> pa.Table:
    """The events as acts: a resource is a unit, a case is what the act is about."""
    path = data_dir / "eventlogs" / "coselog_receipt" / "events.csv"
    if not path.is_file():
        pytest.skip("no receipt log among the public data")
    names = ("event_order", "case_id", "timestamp", "resource")
    events = pa_csv.read_csv(
        path,
        convert_options=pa_csv.ConvertOptions(
            include_columns=names, column_types=dict.fromkeys(names, pa.string())
        ),
    )
    rows = events.num_rows
    return read_acts(
        pa.table(
            {
                "position": events["event_order"],
                "id": events["event_order"],
                "at": events["timestamp"],
                "by_unit": events["resource"],
                "with_units": pa.array([""] * rows),
                "kind": pa.array(["serve"] * rows),
                "about_kind": pa.array(["application"] * rows),
                "about_id": events["case_id"],
            }
        )
    ).table


def test_it_counts_cases_events_and_resources(receipt: pa.Table) -> None:
    result = hand_overs(receipt)

    assert (result.n, result.missing, result.set_aside) == (8_577, 0, 0)
    assert result.cases == 1_434
    assert len(receipt["by_unit"].unique()) == 48


def test_it_counts_the_hand_overs(receipt: pa.Table) -> None:
    assert hand_overs(receipt).number == 1_208


def test_every_pair_agrees_with_a_plain_loop(receipt: pa.Table) -> None:
    cases: dict[str, list[dict[str, Any]]] = {}
    for row in receipt.select(["at", "position", "by_unit", "about_id"]).to_pylist():
        cases.setdefault(row["about_id"], []).append(row)
    waits: dict[tuple[str, str], list[float]] = {}
    for case in cases.values():
        in_order = sorted(case, key=lambda row: (row["at"], row["position"]))
        for one, two in pairwise(in_order):
            if one["by_unit"] != two["by_unit"]:
                seconds = (two["at"] - one["at"]).total_seconds()
                waits.setdefault((one["by_unit"], two["by_unit"]), []).append(seconds / 3600)

    rows = hand_overs(receipt, top=None).rows

    assert {(row.source, row.target): row.number for row in rows} == {
        pair: len(hours) for pair, hours in waits.items()
    }
    for row in rows:
        assert row.median_wait_hours == pytest.approx(median(waits[row.source, row.target]))


def test_offsets_are_read_as_instants(receipt: pa.Table) -> None:
    result = acts_per_day(receipt, zone="Europe/Amsterdam")

    assert (result.days[0].isoformat(), result.days[-1].isoformat()) == ("2010-10-02", "2012-01-23")
    assert sum(result.all_kinds.numbers) == 8_577

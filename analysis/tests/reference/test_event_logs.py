"""Real event logs.

Receipt: J. C. A. M. Buijs, doi 10.4121/uuid:a07386a5-7be3-4367-9535-70bc9e77dbe6 (1,434 cases,
8,577 events, 27 activities, 116 variants, the most frequent of 713 cases, 48 resources).
Sepsis: F. Mannhardt, doi 10.4121/uuid:915d2bfb-7e84-49ad-a286-dc35f063a460 (1,050 cases, 15,214
events, 16 activities, 846 variants). Casework: NYC Open Data, CouncilStat, opened in 2020 (24,482
cases of 46 offices, 749 open, median of 4 days to closing).
"""

from pathlib import Path
from typing import Any

import pytest

from actscope.acts import read_columns
from actscope.acts.schema import Column, Type
from actscope.process.closing import closed_at_last_event, closed_by_time
from actscope.process.events import EventLog, event_log
from actscope.process.handing_over import handing_over
from actscope.process.throughput import throughput
from actscope.process.variants import variants

TYPES: dict[str, Type] = {"time": "time", "closed": "time"}


def read(path: Path, zone: str | None = None, **columns: str) -> Any:
    if not path.is_file():
        pytest.skip(f"no {path.parent.name} among the public data")
    named = {
        role: Column(name=name, type=TYPES.get(role, "text"), en=role, zh=role, required=True)
        for role, name in columns.items()
    }
    return read_columns(path, named, zone=zone).table


@pytest.fixture(scope="module")
def receipt(data_dir: Path) -> EventLog:
    path = data_dir / "eventlogs" / "coselog_receipt" / "events.csv"
    columns = {"case": "case_id", "resource": "resource", "activity": "activity"}
    return event_log(read(path, time="timestamp", **columns))


def test_the_receipt_log_has_its_published_sizes(receipt: EventLog) -> None:
    assert (len(receipt.cases), receipt.n) == (1_434, 8_577)
    assert (len(receipt.activities), len(receipt.resources)) == (27, 48)


def test_the_receipt_log_has_its_published_variants(receipt: EventLog) -> None:
    found = variants(receipt)

    assert (found.number, found.rows[0].cases) == (116, 713)


def test_the_receipt_log_is_handed_over_as_counted_elsewhere(receipt: EventLog) -> None:
    assert handing_over(receipt).total == 1_208


def test_the_receipt_log_takes_as_long_as_counted_elsewhere(receipt: EventLog) -> None:
    found = throughput(receipt, closed_at_last_event(receipt))

    assert found.median == pytest.approx(0.033, abs=5e-4)
    assert found.mean == pytest.approx(5.408, abs=5e-4)
    assert max(found.censored.time) == pytest.approx(275.84, abs=5e-3)


def test_the_sepsis_log_has_its_published_sizes_with_a_case_that_is_called_na(
    data_dir: Path, tmp_path: Path
) -> None:
    original = data_dir / "eventlogs" / "sepsis" / "events.csv"
    if not original.is_file():
        pytest.skip("no sepsis among the public data")
    # The prefix was put before the ids because one of them is "NA".
    bare = tmp_path / "events.csv"
    bare.write_text(original.read_text(encoding="utf-8").replace(",S_", ","), encoding="utf-8")
    log = event_log(
        read(bare, "UTC", case="case_id", time="timestamp", resource="group", activity="activity")
    )

    assert (len(log.cases), log.n, len(log.activities)) == (1_050, 15_214, 16)
    assert "NA" in log.cases
    assert variants(log).number == 846


def test_open_casework_makes_the_median_longer_than_closed_cases_say(data_dir: Path) -> None:
    path = data_dir / "eventlogs" / "nyc_council_casework_2020" / "cases.csv"
    table = read(
        path,
        "America/New_York",
        case="case_id",
        time="opened",
        resource="office",
        closed="closed",
    )
    log = event_log(table)

    found = throughput(log, closed_by_time(log, table["closed"]))

    assert (table.num_rows, len(log.resources)) == (24_482, 46)
    assert found.n + found.missing == len(log.cases) == 24_480  # two ids come twice
    assert found.median == pytest.approx(4, abs=0.05)
    assert found.open == 749
    assert found.censored.median is not None
    assert found.median is not None
    assert found.censored.median >= found.median

"""Constituent casework of the New York City Council opened in 2020 (``nyc_council_casework_2020``):
24,482 cases, 749 of them without a date of closing. How many were open on 15 April 2020 was counted
with a plain loop apart from this library: 2,892 opened by then and closed later or never, and 12
opened and closed on that day."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from actscope.days import days_between
from actscope.tempo.load import Load, load_of_cases


@pytest.fixture(scope="module")
def load(data_dir: Path) -> Load:
    path = data_dir / "eventlogs" / "nyc_council_casework_2020" / "cases.csv"
    if not path.is_file():
        pytest.skip("no casework among the public data")
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    def instants(name: str) -> pa.Array:
        days = [
            datetime.fromisoformat(r[name]).replace(tzinfo=UTC) if r[name] else None for r in rows
        ]
        return pa.array(days, pa.timestamp("us", "UTC"))

    table = pa.table(
        {
            "case": [row["case_id"] for row in rows],
            "opened_at": instants("opened"),
            "closed_at": instants("closed"),
        }
    )
    return load_of_cases(table, days=days_between(date(2020, 1, 1), date(2020, 12, 31)), zone="UTC")


def test_every_case_counts_and_the_open_ones_stay_open(load: Load) -> None:
    assert (load.n, load.still_open) == (24_482, 749)


def test_the_load_of_a_day_is_that_of_a_plain_count(load: Load) -> None:
    assert load.numbers[date(2020, 4, 15).timetuple().tm_yday - 1] == 2_892 + 12

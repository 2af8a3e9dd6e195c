"""Event logs of a few rows."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from actscope.process.events import EventLog, event_log

START = datetime(2026, 3, 1, tzinfo=UTC)
MakeLog = Callable[..., EventLog]


def table_of_events(*events: str, activities: bool = True) -> pa.Table:
    """One row per ``"case hour resource activity"``; a dash stands for nothing."""
    rows = [[None if cell == "-" else cell for cell in event.split()] for event in events]
    columns = {
        "case": pa.array([row[0] for row in rows], pa.string()),
        "time": pa.array(
            [None if row[1] is None else START + timedelta(hours=float(row[1])) for row in rows],
            pa.timestamp("us", "UTC"),
        ),
        "resource": pa.array([row[2] for row in rows], pa.string()),
    }
    if activities:
        columns["activity"] = pa.array([row[3] for row in rows], pa.string())
    return pa.table(columns)


@pytest.fixture(scope="session")
def make_log() -> MakeLog:
    def made(*events: str, activities: bool = True) -> EventLog:
        return event_log(table_of_events(*events, activities=activities))

    return made

"""The cast and the tools of the tests.

The same units appear everywhere: ``health`` (health commission), ``hospital``, ``street`` (street
office), ``grid`` (a grid), ``firm`` (a firm).
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import settings

from actscope.acts import ACTS, arrow_schema

# The gate tries the same examples each time, so that what it says depends on the change alone;
# HYPOTHESIS_PROFILE=search looks further, elsewhere each time.
settings.register_profile("quick", max_examples=40, deadline=None, database=None, derandomize=True)
settings.register_profile("search", max_examples=400, deadline=None, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

MakeActs = Callable[..., pa.Table]


def table_of(*rows: dict[str, Any]) -> pa.Table:
    """A table of acts; what a row leaves out is empty, but it is a ``report`` at noon."""
    usual: dict[str, Any] = dict.fromkeys(ACTS.names) | {
        "at": datetime(2026, 3, 1, 12, tzinfo=UTC),
        "kind": "report",
        "with_units": [],
    }
    filled = [
        usual | {"position": place, "id": f"act-{place}"} | row for place, row in enumerate(rows, 1)
    ]
    return pa.Table.from_pylist(filled, schema=arrow_schema(ACTS))


@pytest.fixture(scope="session")
def make_acts() -> MakeActs:
    """Makes a table of acts out of one dictionary per row."""
    return table_of


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder with the public data; without it the test is skipped."""
    beside = Path(__file__).resolve().parents[2].parent / "shared" / "data"
    folder = Path(os.environ.get("TONGZHOU_DATA", beside))
    if not folder.is_dir():
        pytest.skip(f"no public data: set TONGZHOU_DATA (looked in {folder.name})")
    return folder

"""A few organisations of one city, and short ways to say what they did."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from actscope.acts import ACTORS, TIES, arrow_schema
from actscope.dimensions.measured import Dimensions, dimensions

Do = Callable[..., dict[str, Any]]
Measure = Callable[..., Dimensions]
START = datetime(2026, 3, 1, tzinfo=UTC)

CITY = {
    "health": ("government", "district", "330106"),
    "police": ("government", "district", "330106"),
    "cdc": ("cdc", "district", "330106"),
    "street": ("government", "street", "330106001"),
    "neighbour": ("government", "district", "330108"),
    "firm": ("enterprise", "district", "330106"),
    "team": ("volunteer_team", "street", "330106001"),
}


def actors_of(*units: str) -> pa.Table:
    rows = [
        {"unit": unit, "sector": CITY[unit][0], "level": CITY[unit][1], "area": CITY[unit][2]}
        for unit in units or CITY
    ]
    return pa.Table.from_pylist(rows, schema=arrow_schema(ACTORS))


def did(by: str, kind: str, *to: str, hour: float = 0, case: str | None = "c", **more: Any) -> Any:
    """One act, so many hours after the start."""
    return {
        "by_unit": by,
        "kind": kind,
        "with_units": list(to),
        "at": START + timedelta(hours=hour),
        "about_kind": "task",
        "about_id": case,
        **({"due_at": START + timedelta(hours=more.pop("due"))} if "due" in more else {}),
        **more,
    }


@pytest.fixture
def measure(make_acts: Callable[..., pa.Table]) -> Measure:
    """Measures a few acts of the city; ``plan`` is a list of pairs, ``units`` who is listed."""

    def measured(
        *acts: Any,
        plan: list[tuple[str, str]] | None = None,
        units: tuple[str, ...] = (),
        **options: Any,
    ) -> Dimensions:
        table = None
        if plan is not None:
            rows = [{"source": one, "target": other} for one, other in plan]
            table = pa.Table.from_pylist(rows, schema=arrow_schema(TIES))
        options = {"draws": 40} | options
        return dimensions(make_acts(*acts), actors_of(*units), plan=table, **options)

    return measured

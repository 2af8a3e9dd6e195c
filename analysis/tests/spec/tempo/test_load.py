"""How much work is open, on a few cases counted by hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest

from actscope.acts import CASES, arrow_schema
from actscope.tempo.load import ClosedBeforeOpenedError, LoadFrom, load_of_acts, load_of_cases

MakeActs = Callable[..., pa.Table]
DAYS = tuple(date(2026, 3, day) for day in (1, 2, 3, 4))


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def case(name: str, opened: datetime, closed: datetime | None) -> dict[str, Any]:
    return {"case": name, "opened_at": opened, "closed_at": closed}


def cases(*rows: dict[str, Any]) -> pa.Table:
    names = [name for name in CASES.names if name in ("case", "opened_at", "closed_at")]
    schema = pa.schema([arrow_schema(CASES).field(name) for name in names])
    return pa.Table.from_pylist(list(rows), schema=schema)


def about(identifier: str | None, day: int, **more: Any) -> dict[str, Any]:
    return {"about_kind": "task", "about_id": identifier, "at": at(day), "by_unit": "street"} | more


def test_a_case_counts_on_every_day_on_which_it_is_open() -> None:
    table = cases(
        case("over three days", at(1), at(3)),
        case("within a day", at(2, 8), at(2, 9)),
        case("still open", at(4), None),
        case("from before", datetime(2026, 1, 1, tzinfo=UTC), at(1)),
        case("gone before", datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)),
        case("not yet", at(9), None),
    )

    load = load_of_cases(table, days=DAYS, zone="UTC")

    assert load.numbers.tolist() == [2, 2, 1, 1]
    assert (load.source, load.n, load.still_open) == (LoadFrom.CASES, 4, 1)


def test_a_case_closed_at_midnight_was_open_on_the_day_before() -> None:
    table = cases(case("to midnight", at(1), at(2, 0)), case("at midnight", at(3, 0), at(3, 0)))

    assert load_of_cases(table, days=DAYS, zone="UTC").numbers.tolist() == [1, 0, 1, 0]


def test_the_day_begins_in_the_zone_declared() -> None:
    table = cases(case("late in the evening", at(1, 15), at(1, 17)))

    assert load_of_cases(table, days=DAYS, zone="Asia/Shanghai").numbers.tolist() == [1, 1, 0, 0]


def test_it_refuses_a_case_that_ends_before_it_begins() -> None:
    table = cases(case("a", at(1), at(2)), case("b", at(3), at(2)))

    with pytest.raises(ClosedBeforeOpenedError) as refusal:
        load_of_cases(table, days=DAYS, zone="UTC")

    assert (refusal.value.row, refusal.value.value) == (2, "b")


def test_the_act_that_confirms_closes_its_case(make_acts: MakeActs) -> None:
    acts = make_acts(
        about("a", 1),
        about("a", 2, outcome="confirmed"),
        about("b", 2),
        about("c", 1, outcome="confirmed"),
        about("c", 2, outcome="reopened"),
        about(None, 3),
    )

    load = load_of_acts(acts, days=DAYS, zone="UTC")

    assert load.numbers.tolist() == [2, 3, 2, 2]
    assert load.source == LoadFrom.CLOSING_ACTS
    assert (load.n, load.still_open, load.missing) == (3, 2, 1)


def test_without_outcomes_a_case_lasts_from_its_first_to_its_last_act(make_acts: MakeActs) -> None:
    acts = make_acts(about("a", 3), about("a", 1), about("b", 2), about("b", 4, kind=None))

    load = load_of_acts(acts, days=DAYS, zone="UTC")

    assert load.numbers.tolist() == [1, 2, 1, 0]
    assert (load.source, load.still_open) == (LoadFrom.LAST_ACTS, 0)


def test_one_identifier_may_name_cases_of_two_kinds(make_acts: MakeActs) -> None:
    acts = make_acts(about("1", 1), about("1", 1, about_kind="signal"))

    assert load_of_acts(acts, days=DAYS, zone="UTC").numbers.tolist() == [2, 0, 0, 0]

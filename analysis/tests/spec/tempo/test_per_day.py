"""What acts per day are, on tables of a few rows counted by hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest

from actscope.days import SpanTooLongError
from actscope.disclosure import Suppressed
from actscope.tempo.per_day import acts_per_day
from actscope.zones import UnknownZoneError

MakeActs = Callable[..., pa.Table]
THREE = {"by_unit": "health", "with_units": ["hospital", "street"]}


def on(day: int, hour: int = 12, kind: str | None = "report", **more: Any) -> dict[str, Any]:
    return THREE | {"at": datetime(2026, 3, day, hour, tzinfo=UTC), "kind": kind} | more


def test_days_without_acts_are_zero(make_acts: MakeActs) -> None:
    result = acts_per_day(make_acts(on(1), on(1), on(4)))

    assert result.days == tuple(date(2026, 3, day) for day in (1, 2, 3, 4))
    assert result.all_kinds.numbers == (2, 0, 0, 1)
    assert (result.n, result.missing, result.all_kinds.total) == (3, 0, 3)


def test_each_kind_has_its_series_in_the_usual_order(make_acts: MakeActs) -> None:
    result = acts_per_day(make_acts(on(1, kind="dispatch"), on(2, kind="ask"), on(2, kind="ask")))

    assert [(s.kind, s.numbers) for s in result.by_kind] == [("ask", (0, 2)), ("dispatch", (1, 0))]


def test_the_day_begins_in_the_zone_declared(make_acts: MakeActs) -> None:
    acts = make_acts(on(1, hour=15), on(1, hour=16))

    assert acts_per_day(acts).all_kinds.numbers == (2,)
    assert acts_per_day(acts, zone="Asia/Shanghai").all_kinds.numbers == (1, 1)


def test_a_day_may_have_twenty_three_hours(make_acts: MakeActs) -> None:
    # In Berlin the clock went from 2 to 3 on 29 March 2026; that day ended at 22:00 UTC.
    acts = make_acts(on(28, 22), on(28, 23), on(29, 21), on(29, 22))

    result = acts_per_day(acts, zone="Europe/Berlin")

    assert result.days == (date(2026, 3, 28), date(2026, 3, 29), date(2026, 3, 30))
    assert result.all_kinds.numbers == (1, 2, 1)


def test_acts_outside_the_days_asked_for_are_set_aside(make_acts: MakeActs) -> None:
    acts = make_acts(on(1), on(3), on(9), on(3, kind=None), on(3, at=None))

    result = acts_per_day(acts, first=date(2026, 3, 2), last=date(2026, 3, 4))

    assert result.all_kinds.numbers == (0, 1, 0)
    assert (result.n, result.missing_by, result.set_aside) == (1, (("no_time", 1),), 3)


def test_a_kind_of_two_units_is_suppressed_and_so_is_what_would_reveal_it(
    make_acts: MakeActs,
) -> None:
    acts = make_acts(
        on(1, kind="ask", with_units=["hospital"]),
        on(1, kind="share"),
        on(1, kind="serve", with_units=["hospital", "street", "grid"]),
    )

    result = acts_per_day(acts)

    assert [(s.kind, s.suppressed) for s in result.by_kind] == [
        ("share", Suppressed.PAIRED),
        ("ask", Suppressed.FEW),
        ("serve", None),
    ]
    assert (result.by_kind[0].total, result.by_kind[0].numbers) == (None, ())
    assert result.all_kinds.total == 3


def test_no_acts_are_no_days(make_acts: MakeActs) -> None:
    result = acts_per_day(make_acts())

    assert (result.days, result.all_kinds.numbers, result.by_kind, result.n) == ((), (), (), 0)


def test_days_asked_for_are_zero_when_nothing_happened(make_acts: MakeActs) -> None:
    result = acts_per_day(make_acts(), first=date(2026, 3, 1), last=date(2026, 3, 2))

    assert result.all_kinds.numbers == (0, 0)


def test_it_refuses_a_zone_that_nobody_knows(make_acts: MakeActs) -> None:
    with pytest.raises(UnknownZoneError):
        acts_per_day(make_acts(on(1)), zone="Asia/Nowhere")


def test_it_refuses_a_span_that_only_a_mistyped_date_explains(make_acts: MakeActs) -> None:
    with pytest.raises(SpanTooLongError):
        acts_per_day(make_acts(on(1), on(1, at=datetime(202, 3, 1, tzinfo=UTC))))

"""Daily counts: revisions kept, falling series repaired, set-based."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from unit.incidents.conftest import AT, DAY

from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.record_counts import (
    CountInFuture,
    CountMalformed,
    CountOutside,
    CountRow,
    CountsEmpty,
    CountTwice,
    Recorded,
    record_counts,
)
from tongzhou.incidents.models import DailyCount, Incident
from tongzhou.ledger.models import Act
from tongzhou.places.actions.create_area import create_area
from tongzhou.places.models import Level

Rows = Callable[..., list[CountRow]]
LATER = AT + 30 * DAY


@pytest.fixture
def keep(cast: Cast, incident: Incident) -> Callable[..., Recorded]:
    """Records rows as the CDC of the province."""

    def write(rows: list[CountRow], *, source: str = "CDC", **fields: Any) -> Recorded:
        given = {"incident": incident, "as_of": AT, "by": cast.shen, "at": LATER, **fields}
        return record_counts(rows=rows, source=source, **given)

    return write


def used(incident: Incident) -> list[int]:
    """The confirmed figures in use, by day."""
    found = DailyCount.objects.filter(incident=incident, current=True).order_by("date")
    return list(found.values_list("confirmed_used", flat=True))


def test_new_days_are_added_with_source_and_time(
    keep: Callable[..., Recorded], incident: Incident, hangzhou: Rows
) -> None:
    assert keep(hangzhou(5, 6, 6)) == Recorded(added=3, revised=0, unchanged=0, corrected=0)

    row = DailyCount.objects.filter(incident=incident).order_by("date")[1]
    assert (row.confirmed, row.confirmed_used, row.source, row.as_of) == (6, 6, "CDC", AT)


def test_a_revised_figure_keeps_the_old_one_and_who_changed_it(
    keep: Callable[..., Recorded], incident: Incident, hangzhou: Rows, cast: Cast
) -> None:
    keep(hangzhou(5, 6, 8))

    assert keep(hangzhou(5, 7, 8), source="Health commission", by=cast.shen) == Recorded(
        added=0, revised=1, unchanged=2, corrected=0
    )

    history = DailyCount.objects.filter(incident=incident, date=date(2020, 1, 24))
    assert list(history.order_by("revision").values_list("confirmed", "current", "source")) == [
        (6, False, "CDC"),
        (7, True, "Health commission"),
    ]


def test_the_same_figures_again_change_nothing(
    keep: Callable[..., Recorded], hangzhou: Rows
) -> None:
    keep(hangzhou(5, 6))

    assert keep(hangzhou(5, 6)) == Recorded(added=0, revised=0, unchanged=2, corrected=0)
    assert DailyCount.objects.count() == 2


def test_where_the_series_falls_the_days_before_are_lowered(
    keep: Callable[..., Recorded], incident: Incident, hangzhou: Rows
) -> None:
    result = keep(hangzhou(10, 30, 25, 20, 40))

    assert result.corrected == 2
    assert used(incident) == [10, 20, 20, 20, 40]
    reported = DailyCount.objects.filter(incident=incident).order_by("date")
    assert list(reported.values_list("confirmed", flat=True)) == [10, 30, 25, 20, 40]


def test_a_later_record_repairs_what_is_on_file(
    keep: Callable[..., Recorded], incident: Incident, hangzhou: Rows
) -> None:
    rows = hangzhou(10, 30, 20)
    keep(rows[:2])
    assert used(incident) == [10, 30]

    assert keep(rows[2:]).corrected == 1
    assert used(incident) == [10, 20, 20]


def test_a_revision_upwards_takes_the_correction_back(
    keep: Callable[..., Recorded], incident: Incident, hangzhou: Rows
) -> None:
    keep(hangzhou(10, 30, 20))

    keep(hangzhou(10, 30, 35))

    assert used(incident) == [10, 30, 35]


def test_refusals_name_row_and_field(
    keep: Callable[..., Recorded], cast: Cast, hangzhou: Rows, incident: Incident
) -> None:
    good = hangzhou(5)
    outside = create_area(
        code="42", name_zh="湖北省", name_en="Hubei", level=Level.PROVINCE, parent=None,
        by=None, at=AT,
    )  # fmt: skip
    city = cast.areas["3301"]
    cases: list[tuple[CountRow, type[Exception], str]] = [
        (CountRow(city, date(2020, 1, 25), -1, 0, 0), CountMalformed, "confirmed"),
        (CountRow(city, date(2020, 1, 25), 1, 0, 2**31), CountMalformed, "dead"),
        (CountRow(city, date(2021, 1, 1), 1, 0, 0), CountInFuture, "date"),
        (CountRow(outside, date(2020, 1, 25), 1, 0, 0), CountOutside, "area"),
        (CountRow(city, good[0].date, 1, 0, 0), CountTwice, "date"),
    ]
    for row, refusal, field in cases:
        with pytest.raises(refusal) as refused:
            keep([*good, row])
        assert (refused.value.row, refused.value.field) == (2, field)  # type: ignore[attr-defined]
    with pytest.raises(CountsEmpty):
        keep([])

    assert not DailyCount.objects.exists()


def test_the_act_tells_what_was_recorded(
    keep: Callable[..., Recorded], hangzhou: Rows, last_act: Callable[[], Act]
) -> None:
    keep(hangzhou(5, 6))

    act = last_act()
    assert (act.kind, act.evidence, act.visibility) == ("report", "CDC", "public")
    assert act.data["figures"] == [["3301", "2020-01-23", 5, 0, 0], ["3301", "2020-01-24", 6, 0, 0]]
    assert (act.data["first"], act.data["last"]) == ("2020-01-23", "2020-01-24")


def test_a_year_of_eleven_cities_is_one_set_of_statements(
    keep: Callable[..., Recorded],
    cast: Cast,
    last_act: Callable[[], Act],
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    cities = [
        create_area(
            code=f"33{number:02}", name_zh=f"市{number}", name_en="", level=Level.CITY,
            parent=cast.areas["33"], by=None, at=AT,
        )
        for number in range(4, 15)
    ]  # fmt: skip
    rows = [
        CountRow(city, date(2020, 1, 1) + day * DAY, day * 3, day * 2, day)
        for city in cities
        for day in range(365)
    ]

    with django_assert_max_num_queries(16):
        result = keep(rows, at=AT + 400 * DAY)

    assert result.added == 4015
    assert last_act().data["figures"] is None

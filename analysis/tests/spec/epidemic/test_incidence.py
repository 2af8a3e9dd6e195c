"""Cases per day, on tables of a few rows counted by hand."""

from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest

from actscope.counting import ColumnMissingError
from actscope.days import SpanTooLongError
from actscope.epidemic.incidence import (
    CasesMissingError,
    CorrectionTooLargeError,
    CountFractionalError,
    CountNegativeError,
    CountTooLargeError,
    DateRepeatedError,
    DayMissingError,
    Incidence,
    Repair,
    incidence,
)
from actscope.errors import InputError


def counted(days: list[int], cases: list[float | None], **more: Any) -> pa.Table:
    return pa.table({"day": days, "cases": pa.array(cases, pa.float64()), **more})


def total(result: Incidence) -> list[int]:
    return [int(number) for number in result.local + result.imported]


def test_rows_may_stand_in_any_order() -> None:
    result = incidence(counted([3, 1, 2], [30, 10, 20], imported=[3, 1, 2]))

    assert result.days == (1, 2, 3)
    assert result.local.tolist() == [10, 20, 30]
    assert result.imported.tolist() == [1, 2, 3]


def test_an_instant_belongs_to_the_day_of_the_zone() -> None:
    table = pa.table(
        {
            "day": pa.array([datetime(2020, 2, 1, 17, tzinfo=UTC)], pa.timestamp("us", "UTC")),
            "cases": [5],
        }
    )

    assert incidence(table).days == (date(2020, 2, 1),)
    assert incidence(table, zone="Asia/Shanghai").days == (date(2020, 2, 2),)


def test_days_without_a_count_are_shown_and_taken_as_none() -> None:
    result = incidence(counted([1, 2, 5], [4, None, 6]))

    assert total(result) == [4, 0, 0, 0, 6]
    assert result.missing_days == (2, 3, 4)


def test_days_without_a_count_can_be_refused() -> None:
    with pytest.raises(DayMissingError) as refused:
        incidence(counted([1, 2, 5], [4, None, 6]), gaps="refuse")

    assert str(refused.value) == (
        "There is no count for 2 (3 such days between the first and the last)."
    )


def test_totals_to_date_are_carried_over_a_gap() -> None:
    result = incidence(counted([1, 2, 4], [4, 6, 9]), cumulative=True)

    assert total(result) == [4, 2, 0, 3]
    assert result.missing_days == (3,)


def test_falling_totals_are_carried_back_and_shown() -> None:
    result = incidence(counted([1, 2, 3, 4], [5, 9, 7, 8]), cumulative=True)

    assert total(result) == [5, 2, 0, 1]
    assert result.repaired == (Repair(2, "cases", 9, 7),)


def test_negative_daily_counts_come_off_the_days_before() -> None:
    result = incidence(counted([1, 2, 3, 4], [5, 1, -3, 2]), repair=True)

    assert total(result) == [3, 0, 0, 2]
    assert result.repaired == (
        Repair(1, "cases", 5, 3),
        Repair(2, "cases", 1, 0),
        Repair(3, "cases", -3, 0),
    )


def test_each_row_of_a_line_list_is_a_case() -> None:
    table = pa.table({"day": [2, 2, None, 4], "imported": [0, 1, 1, 0]})

    result = incidence(table)

    assert result.local.tolist() == [1, 0, 1]
    assert result.imported.tolist() == [1, 0, 0]
    assert (result.n, result.missing, result.missing_days) == (3, 1, ())


@pytest.mark.parametrize(
    ("table", "options", "refusal"),
    [
        (counted([1, 2, 1], [1, 2, 3]), {}, DateRepeatedError),
        (counted([1, 2], [1, -1]), {}, CountNegativeError),
        (counted([1, 2], [1, 1], imported=[0, -1]), {}, CountNegativeError),
        (counted([1, 2], [1, 1.5]), {}, CountFractionalError),
        (counted([1, 2], [1, 1e15]), {}, CountTooLargeError),
        (counted([1, 2], [1, -4]), {"repair": True}, CorrectionTooLargeError),
        (counted([1, 2], [-1, 4]), {"cumulative": True}, CorrectionTooLargeError),
        (counted([1, 2], [None, None]), {}, CasesMissingError),
        (counted([1, 99_999], [1, 1]), {}, SpanTooLongError),
        (pa.table({"day": pa.array([None], pa.int64())}), {}, CasesMissingError),
        (pa.table({"day": [1], "imported": [2]}), {}, CountTooLargeError),
        (pa.table({"day": [1]}), {"cumulative": True}, ColumnMissingError),
    ],
)
def test_what_is_no_count_is_refused(
    table: pa.Table, options: dict[str, Any], refusal: type[InputError]
) -> None:
    with pytest.raises(refusal):
        incidence(table, **options)


def test_a_refusal_names_the_row() -> None:
    with pytest.raises(CountNegativeError) as refused:
        incidence(pa.table({"day": [None, 1, 2], "cases": [1, 1, -2]}))

    assert refused.value.row == 3
    assert refused.value.sentence("zh").startswith("第 3 行")

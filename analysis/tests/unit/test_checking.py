"""What is wrong with a table, row by row."""

from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest

from actscope.acts import (
    ACTS,
    SENTENCES,
    TableRefusedError,
    arrow_schema,
    check_actors,
    check_acts,
    read_acts,
)

GOOD: dict[str, list[Any]] = {
    "id": ["a1", "a2", "a3"],
    "at": ["2026-03-01T08:00:00+08:00", "2026-03-01 09:00Z", "2026-03-01T10:00:00.5-0500"],
    "by_unit": ["health", None, "NA"],
    "with_units": ["hospital; street", None, "grid"],
    "kind": ["report", None, "ask"],
}


def found(**columns: Any) -> list[tuple[str, int | None, str | None]]:
    report = check_acts(pa.table(GOOD | columns))
    return [(issue.code, issue.row, issue.field) for issue in report.issues]


def test_a_good_table_is_read_in_the_types_of_the_schema() -> None:
    table = read_acts(pa.table(GOOD)).table

    assert table.schema == pa.schema([arrow_schema(ACTS).field(name) for name in ACTS.required])
    assert table["at"].to_pylist() == [
        datetime(2026, 3, 1, 0, tzinfo=UTC),
        datetime(2026, 3, 1, 9, tzinfo=UTC),
        datetime(2026, 3, 1, 15, 0, 0, 500_000, tzinfo=UTC),
    ]
    assert table["with_units"].to_pylist() == [["hospital", "street"], None, ["grid"]]
    assert table["by_unit"].to_pylist() == ["health", None, "NA"]


def test_each_row_problem_has_a_code_a_row_and_a_field() -> None:
    assert found(id=["a1", None, "a1"]) == [("value_missing", 2, "id"), ("value_repeated", 3, "id")]
    assert found(kind=["report", "chat", ""]) == [("word_unknown", 2, "kind")]
    assert found(basis=["law", "whim", None]) == [("word_unknown", 2, "basis")]
    assert found(with_units=["a", "b;;c", ";"]) == [
        ("list_item_empty", 2, "with_units"),
        ("list_item_empty", 3, "with_units"),
    ]
    assert found(with_units=[["a"], ["b", None], [""]]) == [
        ("list_item_empty", 2, "with_units"),
        ("list_item_empty", 3, "with_units"),
    ]
    assert found(data=["{}", "[1]", "{"]) == [
        ("json_unreadable", 2, "data"),
        ("json_unreadable", 3, "data"),
    ]
    assert found(position=["1", "1.5", ""]) == [
        ("number_unreadable", 2, "position"),
        ("value_missing", 3, "position"),
    ]


def test_times_that_are_none_and_times_without_zone_are_told_apart() -> None:
    assert found(at=["2026-03-01T08:00Z", "2026-02-30T08:00Z", "2026-03-01 08:00"]) == [
        ("time_unreadable", 2, "at"),
        ("time_without_zone", 3, "at"),
    ]
    assert set(found(at=["2026-03-01", "soon", ""])) == {
        ("time_unreadable", 2, "at"),
        ("time_without_zone", 1, "at"),
        ("value_missing", 3, "at"),
    }


def test_a_declared_zone_is_for_times_that_have_none() -> None:
    times = ["2026-03-01T08:00:00+00:00", "2026-03-01 08:00:00", "2026-03-01"]

    at = read_acts(pa.table(GOOD | {"at": times}), zone="Asia/Shanghai").table["at"].to_pylist()

    assert at == [
        datetime(2026, 3, 1, 8, tzinfo=UTC),
        datetime(2026, 3, 1, 0, tzinfo=UTC),
        datetime(2026, 2, 28, 16, tzinfo=UTC),
    ]


def test_a_clock_set_back_is_a_warning_and_the_earlier_instant_is_taken() -> None:
    times = ["2026-10-25 02:30:00", "2026-03-29 02:30:00", "2026-03-01 00:00:00"]

    reading = read_acts(pa.table(GOOD | {"at": times}), zone="Europe/Berlin")

    assert [(i.code, i.row) for i in reading.report.issues] == [
        ("time_ambiguous", 1),
        ("time_ambiguous", 2),
    ]
    assert reading.table["at"][0].as_py() == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "times",
    [
        pa.array([datetime(2026, 3, 1, 8)] * 3, pa.timestamp("ms")),  # noqa: DTZ001 (on purpose)
        pa.array([date(2026, 3, 1)] * 3),
    ],
)
def test_typed_times_without_zone_are_refused_unless_one_is_declared(times: pa.Array) -> None:
    assert found(at=times) == [("column_without_zone", None, "at")]
    assert check_acts(pa.table(GOOD | {"at": times}), zone="Asia/Shanghai").ok


def test_columns_are_asked_for_by_name_and_unknown_ones_reported() -> None:
    table = pa.table(GOOD | {"colour": ["red"] * 3}).drop_columns(["kind"])

    report = check_acts(table)

    assert [(i.code, i.field) for i in report.issues] == [
        ("column_unknown", "colour"),
        ("column_missing", "kind"),
    ]
    assert (report.errors, report.warnings, report.ok) == (1, 1, False)


def test_a_phase_of_ones_own_is_a_warning_only() -> None:
    report = check_acts(pa.table(GOOD | {"phase": ["watch", "Phase Ⅱ", None]}))

    assert [(i.code, i.row, i.value) for i in report.issues] == [("word_new", 2, "Phase Ⅱ")]
    assert report.ok


def test_numbers_where_codes_should_be_are_refused() -> None:
    assert found(area=[330100, 330200, None]) == [("text_as_number", None, "area")]
    assert found(with_units=[[1], [2], []]) == [("text_as_number", None, "with_units")]
    assert found(by_unit=[True, False, None]) == [("type_wrong", None, "by_unit")]
    assert found(at=[1, 2, 3]) == [("type_wrong", None, "at")]
    assert found(position=[1.0, 2.0, 3.0]) == [("type_wrong", None, "position")]


def test_dictionaries_large_text_and_empty_columns_are_text_too() -> None:
    table = pa.table(
        GOOD
        | {
            "by_unit": pa.array(GOOD["by_unit"]).dictionary_encode(),
            "kind": pa.array(GOOD["kind"], pa.large_string()),
            "phase": pa.nulls(3),
            "with_units": pa.array([["a"], [], None], pa.large_list(pa.large_string())),
        }
    )

    assert read_acts(table).table["with_units"].to_pylist() == [["a"], [], None]


def test_the_list_is_cut_and_the_count_is_not() -> None:
    rows = 30
    table = pa.table({name: [values[0]] * rows for name, values in GOOD.items()})

    report = check_acts(table, limit=5)

    assert [issue.row for issue in report.issues] == [2, 3, 4, 5, 6]
    assert dict(report.counts) == {"value_repeated": 29}
    assert report.errors == 29


def test_reading_refuses_with_the_whole_report() -> None:
    with pytest.raises(TableRefusedError, match=r"Row 2: “at” is empty.*3 errors") as refused:
        read_acts(pa.table(GOOD | {"at": [GOOD["at"][0], None, None], "kind": ["x", None, None]}))

    assert refused.value.code == "value_missing"
    assert refused.value.report.errors == 3


def test_only_the_columns_asked_for_are_read() -> None:
    reading = read_acts(pa.table(GOOD | {"data": ["{"] * 3}), columns=["at", "kind"])

    assert reading.table.column_names == ["at", "kind"]
    assert reading.report.issues == ()
    with pytest.raises(KeyError):
        read_acts(pa.table(GOOD), columns=["colour"])


def test_a_zone_that_nobody_knows_is_reported() -> None:
    report = check_acts(pa.table(GOOD), zone="Asia/Nowhere")

    assert [(i.code, i.value) for i in report.issues] == [("zone_unknown", "Asia/Nowhere")]


def test_two_columns_of_one_name_are_refused() -> None:
    table = pa.table([pa.array(["a"]), pa.array(["b"])], names=["id", "id"])

    assert [(i.code, i.field) for i in check_acts(table).issues] == [("column_repeated", "id")]


def test_actors_have_their_own_columns() -> None:
    table = pa.table({"unit": ["health", "health"], "area": ["0571", "0571"], "sector": ["", "x"]})

    assert [(i.code, i.row) for i in check_actors(table).issues] == [("value_repeated", 2)]


@pytest.mark.parametrize("code", SENTENCES)
def test_every_problem_speaks_both_languages(code: str) -> None:
    sentence = SENTENCES[code]

    assert sentence.en.endswith(".")
    assert sentence.zh.endswith("。")
    for place in ("{row}", "{field}", "{value}"):
        assert (place in sentence.en) == (place in sentence.zh)

"""Tables out of workbooks."""

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from actscope.acts import TableRefusedError, check_actors, read_actors, read_cases


@pytest.fixture
def book(tmp_path: Path) -> Any:
    """Writes sheets of rows into a workbook."""

    def written(**sheets: list[list[Any]]) -> Path:
        made = openpyxl.Workbook()
        made.remove(made.active)
        for name, rows in sheets.items():
            sheet = made.create_sheet(name)
            for row in rows:
                sheet.append(row)
        path = tmp_path / "book.xlsx"
        made.save(path)
        return path

    return written


def test_the_sheet_with_the_name_of_the_table_is_read(book: Any) -> None:
    path = book(notes=[["unit"], ["wrong"]], actors=[["unit", "level"], ["NA", "city"]])

    assert read_actors(path).table.to_pylist() == [{"unit": "NA", "level": "city"}]


def test_else_the_first_sheet_is(book: Any) -> None:
    assert read_actors(book(x=[["unit"], ["a"], [7]])).table["unit"].to_pylist() == ["a", "7"]


def test_dates_and_empty_cells_are_what_they_are(book: Any) -> None:
    opened = datetime(2020, 2, 1, 8)  # noqa: DTZ001 – a sheet knows no zones
    path = book(cases=[["case", "opened_at", "closed_at"], ["a", opened, None]])

    (row,) = read_cases(path, zone="Asia/Shanghai").table.to_pylist()

    assert row["opened_at"].isoformat() == "2020-02-01T00:00:00+00:00"
    assert row["closed_at"] is None


def test_empty_rows_at_the_end_are_none(book: Any) -> None:
    assert read_actors(book(x=[["unit"], ["a"], [None], [None]])).table.num_rows == 1


def test_an_empty_row_between_is_an_empty_unit(book: Any) -> None:
    assert dict(check_actors(book(x=[["unit"], ["a"], [None], ["b"]])).counts) == {
        "value_missing": 1
    }


def test_a_cell_beyond_the_header_is_told_with_its_row(book: Any) -> None:
    report = check_actors(book(x=[["unit"], ["a"], ["b", "?"], ["c"]]))

    assert [(issue.code, issue.row) for issue in report.issues] == [("row_shape", 2)]


def test_a_formula_counts_with_its_stored_value(book: Any) -> None:
    report = check_actors(book(x=[["unit"], ["=1+1"], ["b"]]))

    assert dict(report.counts) == {"value_missing": 1}, "nothing was stored for it"


def test_a_sheet_without_a_header_is_empty(book: Any) -> None:
    with pytest.raises(TableRefusedError) as refused:
        read_actors(book(x=[]))

    assert refused.value.code == "file_empty"


def test_another_archive_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x03\x04 not really")

    assert dict(check_actors(path).counts) == {"file_type_unknown": 1}

"""Files as they come: Parquet, CSV, DuckDB, and what is none of them."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from actscope.acts import TableRefusedError, check_acts, read_actors, read_acts

HEADER = "id,at,by_unit,with_units,kind,area\n"
ROW = "007,2026-03-01T08:00:00+08:00,NA,hospital;street,report,0571\n"


def codes(path: Path) -> list[tuple[str, int | None]]:
    return [(issue.code, issue.row) for issue in check_acts(path).issues]


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_text(text, encoding=encoding)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_csv_keeps_leading_zeros_and_ids_that_look_empty(tmp_path: Path, encoding: str) -> None:
    table = read_acts(write(tmp_path / "acts.csv", HEADER + ROW, encoding)).table

    row = table.to_pylist()[0]
    assert (row["id"], row["area"], row["by_unit"]) == ("007", "0571", "NA")
    assert row["with_units"] == ["hospital", "street"]


def test_csv_cells_may_hold_line_breaks_and_quotes(tmp_path: Path) -> None:
    text = HEADER.replace("area", "data") + ROW.replace("0571", '"{""a"":\n1}"')

    assert read_acts(write(tmp_path / "acts.csv", text)).table["data"].to_pylist() == ['{"a":\n1}']


def test_parquet_duckdb_and_csv_give_the_same_table(tmp_path: Path) -> None:
    from_csv = read_acts(write(tmp_path / "acts.csv", HEADER + ROW)).table
    pq.write_table(from_csv, tmp_path / "acts.parquet")
    with duckdb.connect(str(tmp_path / "acts.duckdb")) as base:
        base.register("loaded", from_csv)
        base.execute("CREATE TABLE acts AS SELECT * FROM loaded")

    assert read_acts(tmp_path / "acts.parquet").table == from_csv
    assert read_acts(str(tmp_path / "acts.duckdb")).table == from_csv


def test_what_a_file_is_its_content_decides(tmp_path: Path) -> None:
    pq.write_table(read_acts(write(tmp_path / "a.csv", HEADER + ROW)).table, tmp_path / "b.csv")

    assert check_acts(tmp_path / "b.csv").ok


def test_rows_of_another_shape_are_reported_and_the_others_keep_their_numbers(
    tmp_path: Path,
) -> None:
    good = ROW.replace("007", "{}")
    text = HEADER + good.format(1) + "2,short\n" + good.format(3) + good.format(3) + "a,b\n"

    assert codes(write(tmp_path / "acts.csv", text)) == [
        ("row_shape", 2),
        ("row_shape", 5),
        ("value_repeated", 4),
    ]


def test_files_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    assert codes(tmp_path / "none.csv") == [("file_missing", None)]
    assert codes(tmp_path) == [("file_unreadable", None)]
    assert codes(write(tmp_path / "empty.csv", "\n")) == [("file_empty", None)]
    assert codes(write(tmp_path / "page.html", "<p>")) == [("file_type_unknown", None)]
    (tmp_path / "book.xlsx").write_bytes(b"PK\x03\x04\x00\x00")
    assert codes(tmp_path / "book.xlsx") == [("file_type_unknown", None)]
    (tmp_path / "cut.parquet").write_bytes(b"PAR1 and nothing more")
    assert codes(tmp_path / "cut.parquet") == [("file_unreadable", None)]
    (tmp_path / "cut.duckdb").write_bytes(b"\0" * 8 + b"DUCK" + b"\0" * 40)
    assert codes(tmp_path / "cut.duckdb") == [("file_unreadable", None)]


def test_text_in_another_encoding_is_told_apart_from_damage(tmp_path: Path) -> None:
    in_row = write(tmp_path / "row.csv", HEADER + ROW.replace("NA", "卫健委"), "gb18030")
    in_header = write(tmp_path / "header.csv", HEADER.replace("area", "区域") + ROW, "gb18030")

    assert codes(in_row) == [("file_not_utf8", None)]
    assert codes(in_header) == [("file_not_utf8", None)]


def test_a_header_alone_is_a_table_of_no_rows(tmp_path: Path) -> None:
    assert read_acts(write(tmp_path / "acts.csv", HEADER)).table.num_rows == 0


def test_a_column_named_twice_is_refused(tmp_path: Path) -> None:
    assert codes(write(tmp_path / "acts.csv", "id,id\n1,2\n")) == [("column_repeated", None)]


def test_a_duckdb_file_without_the_table_is_refused(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "acts.duckdb")) as base:
        base.execute("CREATE TABLE deeds (id TEXT)")

    assert codes(tmp_path / "acts.duckdb") == [("file_without_table", None)]


def test_duckdb_columns_are_found_by_name(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "units.duckdb")) as base:
        base.execute('CREATE TABLE actors ("other ""one""" INT, unit TEXT)')
        base.execute("INSERT INTO actors VALUES (1, 'health')")

    reading = read_actors(tmp_path / "units.duckdb")

    assert reading.table == pa.table({"unit": ["health"]})
    assert [issue.code for issue in reading.report.issues] == ["column_unknown"]


def test_duckdb_times_without_zone_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "acts.duckdb"
    with duckdb.connect(str(path)) as base:
        base.execute('CREATE TABLE acts (id TEXT, "at" TIMESTAMP, by_unit TEXT, kind TEXT)')
        base.execute("ALTER TABLE acts ADD COLUMN with_units TEXT[]")

    with pytest.raises(TableRefusedError):
        read_acts(path)
    assert read_acts(path, zone="Asia/Shanghai").report.ok

"""Reading files about areas, clean and dirty ones."""

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tongzhou.places import area_rows
from tongzhou.places.area_rows import Contents

Read = Callable[[str, str | bytes], Contents]
CENSUS = "city,city_code,popu_2020,popu_2010,centroid_lon,centroid_lat\n"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """``read("areas.csv", text)`` – what a file of this content holds."""

    def make(name: str, content: str | bytes) -> Contents:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return area_rows.read([path])

    return make


def codes(found: Contents) -> list[tuple[str, int | None, str]]:
    return [(r.code, r.row, r.field) for r in found.refusals]


def test_the_nearest_area_above_counts(read: Read) -> None:
    found = read(
        "a.csv", "code,name,areaCode,provinceCode,cityCode\n330106002,北山街道,330106,33,3301\n"
    )

    (row,) = found.divisions
    assert (row.code, row.name_zh, row.parent, row.row) == ("330106002", "北山街道", "330106", 2)


def test_a_mark_at_the_beginning_is_no_part_of_the_header(read: Read) -> None:
    assert read("a.csv", "\ufeffcode,name\n33,浙江省\n").divisions[0].code == "33"


def test_quotes_commas_and_line_ends_are_read(read: Read) -> None:
    found = read("a.csv", 'code,name\r\n33,"浙江,省"\r\n\r\n34,安徽省\r\n')

    assert [d.name_zh for d in found.divisions] == ["浙江,省", "安徽省"]


def test_unknown_columns_are_told(read: Read) -> None:
    assert read("a.csv", "code,name,mayor\n33,浙江省,x\n").unknown_columns == ["a.csv: mayor"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("code,name\n33\n34,安徽省\n", [("row-width", 2, "")]),
        ("code,name\n33,浙江省,more\n", [("row-width", 2, "")]),
        ("code,name,code\n33,浙江省,33\n", [("column-twice", 1, "code")]),
        ("code,name,population\n33,浙江省,many\n", [("not-a-number", 2, "population")]),
        ("code,name,population\n33,浙江省,inf\n", [("not-a-number", 2, "population")]),
        ("code,name,population\n33,浙江省,-5\n", [("negative-population", 2, "population")]),
        ("code,name,population\n33,浙江省,9e20\n", [("population-impossible", 2, "population")]),
        ("code,name,lon,lat\n33,浙江省,200,30\n", [("position-impossible", 2, "lon")]),
        (CENSUS + "杭州市,330100,-1,,,\n", [("negative-population", 2, "popu_2020")]),
        (CENSUS + "杭州市,330100,x,,,\n", [("not-a-number", 2, "popu_2020")]),
        (CENSUS + "杭州市,330100,5,,120,100\n", [("position-impossible", 2, "lat")]),
        (b"code,name\n33,\xd5\xe3\xbd\xad\n", [("not-utf-8", 2, "")]),
        (b"code,name\n33,\xff\xfe\n", [("not-utf-8", 2, "")]),
        ("name,mayor\nx,y\n", [("unknown-file", None, "")]),
        ("", [("unknown-file", None, "")]),
        (b"PAR1 broken", [("file-broken", None, "")]),
        ("{broken", [("file-broken", None, "")]),
        ('{"type": "Feature"}', [("unknown-file", None, "")]),
    ],
)
def test_dirt_is_told_with_its_place(
    read: Read, content: str | bytes, expected: list[tuple[str, int | None, str]]
) -> None:
    assert codes(read("a.csv", content)) == expected


def test_good_rows_beside_bad_ones_are_read(read: Read) -> None:
    found = read("a.csv", "code,name,population\n33,浙江省,x\n34,安徽省,5\n")

    assert [d.code for d in found.divisions] == ["34"]
    assert found.rows == 2


def test_a_missing_figure_is_missing_and_not_nothing(read: Read) -> None:
    (row,) = read("a.csv", CENSUS + "石河子市,659001,,,86.03,44.3\n").figures

    assert row.population is None
    assert row.profile == {}


def test_parquet_is_read_like_csv(tmp_path: Path) -> None:
    table = pa.table({"code": ["330106002"], "name": ["北山街道"], "areaCode": ["330106"]})
    pq.write_table(table, tmp_path / "streets.bin")

    (row,) = area_rows.read([tmp_path / "streets.bin"]).divisions

    assert (row.code, row.parent) == ("330106002", "330106")


@pytest.mark.parametrize(
    "feature",
    [
        None,
        {"properties": {"city_code": "330100"}, "geometry": None},
        {
            "properties": {"city_code": "330100"},
            "geometry": {"type": "Point", "coordinates": [1, 2]},
        },
        {"properties": {}, "geometry": {"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}},
        {
            "properties": {"code": "33"},
            "geometry": {"type": "Polygon", "coordinates": [["\u0000"]]},
        },
        {
            "properties": {"code": "33"},
            "geometry": {"type": "Polygon", "coordinates": [[[999, 2]]]},
        },
        {
            "properties": {"code": "33"},
            "geometry": {"type": "Polygon", "coordinates": [[[120, 30]]]},
        },
        {
            "properties": {"code": "33"},
            "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [1, 0]]]},
        },
        {
            "properties": {"code": "33"},
            "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [0, 99], [1, 1], [0, 0]]]},
        },
    ],
)
def test_a_feature_without_code_or_polygon_is_refused(read: Read, feature: object) -> None:
    found = read("a.json", json.dumps({"type": "FeatureCollection", "features": [feature]}))

    assert codes(found) == [("shape-broken", 1, "")]


def test_of_a_folder_what_holds_no_areas_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "LICENCE.txt").write_text("Do what you want.")
    (tmp_path / "areas.csv").write_text("code,name\n33,浙江省\n")
    (tmp_path / "inside").mkdir()

    found = area_rows.read([tmp_path])

    assert (len(found.divisions), found.refusals) == (1, [])
    assert found.ignored == ["LICENCE.txt", "inside/"]


def test_a_folder_without_any_areas_is_refused(tmp_path: Path) -> None:
    assert codes(area_rows.read([tmp_path])) == [("unknown-file", None, "")]


def test_too_large_a_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("code,name\n33,浙江省\n")
    monkeypatch.setattr(area_rows, "LARGEST_FILE", 5)

    assert codes(area_rows.read([tmp_path / "a.csv"])) == [("area-file-too-large", None, "")]

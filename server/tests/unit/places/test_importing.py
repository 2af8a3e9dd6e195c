"""Importing areas: small files with all their faults, and the real ones."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed
from tongzhou.ledger.models import Act
from tongzhou.places.importing import ImportReport, import_areas
from tongzhou.places.models import Area

AT = datetime(2020, 1, 20, 8, tzinfo=UTC)
PROVINCE = "code,name,parent\n33,浙江省,\n3301,杭州市,33\n330122,桐庐县,3301\n"


class Importer:
    """Imports text as if it were a file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, *contents: str, **options: Any) -> ImportReport:
        paths = []
        for number, content in enumerate(contents):
            path = self._folder / f"file{number}.csv"
            path.write_text(content, encoding="utf-8")
            paths.append(path)
        return import_areas(paths, **({"by": None, "at": AT} | options))


@pytest.fixture
def run(tmp_path: Path, db: None) -> Importer:
    return Importer(tmp_path)


def told(report: ImportReport) -> list[tuple[str, int | None, str]]:
    return [(r.code, r.row, r.field) for r in report.errors]


def test_areas_come_in_with_names_levels_and_paths(run: Importer) -> None:
    report = run(PROVINCE)

    assert (report.rows, report.created, report.written, report.errors) == (3, 3, True, [])
    county = Area.objects.get(code="330122")
    assert (county.path, county.level, county.name_en) == (
        "33/3301/330122/",
        "district",
        "Tonglu County",
    )
    assert county.source == "file0.csv"
    assert county.parent == Area.objects.get(code="3301")


def test_the_order_of_rows_does_not_matter(run: Importer) -> None:
    lines = PROVINCE.strip().split("\n")

    report = run("\n".join([lines[0], *reversed(lines[1:])]) + "\n")

    assert (report.created, report.errors) == (3, [])


def test_one_import_is_one_act(run: Importer) -> None:
    run(PROVINCE)

    act = Act.objects.get()
    assert act.type == "areas.imported.v1"
    assert act.data == {"created": 3, "updated": 0, "unchanged": 0, "left_out": 0}


def test_the_same_again_changes_nothing(run: Importer) -> None:
    run(PROVINCE)

    report = run(PROVINCE)

    assert (report.created, report.updated, report.unchanged) == (0, 0, 3)
    assert not report.written
    assert Act.objects.count() == 1


def test_a_changed_name_is_updated_and_a_written_one_kept(run: Importer) -> None:
    run(PROVINCE)
    Area.objects.filter(code="3301").update(name_en="Hangchow")

    report = run(PROVINCE.replace("桐庐县", "桐庐市"))

    assert (report.updated, report.unchanged) == (1, 2)
    assert Area.objects.get(code="330122").name_zh == "桐庐市"
    assert Area.objects.get(code="3301").name_en == "Hangchow"


def test_a_dry_run_tells_the_same_and_writes_nothing(run: Importer) -> None:
    dry = run(PROVINCE, dry_run=True)

    assert (dry.created, dry.written, Area.objects.count()) == (3, False, 0)
    assert run(PROVINCE).created == dry.created


def test_a_bad_row_stops_all_unless_it_may_be_left_out(run: Importer) -> None:
    dirty = PROVINCE + "330199,,3301\n"

    refused = run(dirty)
    assert (told(refused), refused.written) == ([("name-missing", 5, "name")], False)
    assert Area.objects.count() == 0

    taken = run(dirty, skip_bad=True)
    assert (told(taken), taken.written) == ([("name-missing", 5, "name")], True)
    assert Area.objects.count() == 3
    assert Act.objects.get().data["left_out"] == 1


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("33 01,x,33", ("area-code-malformed", 5, "code")),
        (",x,33", ("area-code-malformed", 5, "code")),
        (f"{'9' * 41},x,33", ("area-code-malformed", 5, "code")),
        ("3302, ,33", ("name-missing", 5, "name")),
        ("3302,a\tb,33", ("name-malformed", 5, "name")),
        (f"3302,{'长' * 201},33", ("name-malformed", 5, "name")),
        ("3301,again,33", ("code-twice", 5, "code")),
        ("33022,x,33", ("level-unknown", 5, "level")),
        ("X1,x,33", ("level-unknown", 5, "level")),
        ("3302,x,99", ("parent-unknown", 5, "parent")),
        ("3302,x,3302", ("parent-circle", 5, "parent")),
    ],
)
def test_dirt_is_told_with_its_place(
    run: Importer, row: str, error: tuple[str, int | None, str]
) -> None:
    report = run(PROVINCE + row + "\n")

    assert told(report) == [error]
    assert "%" not in str(report.errors[0])
    assert Area.objects.count() == 0


def test_areas_that_lie_in_each_other_are_refused(run: Importer) -> None:
    report = run("code,name,parent\n3301,a,3302\n3302,b,3301\n330101,c,3301\n")

    assert {r.code for r in report.errors} == {"parent-circle", "parent-unknown"}
    assert len(report.errors) == 3


def test_an_area_does_not_move(run: Importer) -> None:
    run(PROVINCE + "3302,宁波市,33\n")

    report = run("code,name,parent\n330122,桐庐县,3302\n")

    assert told(report) == [("area-moved", 2, "parent")]


def test_a_level_of_ones_own_is_taken(run: Importer) -> None:
    run(PROVINCE)

    run("code,name,parent,level\nhz-east,东片区,3301,community\n")

    assert Area.objects.get(code="hz-east").level == "community"


def test_census_figures_find_their_area_by_the_padded_code(run: Importer) -> None:
    census = (
        "city,city_code,popu_2020,popu_urban_2020,age_60_2020,centroid_lon,centroid_lat\n"
        "杭州市,330100,11936010.0,9940000,16.9,119.5,29.9\n"
    )

    report = run(PROVINCE, census)

    city, province = Area.objects.get(code="3301"), Area.objects.get(code="33")
    assert report.errors == []
    assert (city.population, city.lon) == (11_936_010, 119.5)
    assert city.profile["age_60_2020"] == 16.9
    assert province.population == 11_936_010
    assert "age_60_2020" not in province.profile


def test_figures_of_an_unknown_area_are_refused(run: Importer) -> None:
    report = run("city,city_code,popu_2020\n杭州市,330100,5\n")

    assert told(report) == [("area-unknown", 2, "city_code")]


def test_a_province_that_only_the_census_has_is_added(run: Importer) -> None:
    run("city,city_code,popu_2020\n香港特别行政区,810000,7413070\n")

    area = Area.objects.get()
    assert (area.code, area.name_en, area.population) == ("81", "Hong Kong", 7_413_070)


def test_rows_that_gather_districts_are_named_after_their_province(run: Importer) -> None:
    run("code,name,parent\n11,北京市,\n1101,市辖区,11\n110101,东城区,1101\n")

    area = Area.objects.get(code="1101")
    assert (area.name_zh, area.name_en) == ("北京市（市辖区）", "Beijing (districts)")
    assert run("code,name,parent\n11,北京市,\n1101,市辖区,11\n").updated == 0


def test_within_takes_one_subtree_and_the_way_to_it(run: Importer) -> None:
    rows = PROVINCE + "34,安徽省,\n3401,合肥市,34\n"

    report = run(rows, within="3301")

    assert set(Area.objects.values_list("code", flat=True)) == {"33", "3301", "330122"}
    assert report.elsewhere == 2
    assert told(run(rows, within="99")) == [("within-unknown", None, "within")]


def test_within_leaves_out_figures_of_elsewhere_and_keeps_those_of_unknown_areas_inside(
    run: Importer,
) -> None:
    run(PROVINCE)
    census = "city_code,popu_2020\n330100,11936010\n340100,9369881\n330200,9404283\n"

    report = run(census, within="330000", skip_bad=True)

    assert (report.updated, report.elsewhere) == (2, 1), "the city and the sum of its province"
    assert told(report) == [("area-unknown", 4, "city_code")]
    assert Area.objects.get(code="3301").population == 11936010


def test_provinces_hang_below_the_nation_where_there_is_one(run: Importer) -> None:
    Area.objects.create(code="CN", name_zh="中国", level="nation", path="CN/")

    run(PROVINCE)

    assert Area.objects.get(code="3301").path == "CN/33/3301/"


def test_a_post_imports_into_its_own_area_only(cast: Cast, tmp_path: Path) -> None:
    run = Importer(tmp_path)
    rows = "code,name,parent\n3304,嘉兴市,33\n34,安徽省,\n"

    report = run(rows, by=cast.an)
    assert told(report) == [("area-outside-yours", None, "code")]
    assert not Area.objects.filter(code="3304").exists()

    assert run(rows, by=cast.an, skip_bad=True).created == 1
    with pytest.raises(NotAllowed):
        run(rows, by=cast.shen)


def test_nothing_stays_when_the_ledger_fails(run: Importer, broken_ledger: Any) -> None:
    with broken_ledger():
        run(PROVINCE)

    assert Area.objects.count() == 0


def test_the_real_files_come_in_whole(db: None, shared_data: Path) -> None:
    folders = [
        shared_data / "geo" / "administrative_divisions",
        shared_data / "geo" / "city_census_2020",
    ]

    report = import_areas(folders, by=None, at=AT)

    assert report.errors == []
    assert report.unknown_columns == []
    assert set(report.ignored) == {"LICENCE.txt", "SOURCE.md"}
    # 31 + 342 + 2,978 + 41,352 divisions, and two that only the census has.
    assert report.created == Area.objects.count() == 44_705
    population = dict(Area.objects.values_list("code", "population"))
    # The seventh census, as published.
    assert population["33"] == 64_567_588
    assert population["3301"] == 11_936_010
    assert population["4201"] == 12_326_518
    assert population["5301"] == 8_460_088
    assert population["3205"] == 12_748_262
    assert population["44"] == 126_012_510
    assert population["37"] == 101_527_453
    assert population["41"] == 99_365_519
    assert population["659001"] is None
    assert Area.objects.get(code="330106002").name_en == "Beishan Subdistrict"
    assert Area.objects.filter(parent__code="33", boundary__isnull=False).count() == 11


def test_one_province_of_the_real_files(cast: Cast, shared_data: Path) -> None:
    folder = shared_data / "geo" / "administrative_divisions"

    report = import_areas([folder], by=cast.an, at=AT, within="33", source="NBS 2023")

    assert report.errors == []
    assert {a.code[:2] for a in Area.objects.only("code")} == {"33"}
    assert Area.objects.filter(level="city").count() == 11
    # What the cast made keeps its place, its hand-written name and its communities.
    assert Area.objects.get(code="330106002901").path.startswith("33/3301/330106/330106002/")

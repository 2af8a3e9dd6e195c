"""Daily counts from files: the real ones, and bad ones."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from unit.incidents.conftest import AT, DAY

from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.incidents.counts_file import ColumnsMissing, FileTooLarge, FileUnreadable
from tongzhou.incidents.importing import ImportReport, RegionUnknown, import_counts
from tongzhou.incidents.models import DailyCount, Incident
from tongzhou.kernel.errors import NotAllowed, NotFound
from tongzhou.ledger.models import Act
from tongzhou.places.actions.create_area import create_area
from tongzhou.places.models import Area, Level

HEADER = "date,city_code,confirmed,cured,dead\n"
LATER = AT + 200 * DAY
Give = Callable[..., ImportReport]


@pytest.fixture
def give(cast: Cast, incident: Incident) -> Give:
    """Imports text as the commander of the province."""

    def run(text: str | bytes, **fields: Any) -> ImportReport:
        content = text.encode() if isinstance(text, str) else text
        given = {"incident": incident, "by": cast.shen, "at": LATER, "source": "CDC", **fields}
        return import_counts(io.BytesIO(content), **given)

    return run


def codes(report: ImportReport) -> list[tuple[int | None, str, str]]:
    """What is wrong, as (line, field, code)."""
    return [(fault.row, fault.field, fault.code) for fault in report.faults]


def test_a_dry_run_tells_everything_and_writes_nothing(give: Give) -> None:
    text = HEADER + "2020-01-23,330100,5,0,0\n2020-01-24,330100,4,0,0\n"
    acts = Act.objects.count()

    report = give(text, dry_run=True)

    assert report.recorded is not None
    assert (report.recorded.added, report.recorded.corrected, report.rows) == (2, 1, 2)
    assert [(c.reported, c.used) for c in report.corrections] == [(5, 4)]
    assert not DailyCount.objects.exists()
    assert Act.objects.count() == acts


def test_a_row_with_two_faults_is_one_wrong_row(give: Give) -> None:
    rows = "2020-01-23,330100,many,few,0\nyesterday,330100,1,0,0\n2020-01-24,330100,4,0,0\n"

    report = give(HEADER + rows, dry_run=True)

    assert (len(report.faults), report.wrong_rows) == (3, 2)


def test_the_run_itself_does_what_the_dry_run_told(give: Give) -> None:
    text = HEADER + "2020-01-23,330100,5,0,0\n2020-01-24,3303,4,0,0\n"
    dry = give(text, dry_run=True)

    report = give(text)

    assert report.recorded == dry.recorded
    assert set(DailyCount.objects.values_list("area__code", "source")) == {
        ("3301", "CDC"), ("3303", "CDC"),
    }  # fmt: skip


def test_every_bad_row_gets_its_own_code_and_nothing_is_written(give: Give) -> None:
    text = HEADER + (
        "2020-01-23,330100,5,0,0\n"
        "2020-02-30,330100,5,0,0\n"
        "2020-01-24,330100,-5,1.5,\n"
        "2031-01-01,330100,5,0,0\n"
        "2020-01-23,3301,6,0,0\n"
        "2020-01-25,339900,6,0,0\n"
        "2020-01-26\n"
    )

    report = give(text)

    assert codes(report) == [
        (3, "date", "counts-date-malformed"),
        (4, "confirmed", "count-malformed"),
        (4, "cured", "count-malformed"),
        (4, "dead", "count-malformed"),
        (5, "date", "count-in-future"),
        (6, "date", "count-twice"),
        (7, "code", "counts-area-unknown"),
        (8, "confirmed", "count-malformed"),
        (8, "cured", "count-malformed"),
        (8, "dead", "count-malformed"),
    ]
    assert report.recorded is None
    assert not DailyCount.objects.exists()
    assert all(str(fault) for fault in report.faults)


def test_rows_of_other_regions_are_counted_and_rows_without_area_are_told(give: Give) -> None:
    text = (
        "date,province_code,city,city_code,confirmed,cured,dead\n"
        "2020-01-23,330000,杭州市,330100,5,0,0\n"
        "2020-01-23,330000,省十里丰监狱,,7,0,0\n"
        "2020-01-23,330000,境外输入,3300y0,2,0,0\n"
        "2020-01-23,420000,武汉市,420100,400,0,0\n"
        "2020-01-23,420000,未公布来源,,1,0,0\n"
    )

    report = give(text)

    assert (report.rows, report.ignored) == (1, 2)
    assert [(s.row, s.code) for s in report.skipped] == [
        (3, "counts-row-without-area"),
        (4, "counts-row-without-area"),
    ]
    assert "省十里丰监狱" in str(report.skipped[0])


def test_a_narrower_region_can_be_chosen(give: Give) -> None:
    text = HEADER + "2020-01-23,330100,5,0,0\n2020-01-23,330300,9,0,0\n"

    report = give(text, within="3303")

    assert (report.rows, report.ignored) == (1, 1)
    with pytest.raises(RegionUnknown):
        give(text, within="42")


def test_unknown_columns_are_reported_and_chinese_headers_read(give: Give) -> None:
    text = "日期,区划代码,确诊,治愈,死亡,备注\n2020/1/23,330100,5,0,0,无\n".encode("gb18030")

    report = give(text)

    assert (report.rows, list(report.unknown_columns)) == (1, ["备注"])


def test_what_is_no_table_is_refused(give: Give, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileUnreadable):
        give(b"\x89PNG\r\n\x1a\n\x00\x00\xff\xff")
    with pytest.raises(ColumnsMissing, match="city_code, cured, dead"):
        give("date,confirmed\n2020-01-23,5\n")
    with pytest.raises(ColumnsMissing):
        give("")
    with pytest.raises(FileUnreadable):
        give(HEADER + '2020-01-23,"33"01,5,0,0\n')
    monkeypatch.setattr("tongzhou.incidents.counts_file.MOST_ROWS", 1)
    with pytest.raises(FileTooLarge):
        give(HEADER + "2020-01-23,3301,5,0,0\n2020-01-24,3301,5,0,0\n")
    monkeypatch.setattr("tongzhou.incidents.counts_file.LARGEST_FILE", 10)
    with pytest.raises(FileTooLarge):
        give(HEADER)


def test_a_file_with_nothing_for_the_region_records_nothing(give: Give) -> None:
    report = give(HEADER + "\n2020-01-23,420100,5,0,0\n")

    assert (report.lines, report.rows, report.ignored, report.recorded) == (1, 0, 1, None)


def test_it_asks_permission_before_it_reads(give: Give, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        give(b"\xff\xfe", by=cast.lou)
    with pytest.raises(NotFound):
        give(b"\xff\xfe", by=cast.ou)


CITIES = {
    "33": "01 02 03 04 05 06 07 08 09 10 11",
    "32": "01 02 03 04 05 06 07 08 09 10 11 12 13",
    "42": "01 02 03 05 06 07 08 09 10 11 12 13 28",
}
COUNTIES = ("429004", "429005", "429006", "429021")


@pytest.fixture
def provinces(cast: Cast) -> dict[str, Area]:
    """Zhejiang, Jiangsu and Hubei with their cities."""
    found = {"33": cast.areas["33"]}
    for code in ("32", "42"):
        found[code] = _area(code, Level.PROVINCE, None)
    for province, cities in CITIES.items():
        for city in cities.split():
            if province + city not in cast.areas:
                _area(province + city, Level.CITY, found[province])
    for county in COUNTIES:
        _area(county, Level.CITY, found["42"])
    return found


def _area(code: str, level: str, parent: Area | None) -> Area:
    return create_area(
        code=code, name_zh=code, name_en="", level=level, parent=parent, by=None, at=AT
    )


def series(code: str) -> dict[date, tuple[int, int]]:
    """By day: confirmed cases as reported and as used."""
    found = DailyCount.objects.filter(area__code=code, current=True)
    return {row.date: (row.confirmed, row.confirmed_used) for row in found}


def test_the_real_series_of_zhejiang(
    cast: Cast, incident: Incident, provinces: dict[str, Area], shared_data: Path
) -> None:
    path = shared_data / "epi" / "china_city_cases" / "cities_5_provinces.csv"

    with path.open("rb") as file:
        report = import_counts(
            file, incident=incident, by=cast.shen, at=LATER, source="canghailan 0dfcac4"
        )

    assert not report.faults
    assert report.areas == 11
    assert report.rows + report.ignored + len(report.skipped) == report.lines == 7606
    wenzhou = series("3303")
    assert {wenzhou[day][1] for day in wenzhou if day >= date(2020, 2, 23)} == {504}
    # One day of the source has one case too many.
    assert wenzhou[date(2020, 3, 20)] == (505, 504)
    # The figure reported that day, 1,205, holds 36 of a prison, which is no area.
    cities = sum(row.confirmed for row in _on(incident, date(2020, 2, 29)))
    assert cities == 1205 - 36
    assert report.recorded is not None
    assert report.recorded.corrected > 0
    for code in ("3301", "3303", "3310"):
        days = series(code)
        used = [days[day][1] for day in sorted(days)]
        assert used == sorted(used)


@pytest.mark.parametrize(
    ("province", "city", "day", "fall"),
    [("32", "3205", date(2020, 2, 4), 50), ("42", "4208", date(2020, 2, 20), 107)],
    ids=["Suzhou", "Jingmen"],
)
def test_a_real_fall_is_kept_and_repaired(
    cast: Cast,
    provinces: dict[str, Area],
    shared_data: Path,
    province: str,
    city: str,
    day: date,
    fall: int,
) -> None:
    path = shared_data / "epi" / "china_city_cases" / "cities_5_provinces.csv"
    cast.shen.unit.area = provinces[province]
    elsewhere = open_incident(
        code="elsewhere", title_zh="疫情", area=provinces[province], by=cast.shen, at=AT
    )

    with path.open("rb") as file:
        report = import_counts(file, incident=elsewhere, by=cast.shen, at=LATER, source="s")

    days = series(city)
    before = day - DAY
    assert days[before][0] - days[day][0] == fall
    assert days[before][1] == days[day][1]
    told = [c for c in report.corrections if c.area.code == city and c.date == before]
    assert [(c.figure, c.reported - c.used) for c in told if c.figure == "confirmed"] == [
        ("confirmed", fall)
    ]


def _on(incident: Incident, day: date) -> list[DailyCount]:
    return list(DailyCount.objects.filter(incident=incident, date=day, current=True))

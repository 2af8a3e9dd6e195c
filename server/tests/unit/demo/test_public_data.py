"""A folder of public data: the cities' series and the areas."""

from datetime import date
from pathlib import Path

import pytest

from tongzhou.demo import public_data, scenario
from tongzhou.demo.public_data import FILE, CountsFileMissing

ROWS = scenario.load()


def folder_with(tmp_path: Path, text: str) -> Path:
    file = tmp_path / FILE
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return tmp_path


HEADER = "date,province,province_code,city,city_code,confirmed,cured,dead\n"


def test_figures_of_the_cities_stand_by_day(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path,
        HEADER
        + "2020-02-01,浙江省,330000,温州市,330300,241,5,0\n"
        + "2020-02-01,浙江省,330000,杭州市,330100,118,3,0\n",
    )

    found = public_data.read(folder, ROWS.areas)

    assert [(f.area, f.confirmed) for f in found.cities[date(2020, 2, 1)]] == [
        ("3301", 118), ("3303", 241),
    ]  # fmt: skip
    assert found.geo == ()


@pytest.mark.parametrize(
    "row",
    [
        "2020-02-21,浙江省,330000,省十里丰监狱,3300y0,34,0,0\n",
        "2020-03-20,浙江省,330000,境外输入,,2,0,0\n",
        "2020-02-01,江苏省,320000,苏州市,320500,60,1,0\n",
    ],
)
def test_what_is_no_city_of_the_province_is_left_out(tmp_path: Path, row: str) -> None:
    assert public_data.read(folder_with(tmp_path, HEADER + row), ROWS.areas).cities == {}


def test_a_folder_without_the_series_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CountsFileMissing):
        public_data.read(tmp_path, ROWS.areas)


def test_the_real_folder_has_every_city_on_most_days(shared_data: Path) -> None:
    found = public_data.read(shared_data, ROWS.areas)

    days = {day: rows for day, rows in found.cities.items() if day <= date(2020, 3, 29)}
    assert len(days) >= 65
    assert {f.area for f in days[date(2020, 2, 10)]} == {f"33{n:02}" for n in range(1, 12)}
    assert max(f.confirmed for f in days[date(2020, 2, 25)] if f.area == "3303") == 504
    assert len(found.geo) == 2

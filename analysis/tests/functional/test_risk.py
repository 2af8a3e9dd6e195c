"""``actscope risk`` as a user meets it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from actscope.cli.main import main

from .conftest import Ask

Refused = Callable[..., str]
COUNTS = "area,day,cases,cluster\n" + "".join(
    f"{area},2020-03-{day:02},{cases if day == 2 else 0},{int(area == '甲')}\n"
    for area, cases in (("甲", 60), ("乙", 9), ("丙", 0))
    for day in range(1, 11)
)
COLUMNS = ("--area", "area", "--date", "day", "--cases", "cases")


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        path = tmp_path / "areas.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_each_area_has_its_level(file: Callable[[str], Path], ask: Ask) -> None:
    result = ask("risk", file(COUNTS), *COLUMNS, "--cluster", "cluster")

    assert result["on"] == "2020-03-10"
    assert {one["area"]: one["level"] for one in result["areas"]} == {
        "甲": "high",
        "乙": "medium",
        "丙": "low",
    }


def test_without_word_of_clusters_one_level_stays_open(
    file: Callable[[str], Path], ask: Ask
) -> None:
    result = ask("risk", file(COUNTS), *COLUMNS, "--where", "area=甲")

    (one,) = result["areas"]
    assert (one["level"], one["unknown"]) == (None, ["cluster_14"])


def test_totals_of_the_cities_of_zhejiang(ask: Ask, data_dir: Path) -> None:
    path = data_dir / "epi" / "china_city_cases" / "cities_5_provinces.csv"
    columns = ("--area", "city", "--date", "date", "--cases", "confirmed", "--cumulative")

    result = ask("risk", path, *columns, "--where", "province=浙江省", "--on", "2020-02-20")

    levels = {one["area"]: one for one in result["areas"]}
    assert levels["温州市"]["numbers"]["cumulative"] == 504
    assert levels["温州市"]["unknown"] == ["cluster_14"]
    assert levels["衢州市"]["level"] == "low"
    assert levels["嘉兴市"]["level"] == "medium"


def test_people_read_the_rule(
    file: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["risk", str(file(COUNTS)), *COLUMNS]) == 0

    printed = capsys.readouterr().out
    assert "2020-03-10, by Risk grades by county" in printed
    assert "not known: cluster_14" in printed


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("", (), "file_empty"),
        ("area,day,cases\n", (), "file_without_rows"),
        (COUNTS, ("--on", "2020-05-01"), "day_outside"),
        (COUNTS.replace("2020-03", "2019-03"), (), "rules_none_on_day"),
        (COUNTS, ("--rules", "nowhere.toml"), "rules_unreadable"),
        (COUNTS, ("--where", "area=丁"), "no_row_matches"),
        (COUNTS + "甲,2020-03-04,1,0\n", (), "date_repeated"),
        (COUNTS + ",2020-03-04,1,0\n", (), "value_missing"),
    ],
)
def test_bad_input_is_refused_by_name(
    file: Callable[[str], Path],
    refused: Refused,
    text: str,
    options: tuple[str, ...],
    code: str,
) -> None:
    assert refused("risk", file(text), *COLUMNS, *options).startswith(f"{code}: ")


def test_a_refusal_names_the_row_of_the_file(file: Callable[[str], Path], refused: Refused) -> None:
    text = COUNTS + "丁,2020-03-04,-1,0\n"

    assert refused("risk", file(text), *COLUMNS).startswith("count_negative: Row 31:")

"""``actscope rt`` as a user meets it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Ask

Refused = Callable[..., str]
SI = ("--si-mean", "2.6", "--si-sd", "1.5")


@pytest.fixture
def counts(tmp_path: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        path = tmp_path / "counts.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def daily(*cases: object) -> str:
    rows = [f"2020-02-{day:02},{count}" for day, count in enumerate(cases, 1)]
    return "\n".join(["date,cases", *rows]) + "\n"


def test_it_gives_the_influenza_of_2009(ask: Ask, data_dir: Path) -> None:
    folder = data_dir / "epi" / "epiestim_reference"

    columns = ("--date", "t", "--cases", "I_local", "--imported", "I_imported")
    result = ask("rt", folder / "example1_incidence.csv", *columns, *SI, "--forecast", "5")

    first = result["windows"][0]
    assert (first["start"], first["end"], first["cases"]) == (2, 8, 17)
    assert f"{first['mean']:.4f} {first['sd']:.3f}" == "1.7358 0.409"
    assert f"{first['lower']:.4f} {first['upper']:.4f}" == "1.0287 2.6248"
    assert len(result["forecast"]["days"]) == 5

    given = ask(
        "rt", folder / "example1_incidence.csv", *columns, "--si", folder / "example1_si.csv"
    )
    first = given["windows"][0]
    assert f"{first['mean']:.4f} {first['lower']:.4f} {first['upper']:.4f}" == (
        "1.7356 1.0286 2.6245"
    )
    assert given["forecast"] is None


def test_it_repairs_totals_of_one_city_and_shows_it(ask: Ask, data_dir: Path) -> None:
    result = ask(
        "rt",
        data_dir / "epi" / "china_city_cases" / "cities_5_provinces.csv",
        *("--date", "date", "--cases", "confirmed", "--cumulative", "--where", "city=温州市"),
        *("--si-mean", "5", "--si-sd", "3"),
    )

    assert result["local"] + result["imported"] == 504
    assert {"day": "2020-03-20", "series": "cases", "reported": 505, "used": 504} in result[
        "repaired"
    ]
    assert result["repair_rule"]["zh"]


def test_a_line_list_is_counted(ask: Ask, data_dir: Path) -> None:
    path = data_dir / "epi" / "outbreaks_linelists" / "mers_korea_2015_cases.csv"

    result = ask("rt", path, "--date", "dt_onset", "--si-mean", "12.6", "--si-sd", "2.8")

    assert result["local"] + result["imported"] + result["without_day"] == 162
    assert result["first_case"] == "2015-05-11"


def test_people_read_windows_and_what_was_mended(
    counts: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    from actscope.cli.main import main  # noqa: PLC0415 – as the command does

    path = counts(daily(9, 12, 14, -2, "", 20, 30, 34, 31))

    assert main(["rt", str(path), "--date", "date", "--cases", "cases", "--repair", *SI]) == 0

    printed = capsys.readouterr().out
    assert "repaired: 2020-02-03 cases 14 → 12" in printed
    assert "days without a count, taken as 0: 2020-02-05" in printed


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("", (), "file_empty"),
        ("date,cases\n", (), "file_without_rows"),
        ("day,cases\n2020-02-01,1\n", (), "column_missing"),
        (daily(9, 1, "x"), (), "figure_unreadable"),
        (daily(9, "NA"), (), "figure_unreadable"),
        (daily("", "", ""), (), "cases_all_missing"),
        (daily(*[0] * 12), (), "cases_none"),
        (daily(9, -1, *[1] * 9), (), "count_negative"),
        (daily(9, 1.5, *[1] * 9), (), "count_fractional"),
        (daily(1, -9, *[1] * 9), ("--repair",), "correction_too_large"),
        (daily(9, "", *[1] * 9), ("--gaps", "refuse"), "day_missing"),
        (daily(9, 1, 1), (), "days_too_few"),
        (daily(*[9] * 9), ("--window", "0"), "window_wrong"),
        (daily(*[9] * 9), ("--forecast", "0"), "forecast_days"),
        (daily(*[9] * 9), ("--prior-sd", "0"), "prior_wrong"),
        (daily(*[9] * 9) + "2020-02-03,4\n", (), "date_repeated"),
        (daily(*[9] * 9) + ",4\n", (), "value_missing"),
        (daily(*[9] * 9) + "2020-02-30,4\n", (), "time_unreadable"),
        (daily(*[9] * 9) + "9020-02-03,4\n", (), "span_too_long"),
        (daily(*[9] * 9), ("--zone", "Mars/Base"), "zone_unknown"),
    ],
)
def test_bad_input_is_refused_by_name(
    counts: Callable[[str], Path],
    refused: Refused,
    text: str,
    options: tuple[str, ...],
    code: str,
) -> None:
    line = refused("rt", counts(text), "--date", "date", "--cases", "cases", *SI, *options)

    assert line.startswith(f"{code}: ")


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("interval_days,probability\n1,0.5\n2,0.4\n", "si_sum"),
        ("interval_days,probability\n1,1.2\n2,-0.2\n", "si_negative"),
        ("interval_days,probability\n0,0.2\n1,0.8\n", "si_at_zero"),
        ("interval_days,probability\n1.5,1\n", "si_days"),
        ("interval_days,probability\n", "file_without_rows"),
        ("days,p\n1,1\n", "column_missing"),
    ],
)
def test_a_bad_serial_interval_is_refused_by_name(
    counts: Callable[[str], Path], refused: Refused, tmp_path: Path, table: str, code: str
) -> None:
    si = tmp_path / "si.csv"
    si.write_text(table, encoding="utf-8")

    line = refused("rt", counts(daily(*[9] * 9)), "--date", "date", "--cases", "cases", "--si", si)

    assert line.startswith(f"{code}: ")


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--si-mean", "3"),
        (*SI, "--si", "si.csv"),
        (*SI, "--where", "cases"),
        (*SI, "--imported", "date"),
        (*SI, "--where", "cases=3"),
    ],
)
def test_wrong_usage_exits_with_two(
    counts: Callable[[str], Path], options: tuple[str, ...], ask: Ask
) -> None:
    with pytest.raises(SystemExit) as left:
        ask("rt", counts(daily(*[9] * 9)), "--date", "date", "--cases", "cases", *options)

    assert left.value.code == 2

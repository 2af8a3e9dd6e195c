"""Diagnosis and report as a user meets them, on a log with a planted truth."""

from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from actscope.cli.main import main
from actscope.synth.log import synthetic_log
from actscope.synth.settings import Plant, Settings

from .conftest import Ask

Refused = Callable[..., str]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with acts, actors, plan and cases of a log in which cooperation fades."""
    folder = tmp_path_factory.mktemp("log")
    log = synthetic_log(
        Settings(acts=6_000, units=30, plants=(Plant.RISE_AND_FALL, Plant.BURDEN), seed=5)
    )
    for name in ("acts", "actors", "plan", "cases"):
        pq.write_table(getattr(log, name)(), folder / f"{name}.parquet")
    return folder


def tables(files: Path) -> list[str]:
    parts = [f"--{name}={files / name}.parquet" for name in ("actors", "plan", "cases")]
    return [str(files / "acts.parquet"), *parts]


def test_a_diagnosis_names_problem_cause_and_mending(ask: Ask, files: Path) -> None:
    found = ask("diagnose", *tables(files))

    fading = next(problem for problem in found["problems"] if problem["id"] == "fading")
    assert fading["verdict"] == "shown"
    assert fading["evidence"]["upper"] < 0
    assert [advice["cause"] for advice in found["plan"]["social_trust"]] == ["burden"]


def test_people_read_it_in_their_language(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diagnose", *tables(files), "--language", "zh"]) == 0

    assert "协作衰减快于工作量下降" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("language", "said"), [("en", "No problem is shown"), ("zh", "尚无问题得到证实")]
)
def test_where_nothing_is_advised_it_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    few = tmp_path / "acts.csv"
    few.write_text("id,at,by_unit,with_units,kind\na,2026-01-01T08:00:00Z,A,B,share\n")

    assert main(["diagnose", str(few), "--language", language]) == 0

    assert capsys.readouterr().out.rstrip().splitlines()[-1].startswith(said)


def test_rules_of_ones_own(refused: Refused, files: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text("version: 1\nproblems: []\n", encoding="utf-8")

    assert refused("diagnose", files / "acts.parquet", "--rules", rules).startswith(
        "rules_invalid: The rules are wrong at problems"
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_report_is_one_file_with_everything_in_it(
    ask: Ask, files: Path, tmp_path: Path, language: str
) -> None:
    page = tmp_path / "report.html"

    told = ask("report", *tables(files), "--language", language, "-o", page)

    text = page.read_text(encoding="utf-8")
    assert [section["id"] for section in told["sections"]] == [
        "overview", "who", "when", "gaps", "flow", "diagnosis",
    ]  # fmt: skip
    assert text.count("<svg") >= 4
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert all(title in text for section in told["sections"] for title in [section["title"]])


def test_the_same_tables_give_the_same_report(ask: Ask, files: Path, tmp_path: Path) -> None:
    once, twice = tmp_path / "a.md", tmp_path / "b.md"

    ask("report", *tables(files), "-o", once)
    ask("report", *tables(files), "-o", twice)

    assert once.read_bytes() == twice.read_bytes()
    assert "SHA-256" in once.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "told"), [("en", "2 joint acts before or after"), ("zh", "2 次联合行为未计入")]
)
def test_years_between_two_spells_are_told_and_drawn_narrow(
    ask: Ask, tmp_path: Path, language: str, told: str
) -> None:
    days = [f"2020-03-{day:02}" for day in range(1, 21)] + ["2026-11-20", "2026-11-21"]
    rows = [
        f"{day}-{one},{day}T08:00:00Z,health,grid;street,ask,case,task"
        for place, day in enumerate(days)
        for one in range(1 + (place in range(5, 12)))
    ]
    acts, page = tmp_path / "acts.csv", tmp_path / "report.html"
    acts.write_text(
        "\n".join(["id,at,by_unit,with_units,kind,about_id,about_kind", *rows]), encoding="utf-8"
    )

    ask("report", acts, "--language", language, "-o", page)

    text = page.read_text(encoding="utf-8")
    assert told in text
    assert "2,435" in text


def test_a_place_that_cannot_be_written_to_is_named(refused: Refused, files: Path) -> None:
    line = refused("report", files / "acts.parquet", "-o", "/proc/no/report.html")

    assert line.startswith("not_written: “/proc/no/report.html” cannot be written")


def test_a_report_of_nothing_says_so_in_one_section(ask: Ask, tmp_path: Path) -> None:
    nothing = tmp_path / "acts.csv"
    nothing.write_text("id,at,by_unit,with_units,kind\n", encoding="utf-8")

    (section,) = ask("report", nothing, "-o", tmp_path / "r.md")["sections"]

    assert section["id"] == "overview"


def test_a_network_of_two_units_is_not_shown(ask: Ask, tmp_path: Path) -> None:
    two = tmp_path / "acts.csv"
    two.write_text(
        "id,at,by_unit,with_units,kind\na,2026-01-01T08:00:00Z,A,B,share\n", encoding="utf-8"
    )

    ask("report", two, "-o", tmp_path / "r.md")

    assert "Fewer than three units: not shown." in (tmp_path / "r.md").read_text(encoding="utf-8")


def test_a_report_is_a_page_or_text(refused: Refused, files: Path) -> None:
    line = refused("report", files / "acts.parquet", "-o", "report.pdf")

    assert line == "ending_unknown: “report.pdf” ends neither in .html nor in .md."


@pytest.mark.parametrize(
    ("text", "place"), [("a: [b", "line 1"), ("version: 1\nproblems: 3\n", "problems")]
)
def test_a_bad_rule_is_told_with_its_place(
    refused: Refused, files: Path, tmp_path: Path, text: str, place: str
) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(text, encoding="utf-8")

    line = refused("diagnose", files / "acts.parquet", "--rules", rules)

    assert line.startswith(f"rules_invalid: The rules are wrong at {place}:")

"""The curve of cooperation as a user asks for it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from actscope.acts.schema import ACTS, CASES
from actscope.cli.main import main
from actscope.synth.log import synthetic_log
from actscope.synth.settings import Plant, Settings
from actscope.synth.writing import write_table

from .conftest import Ask

PLANTS = frozenset({Plant.RISE_AND_FALL, Plant.PHASE_SHIFT})


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    log = synthetic_log(Settings(acts=3_000, units=12, cases=200, plants=PLANTS))
    acts, cases = tmp_path / "acts.parquet", tmp_path / "cases.csv"
    write_table(log.batches(), ACTS, acts)
    write_table([log.cases()], CASES, cases)
    return acts, cases


def test_it_finds_what_was_planted(ask: Ask, files: tuple[Path, Path]) -> None:
    acts, cases = files

    answer = ask("tempo", acts, "--cases", cases)

    assert answer["cooperation"]["test"]["found"]
    assert answer["cooperation"]["load"]["source"] == "cases"
    shifted = {s["after"]: s["shifted"] for s in answer["phases"]["shifts"]}
    assert shifted["respond"]
    assert sum(answer["per_day"]["all_kinds"]["numbers"]) == 3_000


def test_the_acts_themselves_tell_the_same_load(ask: Ask, files: tuple[Path, Path]) -> None:
    acts, cases = files

    by_cases, by_acts = ask("tempo", acts, "--cases", cases), ask("tempo", acts)

    loads = [answer["cooperation"]["load"] for answer in (by_cases, by_acts)]
    assert loads[1]["source"] == "closing_acts"
    assert loads[0]["numbers"] == loads[1]["numbers"]


def test_it_is_readable_without_json(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tempo", str(files[0]), "--day-zone", "Asia/Shanghai"]) == 0

    printed = capsys.readouterr().out
    assert "rises and then falls: yes" in printed
    assert "half-life in days" in printed
    assert "core task" in printed


def test_a_log_of_one_act_is_answered(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "one.csv"
    file.write_text(
        "id,at,by_unit,with_units,kind\nNA,2026-03-01T08:00:00Z,NA,grid,ask\n", encoding="utf-8"
    )

    answer = ask("tempo", file)

    assert answer["cooperation"]["n"] == 1
    assert answer["cooperation"]["test"] is None
    assert answer["phases"]["missing_by"] == {"no_phase": 1}


def test_years_of_silence_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    days = [f"2020-03-0{day}" for day in range(1, 9)] + ["2026-11-20", "2026-11-21"]
    file = tmp_path / "years.csv"
    lines = [f"{day},{day}T08:00:00Z,health,grid,ask,case,task" for day in days]
    file.write_text(
        "\n".join(["id,at,by_unit,with_units,kind,about_id,about_kind", *lines]), encoding="utf-8"
    )

    assert main(["tempo", str(file)]) == 0

    printed = capsys.readouterr().out
    assert "8 joint acts of 2 units, 2020-03-01 to 2020-03-08; 1 cases open" in printed
    assert "2 joint acts before or after more than 90 days of silence are left out" in printed


def test_it_refuses_bad_input(refused: Callable[..., str], tmp_path: Path) -> None:
    head = "id,at,by_unit,with_units,kind\n"
    acts, cases = tmp_path / "acts.csv", tmp_path / "cases.csv"
    acts.write_text(head + "a,2026-03-01T08:00:00,health,grid,ask\n", encoding="utf-8")
    cases.write_text(
        "case,opened_at,closed_at\nc1,2026-03-02T00:00:00Z,2026-03-01T00:00:00Z\n", encoding="utf-8"
    )

    assert refused("tempo", acts).startswith("time_without_zone: Row 1")
    line = refused("tempo", acts, "--zone", "Asia/Shanghai", "--cases", cases)
    assert line.startswith("case_closed_before_opened: Row 1: the case “c1”")
    assert refused("tempo", tmp_path / "nothing.csv").startswith("file_missing:")
    assert refused("tempo", acts, "--zone", "Asia/Nowhere").startswith("zone_unknown:")
    line = refused("tempo", acts, "--zone", "Asia/Shanghai", "--threshold", "nan")
    assert line.startswith("tempo_threshold: “threshold” is nan")
    acts.write_text(head + 2 * "a,2026-03-01T08:00:00Z,health,grid,ask\n", encoding="utf-8")
    assert refused("tempo", acts).startswith("value_repeated: Row 2: “id”")

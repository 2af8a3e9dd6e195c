"""``actscope roles`` as a user meets it."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from actscope.cli.main import main

from .conftest import Ask

MakeActs = Callable[..., pa.Table]


@pytest.fixture
def acts_file(tmp_path: Path, make_acts: MakeActs) -> Path:
    def acts(unit: str, partner: str, kind: str, phase: str) -> list[dict[str, object]]:
        return [{"by_unit": unit, "with_units": [partner], "kind": kind, "phase": phase}] * 5

    path = tmp_path / "acts.parquet"
    rows = [
        *acts("health", "street", "dispatch", "watch"),
        *acts("health", "street", "dispatch", "respond"),
        *acts("firm", "grid", "serve", "respond"),
    ]
    pq.write_table(make_acts(*rows), path)
    return path


@pytest.fixture
def units_file(tmp_path: Path) -> Path:
    path = tmp_path / "units.csv"
    rows = ["unit,sector", "health,government", "street,government", "firm,market", "school,"]
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_roles_by_phase_and_the_mode_of_governance(
    ask: Ask, acts_file: Path, units_file: Path
) -> None:
    found = ask("roles", acts_file, "--actors", units_file, "--compare", "government")

    assert found["phases"] == ["watch", "respond"]
    assert {unit["unit"]: unit["roles"] for unit in found["units"]} == {
        "firm": ["absent", "supporter"],
        "grid": ["absent", "member"],
        "health": ["lead", "lead"],
        "school": ["absent", "absent"],
        "street": ["executor", "executor"],
    }
    assert (found["n"], found["missing"], found["mean_stability"]) == (4, 1, 0.5)
    assert (found["difference"]["n_one"], found["difference"]["n_other"]) == (2, 1)
    assert found["governance"]["mode"] == "administrative_organisation"
    assert found["governance"]["unit"] == "health"


def test_people_read_a_table_of_roles(acts_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["roles", str(acts_file)]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["unit", "watch", "respond", "stability"]
    assert lines[4].split() == ["health", "lead", "lead", "1"]
    assert lines[-1].startswith("governance: administrative_organisation, health did 1 of 10 acts")


def test_a_table_of_something_else_is_refused(
    refused: Callable[..., str], units_file: Path
) -> None:
    assert refused("roles", units_file).startswith("column_missing: ")

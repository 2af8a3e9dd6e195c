"""The command as a user meets it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from actscope.cli.main import main

MakeActs = Callable[..., pa.Table]


@pytest.fixture
def acts_file(tmp_path: Path, make_acts: MakeActs) -> Path:
    path = tmp_path / "acts.parquet"
    case = {"about_kind": "task", "about_id": "t1", "phase": "respond"}
    acts = make_acts(
        case | {"by_unit": "health", "with_units": ["hospital", "street"]},
        case
        | {
            "by_unit": "street",
            "with_units": ["health"],
            "at": datetime(2026, 3, 2, tzinfo=UTC),
            "kind": "answer",
        },
        case | {"by_unit": "hospital", "at": datetime(2026, 3, 2, 1, tzinfo=UTC)},
    )
    pq.write_table(acts, path)
    return path


@pytest.fixture
def units_file(tmp_path: Path) -> Path:
    path = tmp_path / "units.csv"
    path.write_text("unit,name_zh,name_en\nfirm,企业,A firm\n", encoding="utf-8")
    return path


def test_check_is_silent_about_a_good_file(
    acts_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(acts_file)]) == 0
    assert capsys.readouterr().out == "acts: 3 rows, 0 errors, 0 warnings\n"


def test_check_names_the_row_and_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "acts.csv"
    bad.write_text(
        "id,at,by_unit,with_units,kind\na,2026-03-01 08:00,health,,ask\n", encoding="utf-8"
    )

    assert main(["check", str(bad)]) == 2
    assert "error time_without_zone: Row 1: the time “2026-03-01 08:00”" in capsys.readouterr().out
    assert main(["check", str(bad), "--language", "zh"]) == 2
    assert "第 1 行" in capsys.readouterr().out
    assert main(["check", str(bad), "--zone", "Asia/Shanghai"]) == 0


def test_check_gives_json(units_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(units_file), "--json"]) == 2

    report = json.loads(capsys.readouterr().out)
    assert report["counts"] == {"column_missing": 5, "column_unknown": 3}
    assert set(report["issues"][0]) == {"code", "level", "row", "field", "value", "en", "zh"}
    assert main(["check", str(units_file), "--kind", "actors"]) == 0


def test_summary_gives_the_three_families(
    acts_file: Path, units_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["summary", str(acts_file), "--actors", str(units_file), "--json"]) == 0

    result = json.loads(capsys.readouterr().out)
    assert set(result) == {"acts", "units", "ties", "tempo", "hand_overs"}
    assert result["units"] == [{"unit": "firm", "name_zh": "企业", "name_en": "A firm"}]
    assert result["ties"]["whole"]["units"] == 4
    assert result["ties"]["whole"]["density"] == pytest.approx(3 / 12)
    assert result["tempo"]["days"] == ["2026-03-01", "2026-03-02"]
    assert result["hand_overs"]["bottom"]["number"] == 2
    for family in ("ties", "tempo", "hand_overs"):
        assert set(result[family]["definition"]) == {"en", "zh", "source"}
        assert {"n", "missing", "at_least"} <= set(result[family])


def test_summary_is_readable_without_json(
    acts_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["summary", str(acts_file), "--day-zone", "Asia/Shanghai"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "3 acts"
    assert lines[1] == "ties: 3 among 3 units, density 0.5, reciprocity 0.6667 (n 2, missing 1)"
    assert lines[2] == "tempo: 3 acts on 2 days, 2026-03-01 to 2026-03-02 (n 3, missing 0)"
    assert lines[3] == "hand-overs: 2 in 1 cases, median wait 6.5 h (n 3, missing 0)"


def test_summary_refuses_bad_data(
    acts_file: Path, units_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["summary", str(units_file), "--json"]) == 2
    assert main(["summary", str(acts_file), "--day-zone", "Asia/Nowhere"]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert "column_missing" in printed.err
    assert "zone_unknown" in printed.err


def test_summary_reports_unknown_columns_beside_the_result(
    acts_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    units = tmp_path / "units.csv"
    units.write_text("unit,colour\nfirm,red\n", encoding="utf-8")

    assert main(["summary", str(acts_file), "--actors", str(units), "--json"]) == 0
    printed = capsys.readouterr()
    assert "column_unknown" in printed.err
    assert json.loads(printed.out)["acts"] == 3


def test_wrong_usage_exits_with_two() -> None:
    with pytest.raises(SystemExit) as left:
        main(["summary"])

    assert left.value.code == 2

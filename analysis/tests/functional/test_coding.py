"""The command for interview coding, as a user meets it."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from actscope.cli.main import main

from .conftest import Ask

FILMS = {("con", "con"): 24, ("con", "mixed"): 8, ("con", "pro"): 13, ("mixed", "con"): 8}
FILMS |= {("mixed", "mixed"): 13, ("mixed", "pro"): 11, ("pro", "con"): 10, ("pro", "mixed"): 9}
FILMS |= {("pro", "pro"): 64}


@pytest.fixture
def films(tmp_path: Path) -> Path:
    path = tmp_path / "films.csv"
    pairs = [pair for pair, times in FILMS.items() for _ in range(times)]
    rows = [f"f{place},{one},{two}" for place, (one, two) in enumerate(pairs)]
    path.write_text("\n".join(["film,siskel,ebert", *rows, "f999,pro,NA", ""]), encoding="utf-8")
    return path


def written(folder: Path, text: str) -> Path:
    path = folder / "codes.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_siskel_and_ebert(ask: Ask, films: Path) -> None:
    found = ask(
        *("coding", films, "--raters", "siskel,ebert", "--unit", "film"),
        *("--level", "ordinal", "--order", "con,mixed,pro"),
    )

    assert found["cohen"] == pytest.approx(0.3888, abs=5e-5)
    assert found["cohen_ci"] == pytest.approx([0.2716, 0.5060], abs=5e-5)
    assert found["weighted"] == pytest.approx(0.4580, abs=5e-5)
    assert (found["n"], found["units"], found["missing"]) == (160, 161, 1)


def test_without_an_order_words_are_names(ask: Ask, films: Path) -> None:
    found = ask("coding", films, "--raters", "siskel,ebert")

    assert found["level"] == "nominal"
    assert found["weighted"] is None
    assert found["krippendorff"] is not None


def test_numbers_stored_as_numbers_are_codes(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "codes.parquet"
    pq.write_table(pa.table({"a": [1, 2, 3, None], "b": [1.0, 2.0, 2.0, 3.0]}), path)

    found = ask("coding", path, "--raters", "a,b")

    assert (found["codes"], found["n"], found["agreement"]) == (["1", "2", "3"], 3, 2 / 3)
    assert found["weighted"] is not None


def test_people_read_a_table(films: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coding", str(films), "--raters", "siskel,ebert"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("2 raters, 161 units: 160 coded at least twice, 160 by all")
    assert lines[3].split() == ["Cohen's", "kappa", "0.3888", "0.2716", "0.506"]


@pytest.mark.parametrize(
    ("text", "arguments", "expected"),
    [
        ("", "--raters a,b", "file_empty"),
        ("a,b\n", "--raters a,b", "file_without_rows"),
        ("a,b\nx,y\n", "--raters a,b", "units_too_few"),
        ("a,b\nx,y\nx,y\n", "--raters a,c", "column_missing"),
        ("a,b\nx,y\nx,y\n", "--raters a", "raters_too_few"),
        ("a,b\nx,y\nx,y\n", "--raters a,a", "rater_repeated"),
        ("a,b\nx,y\nx,y\n", "--raters a,b --unit a", "rater_repeated"),
        ("a,b\nx,\nx,NA\n", "--raters a,b", "rater_silent"),
        ("a,b\nx,y\nx,y\n", "--raters a,b --level ordinal", "order_unknown"),
        ("a,b\n1,2\n1,y\n", "--raters a,b --level interval", "code_not_number"),
        ("a,b\nx,y\nx,z\n", "--raters a,b --order x,y", "code_not_in_order"),
        ("u,a,b\n1,x,y\n1,x,y\n", "--raters a,b --unit u", "value_repeated"),
    ],
)
def test_bad_input_is_named(
    tmp_path: Path, refused: Ask, text: str, arguments: str, expected: str
) -> None:
    line = refused("coding", written(tmp_path, text), *arguments.split())

    assert line.startswith(f"{expected}: ")

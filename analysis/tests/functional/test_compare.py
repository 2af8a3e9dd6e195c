"""``actscope compare`` as a user meets it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from actscope.cli.main import main

from .conftest import Ask

Refused = Callable[..., str]
HEAD = "city,beds,staff,cases\n"
CITIES = HEAD + "甲,10,50,300\n乙,20,40,100\n丙,15,60,200\n丁,,70,50\n"


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        path = tmp_path / "cities.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_it_ranks_what_is_complete(file: Callable[[str], Path], ask: Ask) -> None:
    result = ask(
        "compare",
        file(CITIES),
        *("--place", "city", "--indicator", "beds", "--indicator", "cases:cost"),
    )

    assert [(one["place"], one["rank"]) for one in result["places"]] == [
        ("乙", 1),
        ("丙", 2),
        ("甲", 3),
        ("丁", None),
    ]
    assert result["places"][-1]["missing"] == ["beds"]
    assert result["places"][-1]["values"] == {"beds": None, "cases": 50.0}
    assert [one["direction"] for one in result["indicators"]] == ["benefit", "cost"]
    assert sum(one["weight"] for one in result["indicators"]) == pytest.approx(1)
    assert result["coupling"] is None


def test_without_indicators_all_other_columns_are_compared(
    file: Callable[[str], Path], ask: Ask
) -> None:
    result = ask("compare", file(CITIES), "--place", "city", "--weights", "equal")

    assert [one["indicator"] for one in result["indicators"]] == ["beds", "staff", "cases"]
    assert (result["n"], result["missing"]) == (3, 1)


def test_coupling_of_scores_as_given(file: Callable[[str], Path], ask: Ask) -> None:
    result = ask(
        "compare",
        file("city,u,v\nx,0.6,0.5\ny,0.2,0.9\n"),
        *("--place", "city", "--normalise", "none", "--subsystem", "a=u", "--subsystem", "b=v"),
    )

    one = next(one for one in result["coupling"] if one["place"] == "x")
    assert one["coupling"] == pytest.approx(2 * 0.30**0.5 / 1.1)
    assert one["coordination"] == pytest.approx((one["coupling"] * 0.55) ** 0.5)


def test_people_read_ranks_weights_and_gaps(
    file: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = file("city,beds,staff,flat\na,1,5,2\nb,2,6,2\nc,3,1,2\nd,,1,2\n")
    options = ("--constant", "drop", "--subsystem", "x=beds", "--subsystem", "y=staff")

    assert main(["compare", str(path), "--place", "city", *options]) == 0

    printed = capsys.readouterr().out
    assert "lacks beds" in printed
    assert "left out, constant: flat" in printed
    assert "coordination D" in printed


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("", (), "file_empty"),
        (HEAD, (), "file_without_rows"),
        ("city\na\nb\n", (), "indicators_none"),
        (HEAD + "a,1,2,3\n", (), "places_too_few"),
        (HEAD + "a,1,2,3\nb,1,3,4\n", (), "indicator_constant"),
        (HEAD + "a,,2,3\nb,,3,4\n", (), "indicator_all_missing"),
        (HEAD + "a,-1,2,3\nb,1,3,4\n", (), "entropy_negative"),
        (HEAD + "a,1,2,3\nb,2,3,4\n", ("--normalise", "z"), "entropy_of_z"),
        (HEAD + "a,1,2,3\nb,2,3,4\n", ("--normalise", "none"), "value_off_scale"),
        (HEAD + "a,1,2,3\na,2,3,4\n", (), "value_repeated"),
        (HEAD + "a,1,2,x\nb,2,3,4\n", (), "figure_unreadable"),
        (CITIES, ("--indicator", "luck"), "column_missing"),
        (CITIES, ("--indicator", "beds", "--indicator", "beds:cost"), "indicator_repeated"),
        (CITIES, ("--subsystem", "x=beds"), "subsystems_too_few"),
        (CITIES, ("--subsystem", "x=beds", "--subsystem", "y=luck"), "subsystem_unknown"),
    ],
)
def test_bad_input_is_refused_by_name(
    file: Callable[[str], Path],
    refused: Refused,
    text: str,
    options: tuple[str, ...],
    code: str,
) -> None:
    assert refused("compare", file(text), "--place", "city", *options).startswith(f"{code}: ")


@pytest.mark.parametrize(
    "options",
    [("--indicator", "city"), ("--subsystem", "x"), ("--subsystem", "x=a", "--subsystem", "x=b")],
)
def test_wrong_usage_exits_with_two(
    file: Callable[[str], Path], ask: Ask, options: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as left:
        ask("compare", file(CITIES), "--place", "city", *options)

    assert left.value.code == 2

"""``actscope qca`` as a user meets it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from actscope.cli.main import main

from .conftest import Ask

Refused = Callable[..., str]
HEAD = "town,trust,means,kept\n"
TOWNS = HEAD + "a,1,70,1\nb,1,20,0\nc,0,60,0\nd,0,10,0\ne,1,90,1\nf,0,80,0\n"
USUAL = ("--case", "town", "--outcome", "kept", "--conditions", "trust,means")
CALIBRATED = (*USUAL, "--calibrate", "means=0,50,100")


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        path = tmp_path / "towns.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_lipset_fuzzy(file: Callable[[str], Path], ask: Ask, data_dir: Path) -> None:
    printed = (data_dir.parent / "reference" / "QCA_Lipset.txt").read_text(encoding="utf-8")
    lines = printed.splitlines()
    head = [i for i, line in enumerate(lines) if line.split()[:1] == ["DEV"]][1]
    rows = [["case", *lines[head].split()], *(line.split() for line in lines[head + 1 : head + 19])]
    path = file("\n".join(",".join(row) for row in rows) + "\n")

    result = ask(
        "qca",
        path,
        *("--case", "case", "--outcome", "SURV", "--conditions", "DEV,URB,LIT,IND,STB"),
        *("--incl", "0.8", "--solution", "parsimonious"),
    )

    (model,) = result["models"]
    assert model["formula"] == "DEV*~IND + URB*STB -> SURV"
    assert [f"{model[key]:.3f}" for key in ("inclusion", "pri", "coverage")] == [
        "0.850",
        "0.819",
        "0.714",
    ]
    (lit,) = (one for one in result["necessity"] if one["condition"] == "LIT")
    assert f"{lit['inclusion']:.3f} {lit['relevance']:.3f}" == "0.991 0.509"
    assert result["diversity"] == {
        "possible": 32,
        "observed": 9,
        "remainders": 23,
        "contradictions": 0,
    }


def test_raw_figures_are_calibrated(file: Callable[[str], Path], ask: Ask) -> None:
    result = ask("qca", file(TOWNS), *CALIBRATED)

    assert result["calibrations"] == {"means": {"out": 0.0, "crossover": 50.0, "full": 100.0}}
    assert result["models"][0]["formula"] == "trust*means -> kept"
    assert result["expected"] is None


def test_the_absence_and_expectations(file: Callable[[str], Path], ask: Ask) -> None:
    result = ask(
        "qca",
        file(TOWNS),
        *("--case", "town", "--outcome", "~kept", "--conditions", "trust,means"),
        *("--calibrate", "means=50", "--solution", "intermediate", "--expect", "~trust"),
    )

    assert result["outcome"] == "~kept"
    assert result["expected"] == {"trust": 0, "means": None}
    assert result["models"][0]["formula"] == "~trust + ~means <-> ~kept"


def test_people_read_table_and_solution(
    file: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["qca", str(file(TOWNS + "g,0.5,90,1\n")), *CALIBRATED]) == 0

    printed = capsys.readouterr().out
    assert "conservative: trust*means -> kept" in printed
    assert "in no configuration (0.5 somewhere): g" in printed


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("", USUAL, "file_empty"),
        (HEAD, USUAL, "file_without_rows"),
        (TOWNS, USUAL, "membership_outside"),
        (TOWNS, (*USUAL, "--calibrate", "means=100,50,0"), "anchors_order"),
        (TOWNS, (*USUAL, "--calibrate", "means=1,2"), "anchors_number"),
        (TOWNS, (*USUAL, "--calibrate", "means=x"), "anchors_number"),
        (TOWNS, (*CALIBRATED, "--calibrate", "wealth=1"), "calibration_unknown"),
        (TOWNS, (*CALIBRATED, "--incl", "0"), "cut_wrong"),
        (TOWNS, (*CALIBRATED, "--n-cut", "0"), "cut_wrong"),
        (TOWNS, (*USUAL[:-1], "trust,kept"), "condition_is_outcome"),
        (TOWNS, (*USUAL[:-1], "trust,trust"), "condition_repeated"),
        (TOWNS, (*USUAL[:-1], ","), "conditions_none"),
        (TOWNS, (*USUAL[:-1], "trust,luck"), "column_missing"),
        (TOWNS, (*CALIBRATED, "--calibrate", "kept=5"), "outcome_constant"),
        (HEAD + "a,1,70,1\n", CALIBRATED, "outcome_constant"),
        (HEAD + "a,1,,1\nb,,3,0\n", CALIBRATED, "cases_none_complete"),
        (TOWNS + "a,1,2,1\n", CALIBRATED, "value_repeated"),
        (TOWNS + ",1,2,1\n", CALIBRATED, "value_missing"),
        (TOWNS + "h,yes,2,1\n", CALIBRATED, "figure_unreadable"),
    ],
)
def test_bad_input_is_refused_by_name(
    file: Callable[[str], Path],
    refused: Refused,
    text: str,
    options: tuple[str, ...],
    code: str,
) -> None:
    assert refused("qca", file(text), *options).startswith(f"{code}: ")


def test_thirteen_conditions_are_refused(file: Callable[[str], Path], refused: Refused) -> None:
    names = [f"c{i}" for i in range(13)]
    text = f"town,{','.join(names)},kept\n" + "".join(
        f"{town},{','.join(['1'] * 13)},{town % 2}\n" for town in range(4)
    )

    line = refused("qca", file(text), *USUAL[:-1], ",".join(names))

    assert line.startswith("conditions_too_many: 13 conditions")


@pytest.mark.parametrize(
    "options",
    [
        (*CALIBRATED, "--expect", "luck"),
        (*CALIBRATED, "--calibrate", "means=3"),
        ("--case", "trust", *USUAL[2:]),
    ],
)
def test_wrong_usage_exits_with_two(
    file: Callable[[str], Path], ask: Ask, options: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as left:
        ask("qca", file(TOWNS), *options)

    assert left.value.code == 2

"""Lipset's breakdown of democracy between the wars, crisp and fuzzy.

Every figure as R package QCA 3.25.1 prints it for its data sets LC, LF and LR (Lipset 1959).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from actscope.compare.calibration import calibration
from actscope.compare.qca import Qca, qca
from actscope.compare.sets import necessity, sufficiency
from actscope.compare.truth_table import Cuts

CONDITIONS = ("DEV", "URB", "LIT", "IND", "STB")


@dataclass(frozen=True)
class Printed:
    """The printed tables: raw, crisp and fuzzy memberships, and the calibration of DEV."""

    cases: list[str]
    crisp: dict[str, Any]
    fuzzy: dict[str, Any]
    raw: list[float]
    calibrated: list[float]


@pytest.fixture(scope="module")
def lipset(data_dir: Path) -> Printed:
    path = data_dir.parent / "reference" / "QCA_Lipset.txt"
    if not path.is_file():
        pytest.skip("no printed results of the R package QCA beside the public data")
    lines = path.read_text(encoding="utf-8").splitlines()
    heads = [i for i, line in enumerate(lines) if line.split() == [*CONDITIONS, "SURV"]][:2]
    (names, crisp), (_, fuzzy) = (_table(lines, head) for head in heads)
    start = next(i for i, line in enumerate(lines) if line.startswith("== calibrate"))
    calibrated, raw = ([float(x) for x in lines[start + i].split()] for i in (1, 2))
    return Printed(names, crisp, fuzzy, raw, calibrated)


def _table(lines: list[str], head: int) -> tuple[list[str], dict[str, Any]]:
    rows = [line.split() for line in lines[head + 1 : head + 19]]
    columns = np.array([[float(x) for x in row[1:]] for row in rows]).T
    return [row[0] for row in rows], dict(zip(lines[head].split(), columns, strict=True))


def run(lipset: Printed, table: dict[str, Any], **options: Any) -> Qca:
    return qca(table, cases=lipset.cases, outcome="SURV", conditions=CONDITIONS, **options)


def shown(*values: float | None) -> str:
    return " ".join("–" if value is None else f"{value:.3f}" for value in values)


def terms(result: Qca) -> dict[str, str]:
    (model,) = result.solution.models
    return {
        one.term: shown(one.inclusion, one.pri, one.coverage, one.unique_coverage)
        for one in model.terms
    }


def whole(result: Qca) -> str:
    (model,) = result.solution.models
    return shown(model.inclusion, model.pri, model.coverage)


def test_the_crisp_truth_table(lipset: Printed) -> None:
    rows = {row.number: row for row in run(lipset, lipset.crisp).table.rows}

    assert {number: (row.out, row.n) for number, row in rows.items()} == {
        1: (0, 3),
        2: (0, 2),
        5: (0, 2),
        6: (0, 1),
        22: (1, 2),
        23: (0, 1),
        24: (1, 2),
        31: (0, 1),
        32: (1, 4),
    }
    assert rows[22].cases == ("FI", "IE")
    assert not any(row.contradiction for row in rows.values())


def test_the_crisp_conservative_solution(lipset: Printed) -> None:
    result = run(lipset, lipset.crisp)

    assert result.solution.models[0].formula == ("DEV*~URB*LIT*STB + DEV*LIT*IND*STB <-> SURV")
    assert terms(result) == {
        "DEV*~URB*LIT*STB": "1.000 1.000 0.500 0.250",
        "DEV*LIT*IND*STB": "1.000 1.000 0.750 0.500",
    }
    assert whole(result) == "1.000 1.000 1.000"


def test_the_crisp_parsimonious_solution(lipset: Printed) -> None:
    result = run(lipset, lipset.crisp, kind="parsimonious")

    assert result.solution.models[0].formula == "DEV*STB <-> SURV"
    assert whole(result) == "1.000 1.000 1.000"
    assert result.solution.complete


def test_the_crisp_solution_for_the_absence(lipset: Printed) -> None:
    result = run(lipset, lipset.crisp, negated=True)

    assert result.solution.models[0].formula == ("~DEV*~URB*~IND + DEV*LIT*IND*~STB <-> ~SURV")
    assert terms(result) == {
        "~DEV*~URB*~IND": "1.000 1.000 0.800 0.800",
        "DEV*LIT*IND*~STB": "1.000 1.000 0.200 0.200",
    }


def test_the_fuzzy_truth_table(lipset: Printed) -> None:
    result = run(lipset, lipset.fuzzy)

    assert [
        (row.number, row.out, row.n, shown(row.inclusion, row.pri)) for row in result.table.rows
    ] == [
        (32, 1, 4, "0.904 0.886"),
        (22, 1, 2, "0.804 0.719"),
        (24, 0, 2, "0.709 0.634"),
        (6, 0, 1, "0.529 0.228"),
        (5, 0, 2, "0.521 0.113"),
        (31, 0, 1, "0.445 0.050"),
        (23, 0, 1, "0.378 0.040"),
        (2, 0, 2, "0.278 0.000"),
        (1, 0, 3, "0.216 0.000"),
    ]


def test_the_fuzzy_conservative_solution(lipset: Printed) -> None:
    result = run(lipset, lipset.fuzzy)

    assert result.solution.models[0].formula == (
        "DEV*URB*LIT*IND*STB + DEV*~URB*LIT*~IND*STB -> SURV"
    )
    assert terms(result) == {
        "DEV*URB*LIT*IND*STB": "0.904 0.886 0.454 0.393",
        "DEV*~URB*LIT*~IND*STB": "0.804 0.719 0.265 0.204",
    }
    assert whole(result) == "0.870 0.843 0.658"


def test_the_fuzzy_parsimonious_solution(lipset: Printed) -> None:
    result = run(lipset, lipset.fuzzy, kind="parsimonious")

    assert result.solution.models[0].formula == "DEV*~IND + URB*STB -> SURV"
    assert terms(result) == {
        "DEV*~IND": "0.815 0.721 0.284 0.194",
        "URB*STB": "0.874 0.845 0.520 0.430",
    }
    assert whole(result) == "0.850 0.819 0.714"


def test_the_fuzzy_intermediate_solution(lipset: Printed) -> None:
    result = run(lipset, lipset.fuzzy, kind="intermediate", expected=(1, 1, 1, 1, 1))

    assert result.solution.models[0].formula == ("DEV*URB*LIT*STB + DEV*LIT*~IND*STB -> SURV")
    assert terms(result) == {
        "DEV*URB*LIT*STB": "0.901 0.879 0.468 0.378",
        "DEV*LIT*~IND*STB": "0.814 0.721 0.282 0.191",
    }
    assert whole(result) == "0.866 0.839 0.660"


def test_the_fuzzy_solution_for_the_absence(lipset: Printed) -> None:
    result = run(lipset, lipset.fuzzy, negated=True, cuts=Cuts(inclusion=0.7))

    assert terms(result) == {
        "~DEV*~URB*~IND": "0.886 0.854 0.678 0.582",
        "DEV*LIT*IND*~STB": "0.981 0.973 0.220 0.124",
    }
    assert whole(result) == "0.897 0.871 0.803"


def test_necessity(lipset: Printed) -> None:
    necessary = {one.condition: one.necessity for one in run(lipset, lipset.fuzzy).necessary}

    assert {
        name: shown(found.inclusion, found.relevance, found.coverage)
        for name, found in necessary.items()
        if name in ("DEV", "LIT", "STB")
    } == {
        "DEV": "0.831 0.811 0.775",
        "LIT": "0.991 0.509 0.643",
        "STB": "0.920 0.680 0.707",
    }


def test_necessity_of_combinations(lipset: Printed) -> None:
    table, y = lipset.fuzzy, lipset.fuzzy["SURV"]

    both = necessity(np.minimum(table["LIT"], table["STB"]), y)
    either = necessity(np.maximum.reduce([table["DEV"], table["URB"], table["IND"]]), y)

    assert shown(both.inclusion, both.relevance, both.coverage) == "0.915 0.800 0.793"
    assert shown(either.inclusion, either.relevance, either.coverage) == "0.903 0.704 0.716"


def test_sufficiency_of_a_combination(lipset: Printed) -> None:
    table = lipset.fuzzy

    found = sufficiency(np.minimum(table["DEV"], table["STB"]), table["SURV"])

    assert shown(found.inclusion, found.pri, found.coverage) == "0.869 0.848 0.824"


def test_the_direct_method_of_calibration(lipset: Printed) -> None:
    anchors = calibration("DEV", (400, 550, 900))

    found = anchors.memberships(np.array(lipset.raw))

    assert [round(x, 6) for x in found.tolist()] == lipset.calibrated

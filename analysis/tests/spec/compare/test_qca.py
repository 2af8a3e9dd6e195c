"""The analysis as a whole, on a handful of towns."""

import math
from typing import Any

import numpy as np
import pytest

from actscope.compare.calibration import Cut, Direct
from actscope.compare.qca import (
    CalibrationUnknownError,
    CasesNoneCompleteError,
    ConditionIsOutcomeError,
    ConditionRepeatedError,
    ConditionsNoneError,
    MembershipOutsideError,
    OutcomeConstantError,
    Qca,
    qca,
)
from actscope.compare.truth_table import ConditionsTooManyError, Cuts
from actscope.errors import InputError

TOWNS = {
    "trust": np.array([1, 1, 0, 0, 1, 0], np.float64),
    "means": np.array([1, 0, 1, 0, 1, 1], np.float64),
    "kept": np.array([1, 0, 0, 0, 1, 0], np.float64),
}


def run(values: dict[str, Any] | None = None, **options: Any) -> Qca:
    usual: dict[str, Any] = {
        "cases": list("abcdef"),
        "outcome": "kept",
        "conditions": ["trust", "means"],
    }
    return qca(values or TOWNS, **usual | options)


def test_trust_with_means_is_what_it_takes() -> None:
    result = run()

    (model,) = result.solution.models
    assert model.formula == "trust*means <-> kept"
    assert model.terms[0].cases == ("a", "e")
    assert (result.n, result.missing) == (6, 0)


def test_each_condition_and_its_absence_is_tested_for_necessity() -> None:
    found = {one.condition: one.necessity.inclusion for one in run().necessary}

    assert found == {"trust": 1.0, "~trust": 0.0, "means": 1.0, "~means": 0.0}


def test_the_absence_can_be_explained() -> None:
    (model,) = run(negated=True).solution.models

    assert model.formula == "~trust + ~means <-> ~kept"
    assert model.coverage == 1
    assert [term.unique_coverage for term in model.terms] == pytest.approx([0.5, 0.25])


def test_a_case_without_a_figure_is_set_aside_and_named() -> None:
    values = TOWNS | {"means": np.array([1, math.nan, 1, 0, 1, 1])}

    result = run(values)

    assert (result.n, result.missing) == (5, 1)
    assert [(one.case, one.fields) for one in result.incomplete] == [("b", ("means",))]


def test_figures_are_calibrated_and_the_crossover_is_moved_to_test_it() -> None:
    values = TOWNS | {"means": np.array([70, 20, 64, 10, 90, 65])}

    result = run(values, calibrations={"means": Direct(0, 50, 100), "kept": Cut(1)})

    assert result.memberships[:, 1] == pytest.approx(
        Direct(0, 50, 100).memberships(values["means"])
    )
    assert [one.change for one in result.robustness][-4:] == [
        "means crossover 45",
        "means crossover 55",
        "kept threshold 0.95",
        "kept threshold 1.05",
    ]
    assert result.robustness[-1].models == ()
    assert not result.robustness[-1].same


def test_a_solution_that_hangs_on_a_cut_says_so() -> None:
    values = {
        "trust": np.array([1.0] * 5 + [0.0] * 3),
        "kept": np.array([1.0] * 4 + [0.0] * 4),
    }

    result = run(values, cases=list("abcdefgh"), conditions=["trust"])

    by_change = {one.change: one for one in result.robustness}
    assert by_change["incl 0.75"].same
    assert not by_change["incl 0.85"].same
    assert by_change["incl 0.85"].models == ()


def test_without_a_row_that_reaches_the_cut_there_is_no_solution() -> None:
    values = {"trust": np.array([1.0, 1, 0, 0]), "kept": np.array([1.0, 0, 0, 1])}

    result = run(values, cases=list("abcd"), conditions=["trust"], cuts=Cuts(inclusion=0.9))

    assert result.solution.models == ()
    assert result.solution.without == "no_row_reaches_the_cut"


def test_when_every_row_reaches_it_nothing_tells_the_conditions_apart() -> None:
    values = {"trust": np.array([0.9, 0.8, 0.3]), "kept": np.array([0.95, 0.9, 0.9])}

    result = run(values, cases=list("abc"), conditions=["trust"], kind="parsimonious")

    assert result.solution.without == "every_row_does"


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"conditions": []}, ConditionsNoneError),
        ({"conditions": ["trust", "trust"]}, ConditionRepeatedError),
        ({"conditions": ["trust", "kept"]}, ConditionIsOutcomeError),
        ({"conditions": [f"c{i}" for i in range(13)]}, ConditionsTooManyError),
        ({"calibrations": {"other": Cut(1)}}, CalibrationUnknownError),
        ({"values": TOWNS | {"means": np.arange(6.0)}}, MembershipOutsideError),
        ({"values": TOWNS | {"kept": np.ones(6)}}, OutcomeConstantError),
        ({"values": TOWNS | {"kept": np.full(6, math.nan)}}, CasesNoneCompleteError),
    ],
)
def test_bad_input_is_refused(options: dict[str, Any], refusal: type[InputError]) -> None:
    with pytest.raises(refusal):
        run(**options)


def test_a_figure_outside_names_its_row() -> None:
    values = TOWNS | {"means": np.array([math.nan, 0, 1, 7, 1, 1])}

    with pytest.raises(MembershipOutsideError) as refused:
        run(values)

    assert (refused.value.row, refused.value.field, refused.value.value) == (4, "means", "7")

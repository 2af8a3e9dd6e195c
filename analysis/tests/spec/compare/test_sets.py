"""Sets and truth tables of a few cases, by hand."""

import math

import numpy as np
import pytest

from actscope.compare.calibration import (
    AnchorsNumberError,
    AnchorsOrderError,
    Cut,
    Direct,
    calibration,
)
from actscope.compare.sets import necessity, sufficiency
from actscope.compare.truth_table import (
    ConditionsTooManyError,
    CutError,
    Cuts,
    term_membership,
    truth_table,
)

X, Y = np.array([0.25, 0.75, 1.0]), np.array([0.5, 0.5, 1.0])


def test_sufficiency_by_hand() -> None:
    # Σmin(x, y) = 0.25 + 0.5 + 1; Σx = 2; Σy = 2; Σmin(x, y, 1 − y) = 0.25 + 0.5 + 0.
    found = sufficiency(X, Y)

    assert found.inclusion == pytest.approx(1.75 / 2)
    assert found.coverage == pytest.approx(1.75 / 2)
    assert found.pri == pytest.approx((1.75 - 0.75) / (2 - 0.75))


def test_necessity_by_hand() -> None:
    # Σ(1 − x) = 1; Σ(1 − min(x, y)) = 0.75 + 0.5 + 0.
    found = necessity(X, Y)

    assert found.inclusion == pytest.approx(1.75 / 2)
    assert found.relevance == pytest.approx(1 / 1.25)


def test_a_set_without_members_has_no_consistency() -> None:
    found = sufficiency(np.zeros(2), np.array([0.0, 1.0]))

    assert (found.inclusion, found.pri, found.coverage) == (None, None, 0.0)


def test_a_condition_that_all_cases_have_is_necessary_and_tells_nothing() -> None:
    found = necessity(np.ones(4), np.array([1.0, 0.0, 1.0, 0.0]))

    assert (found.inclusion, found.relevance) == (1.0, 0.0)


def test_the_anchors_have_memberships_of_5_50_and_95_percent() -> None:
    held = Direct(10, 20, 40).memberships(np.array([10, 15, 20, 30, 40, math.nan, 1e9, -1e9]))

    half = 1 / (1 + math.sqrt(19))
    assert held[:5] == pytest.approx([0.05, half, 0.5, 1 - half, 0.95])
    assert math.isnan(held[5])
    assert held[6:].tolist() == pytest.approx([1, 0])


def test_a_threshold_itself_is_in() -> None:
    held = Cut(3).memberships(np.array([2.9, 3.0, math.nan]))

    assert held[:2].tolist() == [0, 1]
    assert math.isnan(held[2])


@pytest.mark.parametrize("anchors", [(3, 2, 1), (1, 3, 2), (1, 1, 2), (1, 2, 2)])
def test_anchors_out_of_order_are_refused(anchors: tuple[float, ...]) -> None:
    with pytest.raises(AnchorsOrderError):
        calibration("wealth", anchors)


@pytest.mark.parametrize("anchors", [(), (1, 2), (1, 2, 3, 4), (math.nan,), (1, 2, math.inf)])
def test_another_number_of_anchors_is_refused(anchors: tuple[float, ...]) -> None:
    with pytest.raises(AnchorsNumberError):
        calibration("wealth", anchors)


def test_the_weakest_condition_decides() -> None:
    memberships = np.array([[0.75, 0.5], [1.0, 0.25]])

    assert term_membership(memberships, (1, 0)).tolist() == [0.5, 0.75]
    assert term_membership(memberships, (None, 1)).tolist() == [0.5, 0.25]


def test_a_row_whose_cases_differ_is_contradictory_and_shown() -> None:
    memberships = np.array([[1, 1], [1, 1], [1, 1], [0, 1], [0, 0]], np.float64)
    outcome = np.array([1, 1, 0, 0, 0], np.float64)

    table = truth_table(memberships, outcome, cases=list("abcde"), cuts=Cuts(inclusion=0.6))

    top = table.rows[0]
    assert (top.number, top.values, top.out, top.n) == (4, (1, 1), 1, 3)
    assert top.inclusion == pytest.approx(2 / 3)
    assert top.contradiction
    assert (table.possible, len(table.rows)) == (4, 3)


def test_a_row_with_too_few_cases_is_a_remainder() -> None:
    memberships = np.array([[1], [1], [0]], np.float64)

    table = truth_table(memberships, np.array([1.0, 1, 0]), cases=list("abc"), cuts=Cuts(n=2))

    assert {row.number: row.out for row in table.rows} == {2: 1, 1: None}
    assert (table.positive, table.negative) == ((1,), ())


def test_a_case_on_the_fence_stands_in_no_row() -> None:
    memberships = np.array([[0.5, 0.9], [0.8, 0.9]])

    table = truth_table(memberships, np.array([0.2, 0.9]), cases=["fence", "in"])

    assert table.unassigned == ("fence",)
    assert [row.cases for row in table.rows] == [("in",)]


def test_a_cut_that_the_figure_just_reaches_is_reached() -> None:
    memberships = np.ones((5, 1))

    table = truth_table(
        memberships, np.array([1.0, 1, 1, 1, 0]), cases=list("abcde"), cuts=Cuts(inclusion=0.8)
    )

    assert table.rows[0].out == 1


def test_a_cut_on_pri_holds_rows_back() -> None:
    memberships, outcome = np.array([[0.6], [0.7], [0.2]]), np.array([0.55, 0.6, 0.4])
    names = list("abc")

    assert truth_table(memberships, outcome, cases=names).rows[0].out == 1
    assert truth_table(memberships, outcome, cases=names, cuts=Cuts(pri=0.9)).rows[0].out == 0


@pytest.mark.parametrize(
    "cut",
    [
        {"inclusion": 0.0},
        {"inclusion": 1.1},
        {"inclusion": math.nan},
        {"pri": -0.1},
        {"pri": 1.1},
        {"n": 0},
    ],
)
def test_a_cut_that_cannot_cut_is_refused(cut: dict[str, float]) -> None:
    with pytest.raises(CutError):
        Cuts(**cut)  # type: ignore[arg-type]


def test_more_conditions_than_can_be_gone_through_are_refused() -> None:
    with pytest.raises(ConditionsTooManyError):
        truth_table(np.zeros((2, 13)), np.array([0.0, 1.0]), cases=["a", "b"])

"""Scales of a few people, worked by hand."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actscope.survey.answers import (
    AnswerOutOfRangeError,
    Answers,
    AnswersTooFewError,
    ItemConstantError,
    ItemEmptyError,
    ItemsTooFewError,
    RangeEmptyError,
    moments,
)
from actscope.survey.extraction import FactorsTooFewError
from actscope.survey.reliability import alpha, feldt_interval, omega, reliability

NAN = float("nan")


def answers(*people: Sequence[float]) -> Answers:
    values = np.array(people, np.float64)
    return Answers(tuple(f"q{place}" for place in range(1, values.shape[1] + 1)), values)


FIVE = answers([1, 2, 1], [2, 1, 3], [3, 4, 3], [4, 3, 5], [5, 5, 4])


def test_alpha_is_what_items_share() -> None:
    # Variances 2.5, 2.5 and 2.2; of the sums 4 6 10 12 14: 17.2; so 3/2 · (1 − 7.2/17.2).
    assert reliability(FIVE).alpha == pytest.approx(1.5 * (1 - 7.2 / 17.2))


def test_without_an_item_alpha_is_that_of_the_others() -> None:
    # q1 and q2: covariance 2, so 2 · (1 − 5/9).
    found = reliability(FIVE)

    assert found.alpha_if_dropped["q3"] == pytest.approx(2 * (1 - 5 / 9))
    assert reliability(FIVE.only(["q1", "q2"])).alpha_if_dropped == {"q1": None, "q2": None}


def test_each_item_goes_with_the_sum_of_the_others() -> None:
    rest = FIVE.values[:, 1] + FIVE.values[:, 2]

    found = reliability(FIVE).item_rest["q1"]

    assert found == pytest.approx(np.corrcoef(FIVE.values[:, 0], rest)[0, 1])


def test_a_reversed_item_counts_from_the_other_end() -> None:
    turned = FIVE.turned(["q2"], 1, 5)

    forgotten = reliability(turned, low=1, high=5)
    done = reliability(turned, reversed_items=["q2"], low=1, high=5)

    assert forgotten.likely_reversed == ("q2",)
    assert forgotten.alpha < 0
    assert done.alpha == pytest.approx(reliability(FIVE).alpha)
    assert (done.reversed, done.likely_reversed) == (("q2",), ())
    assert done.mean == pytest.approx(FIVE.values.mean())


def test_without_declared_ends_items_turn_on_the_ends_answered() -> None:
    found = reliability(FIVE, reversed_items=["q2"])

    assert (found.low, found.high) == (1, 5)
    assert found.alpha == reliability(FIVE, reversed_items=["q2"], low=0, high=9).alpha


def test_omega_of_items_that_measure_equally_well_is_alpha() -> None:
    # Correlations .5 throughout: loadings √.5, (3√.5)² ÷ (4.5 + 1.5).
    equal = np.full((3, 3), 0.5) + np.eye(3) / 2

    assert omega(equal) == pytest.approx(0.75, abs=1e-6)
    assert alpha(equal) == pytest.approx(0.75)


def test_omega_is_above_alpha_when_items_measure_unequally() -> None:
    loadings = np.array([0.9, 0.7, 0.3])
    correlations = np.outer(loadings, loadings)
    np.fill_diagonal(correlations, 1)

    unique = (1 - loadings**2).sum()
    assert omega(correlations) == pytest.approx(1.9**2 / (1.9**2 + unique), abs=1e-6)
    assert alpha(correlations) < 1.9**2 / (1.9**2 + unique)


def test_two_items_have_no_omega_of_their_own() -> None:
    assert reliability(FIVE.only(["q1", "q2"])).omega is None


def test_items_that_repeat_each_other_are_fully_reliable() -> None:
    same = answers(*[[v, v, v] for v in (1, 2, 3, 4)])

    found = reliability(same)

    assert found.alpha == pytest.approx(1)
    assert found.omega == pytest.approx(1, abs=1e-6)
    assert found.alpha_ci == pytest.approx((1, 1))


def test_the_interval_is_that_of_feldt() -> None:
    # F(.975; 10, 10) = 3.717 and F(.025; 10, 10) is 1 ÷ that, from tables.
    low, high = feldt_interval(0.5, people=11, items=2)

    assert low == pytest.approx(1 - 0.5 * 3.717, abs=5e-4)
    assert high == pytest.approx(1 - 0.5 / 3.717, abs=5e-4)


def test_the_interval_holds_the_true_alpha_as_often_as_it_says() -> None:
    draw = np.random.default_rng(5)
    truth, people, items = 0.8, 60, 4  # correlations of .5
    root = np.linalg.cholesky(np.full((items, items), 0.5) + np.eye(items) / 2)
    covered = 0
    for _ in range(600):
        sample = draw.standard_normal((people, items)) @ root.T
        low, high = feldt_interval(alpha(np.cov(sample.T)), people=people, items=items)
        covered += low <= truth <= high

    assert covered / 600 == pytest.approx(0.95, abs=0.03)


def test_pairwise_everybody_counts_and_listwise_who_answered_all() -> None:
    gaps = answers([1, 2, 1], [2, 1, NAN], [3, 4, 3], [4, NAN, 5], [5, 5, 4], [2, 2, 3], [NAN] * 3)

    pairwise, listwise = reliability(gaps), reliability(gaps, use="listwise")

    assert (pairwise.n, pairwise.missing, pairwise.n_weakest) == (6, 3, 4)
    assert (listwise.n, listwise.missing, listwise.n_weakest) == (4, 3, 4)
    assert pairwise.missing_by_item == {"q1": 1, "q2": 2, "q3": 2}
    complete = reliability(answers([1, 2, 1], [3, 4, 3], [5, 5, 4], [2, 2, 3]))
    assert listwise.alpha == pytest.approx(complete.alpha)


def test_pairwise_covariances_use_whoever_answered_both() -> None:
    gaps = answers([1, 2], [2, NAN], [3, 1], [NAN, 4], [5, 6])

    found = moments(gaps, "pairwise").covariances

    assert found[0, 1] == pytest.approx(np.cov([1, 3, 5], [2, 1, 6])[0, 1])
    assert found[0, 0] == pytest.approx(np.var([1, 2, 3, 5], ddof=1))


@given(
    values=st.lists(
        st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=6, max_size=20
    ).filter(lambda rows: all(len({row[i] for row in rows}) > 1 for i in range(3))),
    shift=st.integers(-20, 20),
    scale=st.sampled_from([0.5, 2.0, 10.0]),
)
def test_alpha_knows_neither_the_unit_nor_the_order_of_people(
    values: list[list[int]], shift: int, scale: float
) -> None:
    rows = np.array(values, np.float64)

    found = alpha(moments(answers(*rows), "pairwise").covariances)
    moved = alpha(moments(answers(*(rows[::-1] * scale + shift)), "pairwise").covariances)

    assert moved == pytest.approx(found, nan_ok=True, abs=1e-9)
    assert not found > 1 + 1e-12


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (answers([1], [2], [3]), ItemsTooFewError),
        (answers([1, 3], [2, 3], [3, 3]), ItemConstantError),
        (answers([1, NAN], [2, NAN], [3, NAN]), ItemEmptyError),
        (answers([1, 2, 3], [2, 3, 1]), AnswersTooFewError),
        (answers([1, NAN], [2, NAN], [NAN, 1], [NAN, 2]), AnswersTooFewError),
    ],
)
def test_it_refuses_answers_that_carry_no_scale(
    given: Answers, refusal: type[ItemsTooFewError]
) -> None:
    with pytest.raises(refusal):
        reliability(given)


def test_an_item_that_is_constant_among_those_left_is_named() -> None:
    gaps = answers([1, 2, 1], [2, 2, 3], [3, 2, 2], [4, 1, NAN], [5, 3, NAN])

    with pytest.raises(ItemConstantError, match="“q2” are the same"):
        reliability(gaps, use="listwise")
    with pytest.raises(ItemConstantError, match="“q2” are the same"):
        reliability(gaps)


def test_an_answer_outside_the_ends_is_named_with_its_row() -> None:
    with pytest.raises(AnswerOutOfRangeError, match="Row 4: the answer 5 to “q3”"):
        reliability(FIVE, low=1, high=4.5)
    with pytest.raises(RangeEmptyError):
        reliability(FIVE, low=6, high=1)


def test_omega_hierarchical_needs_three_group_factors() -> None:
    with pytest.raises(FactorsTooFewError):
        reliability(FIVE, factors=2)

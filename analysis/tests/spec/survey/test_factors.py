"""Factors of a few items with known answers."""

import numpy as np
import pytest

from actscope.survey.answers import Answers, AnswersTooFewError, ItemsTooFewError, Matrix
from actscope.survey.extraction import (
    FactorsTooFewError,
    FactorsTooManyError,
    Method,
    extracted,
    most_factors,
)
from actscope.survey.factorability import (
    CorrelationsImpossibleError,
    ItemsCollinearError,
    bartlett,
    chance_eigenvalues,
    factors_beyond_chance,
    kmo,
    refuse_singular,
)
from actscope.survey.factors import factors
from actscope.survey.rotation import Rotation, rotated

SIMPLE = np.array([[0.8, 0], [0.7, 0], [0.6, 0], [0, 0.8], [0, 0.7], [0, 0.6]])


def correlations(between: float = 0.0) -> Matrix:
    """Six items, three for each of two factors that correlate so much."""
    common = SIMPLE @ np.array([[1, between], [between, 1]]) @ SIMPLE.T
    np.fill_diagonal(common, 1)
    return np.asarray(common, np.float64)


def answers(matrix: Matrix, people: int = 60) -> Answers:
    """Answers with exactly these correlations."""
    draws = np.random.default_rng(3).standard_normal((people, len(matrix)))
    draws -= draws.mean(axis=0)
    basis, _ = np.linalg.qr(draws)
    values = basis @ np.linalg.cholesky(matrix).T * np.sqrt(people - 1)
    return Answers(tuple(f"q{place}" for place in range(1, len(matrix) + 1)), values)


def test_kmo_of_three_equal_items() -> None:
    # Correlations ½, partial correlations (½ − ¼)/(1 − ¼) = ⅓: ¼ ÷ (¼ + 1/9).
    equal = np.full((3, 3), 0.5) + np.eye(3) / 2

    overall, of_items = kmo(equal)

    assert overall == pytest.approx(9 / 13)
    assert of_items == pytest.approx([9 / 13] * 3)


def test_bartlett_of_two_items() -> None:
    # −(50 − 1 − 9/6) · ln(1 − .25)
    found = bartlett(np.array([[1, 0.5], [0.5, 1]]), 50)

    assert found.chi2 == pytest.approx(-47.5 * np.log(0.75))
    assert found.df == 1


@pytest.mark.parametrize("method", ["minres", "ml"])
def test_extraction_recovers_what_the_items_share(method: Method) -> None:
    found = extracted(correlations(), 2, method)

    assert found.unique == pytest.approx(1 - (SIMPLE**2).sum(axis=1), abs=1e-4)
    assert found.loadings @ found.loadings.T == pytest.approx(SIMPLE @ SIMPLE.T, abs=1e-4)


def test_varimax_finds_the_simple_pattern() -> None:
    found = rotated(extracted(correlations(), 2).loadings, "varimax")

    order = [0, 1] if found.loadings[0, 0] > 0.5 else [1, 0]
    assert found.loadings[:, order] == pytest.approx(SIMPLE, abs=5e-3)
    assert found.correlations == pytest.approx(np.eye(2))


def test_factors_that_stand_even_between_the_items_are_turned_all_the_same() -> None:
    even = np.array([[0.6, 0.5], [0.6, 0.5], [0.6, -0.5], [0.6, -0.5]])

    found = rotated(even, "varimax").loadings

    assert np.abs(found).min(axis=1) == pytest.approx([0.1 / 2**0.5] * 4, abs=1e-5)


def test_oblimin_finds_it_when_the_factors_correlate() -> None:
    found = rotated(extracted(correlations(0.4), 2).loadings, "oblimin")

    order = [0, 1] if found.loadings[0, 0] > 0.5 else [1, 0]
    assert found.loadings[:, order] == pytest.approx(SIMPLE, abs=1e-4)
    assert found.correlations[0, 1] == pytest.approx(0.4, abs=1e-4)


@pytest.mark.parametrize("rotation", ["varimax", "oblimin", "none"])
def test_turning_changes_nothing_of_what_is_explained(rotation: Rotation) -> None:
    drawn = extracted(correlations(0.4), 2)

    found = rotated(drawn.loadings, rotation)

    common = found.loadings @ found.correlations @ found.loadings.T
    assert common == pytest.approx(drawn.loadings @ drawn.loadings.T, abs=1e-9)


def test_parallel_analysis_counts_what_exceeds_chance() -> None:
    assert factors_beyond_chance(np.array([2.0, 1.5, 0.9]), np.array([1.4, 1.2, 1.0])) == 2
    assert factors_beyond_chance(np.array([1.1, 1.3]), np.array([1.4, 1.2])) == 0
    assert chance_eigenvalues(100, 6, 1) == pytest.approx(chance_eigenvalues(100, 6, 1))


def test_chance_is_what_uncorrelated_answers_reach() -> None:
    draw = np.random.default_rng(11)
    simulated = [
        np.linalg.eigvalsh(np.corrcoef(draw.standard_normal((80, 5)).T))[-1] for _ in range(400)
    ]

    assert chance_eigenvalues(80, 5, 1)[0] == pytest.approx(np.quantile(simulated, 0.95), abs=0.05)


def test_two_factors_are_found_and_none_where_there_is_none() -> None:
    found = factors(answers(correlations(), 200))
    nothing = factors(answers(np.eye(6) * 0.98 + 0.02, 40))

    assert (found.factors, found.n, found.missing) == (2, 200, 0)
    assert found.communalities["q1"] == pytest.approx(0.64, abs=1e-3)
    assert (nothing.factors, nothing.loadings["q1"]) == (0, [])


def test_it_says_how_many_factors_items_can_carry() -> None:
    assert [most_factors(items) for items in (3, 4, 5, 6, 25)] == [1, 1, 2, 3, 18]
    with pytest.raises(FactorsTooManyError, match="at most 3 factors"):
        factors(answers(correlations()), number=4)
    with pytest.raises(FactorsTooFewError):
        factors(answers(correlations()), number=0)


def test_items_that_follow_from_each_other_are_named() -> None:
    given = answers(correlations())
    doubled = Answers((*given.items, "total"), np.c_[given.values, given.values[:, :2].sum(axis=1)])

    with pytest.raises(ItemsCollinearError, match="q1, q2, total"):
        factors(doubled)


def test_pairwise_correlations_that_no_answers_could_have_are_refused() -> None:
    with pytest.raises(CorrelationsImpossibleError):
        refuse_singular(np.array([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]), ("a", "b", "c"))


def test_it_refuses_too_little() -> None:
    with pytest.raises(ItemsTooFewError):
        factors(answers(correlations()).only(["q1", "q2"]))
    with pytest.raises(AnswersTooFewError, match="6 people"):
        factors(Answers(tuple("abcdef"), answers(correlations()).values[:6]))

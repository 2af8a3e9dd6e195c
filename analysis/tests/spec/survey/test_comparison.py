"""Comparing groups, on a few answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actscope.survey.adjusting import Correction, adjusted
from actscope.survey.answers import OutcomeUnvaryingError
from actscope.survey.comparison import (
    MOST_GROUPS,
    Comparison,
    GroupsTooFewError,
    PairsTooManyError,
    SpreadMissingError,
    comparison,
)

NAN = float("nan")


def compared(*people: tuple[str | None, float]) -> Comparison:
    return comparison(np.array([value for _, value in people]), [group for group, _ in people])


def test_two_groups_of_three() -> None:
    # Means 2 and 4, variances 1 and 1: t = -2 / √(1/3 + 1/3), F = t².
    people = [("a", 1.0), ("a", 2.0), ("a", 3.0), ("b", 3.5), ("b", 4.5), ("b", 4.0)]
    found = compared(*people)

    (pair,) = found.pairs
    assert pair.difference == -2
    assert pair.t == pytest.approx(-2 / np.sqrt(1 / 3 + 0.25 / 3))
    # 6 of 20 orders of ranks: all of a stand before all of b.
    assert (pair.w, pair.wilcoxon_exact) == (0, True)
    assert pair.p_wilcoxon == pytest.approx(2 / 20)
    assert found.anova.statistic == pytest.approx(6 / (2.5 / 4))
    assert found.eta_squared == pytest.approx(6 / 8.5)


def test_pairs_are_corrected_for_their_number() -> None:
    found = compared(
        *[("a", v) for v in (1.0, 2, 3)],
        *[("b", v) for v in (2.0, 3, 5)],
        *[("c", v) for v in (6.0, 7, 9)],
    )

    assert (found.pairs_tested, found.correction) == (3, "holm")
    plain = np.array([pair.p for pair in found.pairs], np.float64)
    assert [pair.p_corrected for pair in found.pairs] == pytest.approx(adjusted(plain, "holm"))
    assert all((pair.p_corrected or 0) >= (pair.p or 0) for pair in found.pairs)


def test_who_lacks_something_is_counted_and_one_alone_is_shown_but_not_tested() -> None:
    found = compared(
        ("a", 1), ("a", 2), ("b", 3), ("b", 5), ("c", 9), (None, 4), ("a", NAN), ("d", NAN)
    )

    assert (found.n, found.missing) == (5, 3)
    assert [(g.group, g.n, g.tested) for g in found.groups] == [
        ("a", 2, True),
        ("b", 2, True),
        ("c", 1, False),
    ]
    assert found.pairs_tested == 1


def test_groups_stand_in_order_numbers_by_size() -> None:
    found = compared(*[(name, v) for name in ("10", "b", "9", "a") for v in (1.0, 2)])

    assert [group.group for group in found.groups] == ["9", "10", "a", "b"]


def test_groups_that_do_not_vary_leave_what_cannot_be_computed_empty() -> None:
    found = compared(("a", 1), ("a", 1), ("b", 2), ("b", 2), ("c", 1), ("c", 3))

    first = found.pairs[0]
    assert (first.a, first.b, first.t, first.p, first.p_corrected) == ("a", "b", None, None, None)
    assert found.welch_anova is None
    assert found.pairs[1].p_corrected is not None


@pytest.mark.parametrize(
    ("people", "refusal"),
    [
        ([("a", 1.0), ("a", 2.0)], GroupsTooFewError),
        ([("a", 1.0), ("a", 2.0), ("b", 2.0)], GroupsTooFewError),
        ([(None, 1.0), ("a", NAN)], GroupsTooFewError),
        ([("a", 1.0), ("a", 1.0), ("b", 1.0), ("b", 1.0)], OutcomeUnvaryingError),
        ([("a", 1.0), ("a", 1.0), ("b", 2.0), ("b", 2.0)], SpreadMissingError),
        (
            [(str(i // 2), float(i)) for i in range(2 * MOST_GROUPS + 2)],
            PairsTooManyError,
        ),
    ],
)
def test_it_refuses_what_cannot_be_compared(
    people: list[tuple[str | None, float]], refusal: type[GroupsTooFewError]
) -> None:
    with pytest.raises(refusal):
        compared(*people)


@given(
    p=st.lists(st.floats(0, 1), min_size=1, max_size=12),
    correction=st.sampled_from(["holm", "bh"]),
    seed=st.integers(0, 9),
)
def test_a_corrected_p_is_never_smaller_and_keeps_the_order(
    p: list[float], correction: Correction, seed: int
) -> None:
    plain = np.array(p)
    found = adjusted(plain, correction)
    order = np.argsort(plain, kind="stable")
    shuffled = np.random.default_rng(seed).permutation(len(p))

    assert np.all(found >= plain - 1e-15)
    assert np.all(found <= 1)
    assert np.all(np.diff(found[order]) >= 0)
    assert adjusted(plain[shuffled], correction) == pytest.approx(found[shuffled])


def test_what_is_no_test_does_not_count() -> None:
    found = adjusted(np.array([0.01, NAN, 0.02]), "holm")

    assert found == pytest.approx([0.02, NAN, 0.02], nan_ok=True)

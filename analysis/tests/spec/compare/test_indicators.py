"""Weights, scores and ranks of a few places, by hand."""

import math
from typing import Any

import numpy as np
import pytest

from actscope.compare.comparison import Comparison, SubsystemUnknownError, compare_places
from actscope.compare.coupling import (
    SubsystemScoreError,
    SubsystemsTooFewError,
    coupled,
)
from actscope.compare.indicators import (
    IndicatorAllMissingError,
    IndicatorConstantError,
    IndicatorRepeatedError,
    Indicators,
    IndicatorScaleError,
    IndicatorsNoneError,
    PlacesTooFewError,
)
from actscope.compare.normalising import NotOnScaleError, normalised
from actscope.compare.stability import rank_correlation, stability
from actscope.compare.topsis import closeness, ranks
from actscope.compare.weighting import (
    EntropyNegativeError,
    EntropyOfScoresError,
    entropies,
    weights,
)
from actscope.errors import InputError

NAN = math.nan


def table(*rows: list[float], names: str = "ab", cost: str = "") -> Indicators:
    places = tuple(f"p{i}" for i in range(1, len(rows) + 1))
    values = np.array(rows, np.float64).reshape(len(rows), len(names))
    return Indicators(places, tuple(names), values, tuple(name in cost for name in names))


def run(held: Indicators, **options: Any) -> Comparison:
    return compare_places(held, **{"seed": 1, **options})


def test_normalisations_by_hand() -> None:
    held = table([3, 1], [4, 3], cost="b")

    assert normalised(held, "vector")[:, 0].tolist() == pytest.approx([0.6, 0.8])
    assert normalised(held, "vector")[:, 1].tolist() == pytest.approx(
        [-1 / math.sqrt(10), -3 / math.sqrt(10)]
    )
    assert normalised(held, "minmax").tolist() == [[0, 1], [1, 0]]
    root = math.sqrt(0.5)
    assert normalised(held, "z").ravel().tolist() == pytest.approx([-root, root, root, -root])


def test_values_on_a_scale_are_used_as_they_are() -> None:
    held = table([0.25, 0.25], [1, 0], cost="b")

    assert normalised(held, "none").tolist() == [[0.25, 0.75], [1, 1]]


def test_entropy_by_hand() -> None:
    # Shares ½, ½ have entropy 1; shares ¼, ¾ have (¼ ln 4 + ¾ ln 4/3) / ln 2 = 0.8113.
    held = table([5, 1], [5, 3])

    assert entropies(held, "vector").tolist() == pytest.approx([1, 0.811278], abs=1e-6)
    assert weights(held, "vector", "entropy").tolist() == pytest.approx([0, 1])
    assert weights(held, "vector", "equal").tolist() == [0.5, 0.5]


def test_a_share_of_nothing_adds_nothing() -> None:
    assert entropies(table([0, 0], [1, 2], [1, 2]), "vector").tolist() == pytest.approx(
        [math.log(2) / math.log(3)] * 2
    )


def test_entropy_after_scaling_is_of_the_scaled_values() -> None:
    held = table([10, -3], [11, 1], [12, 5])

    # Both scale to 0, ½, 1: shares 0, ⅓, ⅔.
    expected = (math.log(3) / 3 + 2 / 3 * math.log(1.5)) / math.log(3)
    assert entropies(held, "minmax").tolist() == pytest.approx([expected] * 2)


def test_the_best_in_all_scores_one_and_the_worst_nought() -> None:
    scores = closeness(np.array([[1.0, 1], [0, 0], [0.5, 0.5]]), np.array([0.5, 0.5]))

    assert scores.tolist() == pytest.approx([1, 0, 0.5])


def test_ties_share_the_better_rank() -> None:
    assert ranks(np.array([0.5, 0.9, 0.5, 0.1])).tolist() == [2, 1, 2, 4]
    assert ranks(np.array([0.3, 0.1 + 0.2])).tolist() == [1, 1]


def test_rank_correlation_by_hand() -> None:
    # Σd² = 2 over 3 places: 1 − 6·2 / (3·8) = 0.5.
    assert rank_correlation(np.array([1, 2, 3]), np.array([2, 1, 3])) == pytest.approx(0.5)
    assert rank_correlation(np.array([1, 2, 3]), np.array([3, 2, 1])) == pytest.approx(-1)
    assert rank_correlation(np.array([1, 1]), np.array([1, 2])) is None


def test_a_gap_is_shown_and_never_filled() -> None:
    held = table([1, 9], [2, NAN], [3, 1], names="ab")

    result = run(held)

    assert (result.n, result.missing) == (2, 1)
    last = result.places[-1]
    assert (last.place, last.rank, last.score, last.missing) == ("p2", None, None, ("b",))
    assert last.values == {"a": 2.0, "b": None}
    assert last.normalised is None
    without = run(table([1, 9], [3, 1]))
    assert [one.score for one in result.places[:2]] == [one.score for one in without.places]
    assert [one.missing for one in result.indicators] == [0, 1]


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows: list[list[float]] = [[1, 9], [2, 4], [3, 1], [7, 2]]
    one, other = run(table(*rows)), run(table(*reversed(rows)))

    assert [p.score for p in one.places] == pytest.approx([p.score for p in other.places])


def test_less_of_a_cost_is_better() -> None:
    assert run(table([1, 5], [2, 6], cost="ab")).places[0].place == "p1"
    assert run(table([1, 5], [2, 6])).places[0].place == "p2"


def test_a_constant_indicator_is_dropped_on_request_and_said() -> None:
    result = run(table([1, 7], [2, 7]), constant="drop")

    assert result.dropped == ("b",)
    assert [one.indicator for one in result.indicators] == ["a"]
    assert result.stability.without == ()


def test_an_indicator_of_noise_that_decides_is_found_out() -> None:
    # a and b agree on the order; c scatters most, takes most of the weight, and turns it round.
    held = table([10, 10, 1], [11, 11, 40], [12, 12, 9], [13, 13, 5], names="abc")

    result = run(held)

    assert result.indicators[2].weight > 0.9
    assert result.places[0].place == "p2"
    by_name = {one.without: one for one in result.stability.without}
    assert by_name["c"].first == ("p4",)
    assert by_name["c"].largest_move >= 2
    assert by_name["a"].rank_correlation == pytest.approx(1)


def test_ranks_that_hang_on_a_hair_are_told_from_firm_ones() -> None:
    firm = stability(
        table([1, 1], [2, 2], [3, 3]), method="vector", weighting="equal", seed=1, draws=100
    )
    hair = stability(
        table([1, 1], [3, 3], [3.001, 3.001]), method="vector", weighting="equal", seed=1, draws=100
    )

    assert firm.first_stays == 1
    assert firm.ranks.tolist() == [[3, 3], [2, 2], [1, 1]]
    assert hair.first_stays < 0.8
    assert hair.ranks.tolist() == [[3, 3], [1, 2], [1, 2]]


def test_the_same_seed_shakes_alike() -> None:
    held = table([1, 5], [2, 3], [4, 4])

    assert run(held, seed=3).to_dict() == run(held, seed=3).to_dict()


def test_coupling_of_six_and_five_tenths() -> None:
    (one,) = coupled(("p",), {"u": np.array([0.6]), "v": np.array([0.5])})

    c = 2 * math.sqrt(0.30) / 1.1
    assert one.coupling == pytest.approx(c)
    assert one.development == pytest.approx(0.55)
    assert one.coordination == pytest.approx(math.sqrt(c * 0.55))
    assert (one.grade_en, one.grade_zh) == ("intermediate coordination", "中级协调")


def test_coupling_of_three_subsystems() -> None:
    scores = {"u": np.array([0.2, 0.5]), "v": np.array([0.4, 0.5]), "w": np.array([0.8, 0.5])}

    low, even = coupled(("p", "q"), scores, {"u": 0.5, "v": 0.25, "w": 0.25})

    assert low.coupling == pytest.approx(3 * 0.064 ** (1 / 3) / 1.4)
    assert low.development == pytest.approx(0.4)
    assert (even.coupling, even.coordination) == pytest.approx((1, math.sqrt(0.5)))


def test_nothing_and_a_gap_have_no_coupling() -> None:
    scores = {"u": np.array([0.0, NAN]), "v": np.array([0.0, 1.0])}

    nothing, gap = coupled(("p", "q"), scores)

    assert (nothing.coupling, nothing.development, nothing.grade_en) == (None, 0, None)
    assert (gap.coupling, gap.development) == (None, None)
    assert gap.scores == {"u": None, "v": 1.0}


def test_the_scores_of_subsystems_are_weighted_means_of_scaled_indicators() -> None:
    held = table([1, 5, 2], [2, 1, 8], [3, 3, 4], names="abc")

    result = run(
        held, weighting="equal", subsystems={"people": ("a", "b"), "goods": ("c",)}
    ).coupling

    assert result is not None
    assert result[2].scores == {"people": pytest.approx(0.75), "goods": pytest.approx(1 / 3)}


@pytest.mark.parametrize(
    ("held", "options", "refusal"),
    [
        (table([1, 2]), {}, PlacesTooFewError),
        (table([1, 2], [NAN, 1], [3, NAN]), {}, PlacesTooFewError),
        (table([1, NAN], [2, NAN]), {}, IndicatorAllMissingError),
        (table([1, 3], [2, 3]), {}, IndicatorConstantError),
        (table([1, 3], [1, 3]), {"constant": "drop"}, IndicatorsNoneError),
        (table([1], [2], names="a").only([]), {}, IndicatorsNoneError),
        (table([1, 2], [2, 3], names="aa"), {}, IndicatorRepeatedError),
        (table([1, 2], [1e300, 3]), {}, IndicatorScaleError),
        (table([1, 0], [2, 1e-300]), {}, IndicatorScaleError),
        (table([1, -2], [2, 3]), {}, EntropyNegativeError),
        (table([1, 2], [2, 3]), {"method": "z"}, EntropyOfScoresError),
        (table([1, 0], [2, 1]), {"method": "none"}, NotOnScaleError),
        (table([1, 2], [2, 3]), {"subsystems": {"x": ("a",), "y": ("z",)}}, SubsystemUnknownError),
        (table([1, 2], [2, 3]), {"subsystems": {"x": ("a",)}}, SubsystemsTooFewError),
    ],
)
def test_what_cannot_be_compared_is_refused(
    held: Indicators, options: dict[str, Any], refusal: type[InputError]
) -> None:
    with pytest.raises(refusal):
        run(held, **options)


def test_a_score_outside_the_scale_is_refused() -> None:
    with pytest.raises(SubsystemScoreError):
        coupled(("p",), {"u": np.array([1.2]), "v": np.array([0.5])})

"""Agreement of raters, on a few units counted by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actscope.survey.codings import (
    CodeNotInOrderError,
    CodeNotNumberError,
    Codings,
    Level,
    OrderUnknownError,
    RaterSilentError,
    RatersTooFewError,
    UnitsTooFewError,
    codings,
)
from actscope.survey.kappa import cohen
from actscope.survey.labels import Labels
from actscope.survey.raters import Agreement, agreement

LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval")


def coded(*raters: str, level: Level | None = None, order: str = "") -> Codings:
    """Each rater's codes in one text, a dot for none."""
    given: dict[str, Labels] = {
        f"r{place}": tuple(None if code == "." else code for code in text.split())
        for place, text in enumerate(raters, 1)
    }
    return codings(given, level=level, order=order.split())


def asked(*raters: str, level: Level = "nominal", order: str = "") -> Agreement:
    return agreement(coded(*raters, level=level, order=order), level=level)


def test_kappa_is_agreement_beyond_chance() -> None:
    # They agree on 3 of 4; by chance on (3/4)(2/4) + (1/4)(2/4) = 1/2.
    found = asked("yes yes yes no", "yes yes no no")

    assert found.agreement == 0.75
    assert found.cohen == pytest.approx((0.75 - 0.5) / 0.5)
    assert found.weighted is None


def test_weights_count_near_codes_in_part() -> None:
    # The table is 1–1, 2–2, 3–3, 1–2; codes one apart are worth 1/2 (linear) or 3/4 (quadratic).
    found = asked("1 2 3 1", "1 2 3 2", level="ordinal")

    # Chance: margins ½ ¼ ¼ and ¼ ½ ¼; pairs one apart .25 + .0625 + .0625 + .125, two apart .1875.
    alike, one_apart = 0.125 + 0.125 + 0.0625, 0.25 + 0.0625 + 0.0625 + 0.125
    linear, quadratic = alike + one_apart / 2, alike + one_apart * 3 / 4
    assert found.weighted_linear == pytest.approx((0.875 - linear) / (1 - linear))
    assert found.weighted == pytest.approx((0.9375 - quadratic) / (1 - quadratic))


def test_weights_follow_distances_at_the_interval_level() -> None:
    # 1 and 2 are a tenth of the range apart, as places they would be half of it.
    by_value = asked("1 2 11 1", "1 2 11 2", level="interval")
    by_place = asked("1 2 11 1", "1 2 11 2", level="ordinal")

    assert by_value.weighted is not None
    assert by_place.weighted is not None
    assert by_value.weighted > by_place.weighted


def test_krippendorff_alpha_of_two_raters() -> None:
    # Coincidences of a a b b / a b b b: o(aa)=2, o(ab)=o(ba)=1, o(bb)=4; n(a)=3, n(b)=5.
    found = asked("a a b b", "a b b b")

    assert found.krippendorff == pytest.approx(1 - (2 / 8) / (2 * 3 * 5 / (8 * 7)))


def test_fleiss_kappa_of_three_raters() -> None:
    # Pairs agree 1, 1/3, 1; shares of a: 4/9, of b: 5/9.
    found = asked("a a b", "a b b", "a b b")

    chance = (4 / 9) ** 2 + (5 / 9) ** 2
    assert found.fleiss == pytest.approx((7 / 9 - chance) / (1 - chance))
    assert (found.cohen, found.weighted, found.agreement) == (None, None, None)


def test_missing_codes_are_counted_and_units_coded_once_left_out() -> None:
    found = asked("a b . a", "a b b .", "a . b .")

    assert (found.units, found.n, found.n_complete) == (4, 3, 1)
    assert found.missing == 4
    assert found.missing_by_rater == {"r1": 1, "r2": 1, "r3": 2}


def test_agreement_on_the_only_code_there_is_tells_nothing() -> None:
    found = asked("a a a", "a a a")

    assert (found.cohen, found.cohen_ci, found.fleiss) == (None, None, None)
    assert (found.krippendorff, found.krippendorff_ci) == (None, None)
    assert found.agreement == 1


def test_undeclared_numbers_have_an_order_but_names_have_none() -> None:
    assert coded("1 10 2", "1 2 2").labels == ("1", "2", "10")
    assert coded("1 10 2", "1 2 2", level="nominal").values is None
    assert coded("low 1", "low 1").values is None


def test_one_number_written_in_two_ways_is_one_code() -> None:
    assert asked("1 2.0 3", "1.0 2 3", level="interval").cohen == 1


def test_words_take_the_order_that_is_given() -> None:
    given = {"order": "low mid high", "level": "ordinal"}

    near = asked("low mid high high", "mid mid high high", **given)  # type: ignore[arg-type]
    far = asked("low mid high high", "high mid high high", **given)  # type: ignore[arg-type]

    assert near.codes == ("low", "mid", "high")
    assert near.krippendorff is not None
    assert far.krippendorff is not None
    assert near.krippendorff > far.krippendorff


def test_intervals_come_from_the_seed_alone() -> None:
    codes = coded("1 2 3 3 2 1 4 1 5 2 3", "1 3 3 2 2 2 4 5 4 1 3", level="ordinal")

    one = agreement(codes, level="ordinal", seed=1)

    assert one == agreement(codes, level="ordinal", seed=1)
    assert one.krippendorff_ci != agreement(codes, level="ordinal", seed=2).krippendorff_ci
    assert one.krippendorff_ci is not None
    assert one.krippendorff is not None
    assert one.krippendorff_ci[0] < one.krippendorff <= one.krippendorff_ci[1]


def test_the_variance_is_that_of_the_delta_method() -> None:
    table = np.array([[24.0, 8, 13], [8, 13, 11], [10, 9, 64]])
    share = table.ravel() / table.sum()

    def kappa(shares: np.ndarray) -> float:
        return cohen(shares.reshape(3, 3) * table.sum(), "quadratic").kappa

    slope = np.array([kappa(share + step) - kappa(share - step) for step in np.eye(9) * 1e-6])
    slope /= 2e-6
    variance = (share * (slope - share @ slope) ** 2).sum() / table.sum()
    low, high = cohen(table, "quadratic").ci
    assert (high - low) / 2 == pytest.approx(1.959964 * variance**0.5, rel=1e-5)


@settings(max_examples=8)
@given(
    level=st.sampled_from(LEVELS),
    rows=st.lists(
        st.tuples(*[st.sampled_from(["1", "2", "4", None])] * 3), min_size=4, max_size=12
    ),
)
def test_neither_the_order_of_units_nor_of_raters_matters(
    level: Level, rows: list[tuple[str | None, ...]]
) -> None:
    def found(chosen: list[tuple[str | None, ...]]) -> list[float | None]:
        columns = dict(zip("abc", zip(*chosen, strict=True), strict=True))
        result = agreement(codings(columns, level=level), level=level)
        interval = result.krippendorff_ci or ()
        return [result.krippendorff, result.fleiss, *interval]

    try:
        plain = found(rows)
    except (RaterSilentError, UnitsTooFewError):
        return

    assert found(rows[::-1]) == pytest.approx(plain, nan_ok=True)
    assert found([row[::-1] for row in rows]) == pytest.approx(plain, nan_ok=True)


def test_it_refuses_one_rater() -> None:
    with pytest.raises(RatersTooFewError):
        coded("a b")


def test_it_refuses_a_rater_without_codes() -> None:
    with pytest.raises(RaterSilentError, match="r2"):
        coded("a b", ". .")


@pytest.mark.parametrize("raters", [("a", "a"), ("a b . .", ". . a b")])
def test_it_refuses_fewer_than_two_units_in_common(raters: tuple[str, str]) -> None:
    with pytest.raises(UnitsTooFewError):
        coded(*raters)


def test_it_refuses_words_without_an_order_or_a_distance() -> None:
    with pytest.raises(OrderUnknownError, match="“low”"):
        coded("low 2", "low 2", level="ordinal")
    with pytest.raises(CodeNotNumberError, match="Row 2: the code “low” of “r1”"):
        coded("1 low", "1 2", level="interval")
    with pytest.raises(CodeNotInOrderError, match="Row 2: the code “mid” of “r2”"):
        coded("low high", "low mid", level="ordinal", order="low high")

"""Twenty-five personality items, 2,800 people: ``bfi`` of psychTools.

The numbers are those of R 4.2.2 with psych 2.2.9 (``alpha``, ``KMO``, ``cortest.bartlett``,
``fa(…, 5, rotate="varimax")``, ``omega(…, 5)``) and ``factanal``; the psych manual prints the
alphas to two digits.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from actscope.survey.answers import Answers, Use, moments, read_answers
from actscope.survey.extraction import extracted
from actscope.survey.factors import Factors, factors
from actscope.survey.hierarchy import hierarchy
from actscope.survey.reliability import alpha, reliability

LETTERS = {
    "A": "agree",
    "C": "conscientious",
    "E": "extraversion",
    "N": "neuroticism",
    "O": "openness",
}
ITEMS = tuple(f"{letter}{number}" for letter in LETTERS for number in range(1, 6))
TURNED = ("A1", "C4", "C5", "E1", "E2", "O2", "O5")


@pytest.fixture(scope="module")
def folder(data_dir: Path) -> Path:
    found = data_dir / "surveys" / "bfi"
    if not found.is_dir():
        pytest.skip("no bfi among the public data")
    return found


@pytest.fixture(scope="module")
def answers(folder: Path) -> Answers:
    return read_answers(folder / "bfi.csv", ITEMS)


@pytest.fixture(scope="module")
def computed(folder: Path) -> Any:
    """What R found."""
    return json.loads((folder / "reference_results_R.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def five(answers: Answers) -> Factors:
    return factors(answers, number=5)


def scale(answers: Answers, letter: str) -> Answers:
    return answers.only([item for item in ITEMS if item[0] == letter])


@pytest.mark.parametrize("letter", LETTERS)
def test_each_scale_is_as_reliable_as_in_r(answers: Answers, computed: Any, letter: str) -> None:
    expected = computed["bfi"][LETTERS[letter]]

    found = reliability(scale(answers, letter), reversed_items=TURNED, low=1, high=6)

    assert found.alpha == pytest.approx(expected["raw_alpha"], abs=1e-10)
    assert found.alpha_standardized == pytest.approx(expected["std_alpha"], abs=1e-10)
    assert found.alpha_if_dropped == pytest.approx(expected["alpha_if_dropped"], abs=1e-10)
    assert found.item_rest == pytest.approx(expected["item_total_corrected"], abs=1e-10)
    assert (found.mean, found.sd) == pytest.approx(
        (expected["scale_mean"], expected["scale_sd"]), abs=1e-9
    )
    assert (found.n, found.missing) == (2_800, 2_800 - expected["listwise_n"])
    assert found.likely_reversed == ()


@pytest.mark.parametrize(
    ("letter", "raw", "one_factor", "dropped", "rest"),
    [
        ("A", 0.7037558944, 0.7239835951, 0.717972, 0.311401),
        ("C", 0.7292772032, 0.7337931842, 0.696035, 0.455302),
        ("E", 0.7609326395, 0.7634082441, 0.725428, 0.513497),
        ("N", 0.8133031432, 0.8182927932, 0.757308, 0.666286),
        ("O", 0.6025464286, 0.6180702278, 0.535853, 0.389054),
    ],
)
def test_listwise_it_rests_on_those_who_answered_all(
    answers: Answers,
    computed: Any,
    letter: str,
    raw: float,
    one_factor: float,
    dropped: float,
    rest: float,
) -> None:
    chosen = scale(answers, letter)

    found = reliability(chosen, reversed_items=TURNED, low=1, high=6, use="listwise")

    assert found.n == computed["bfi"][LETTERS[letter]]["listwise_n"]
    assert found.alpha == pytest.approx(raw, abs=1e-10)
    assert found.omega == pytest.approx(one_factor, abs=5e-7)
    assert found.alpha_if_dropped[chosen.items[0]] == pytest.approx(dropped, abs=5e-7)
    assert found.item_rest[chosen.items[0]] == pytest.approx(rest, abs=5e-7)


def test_items_share_enough_for_factors(five: Factors, computed: Any) -> None:
    assert (five.n, five.missing) == (2_436, 364)
    assert five.kmo == pytest.approx(0.8486452309, abs=1e-10)
    assert round(five.kmo_items["A1"], 4) == 0.7541
    assert round(five.kmo_items["O5"], 4) == 0.7616
    assert five.bartlett.chi2 == pytest.approx(18_146.065577, abs=1e-6)
    assert (five.bartlett.df, five.bartlett.p) == (300, 0.0)
    np.testing.assert_allclose(five.eigenvalues, computed["bfi_eigenvalues_listwise"], atol=1e-9)


def test_pairwise_the_measure_rests_on_other_people(answers: Answers, computed: Any) -> None:
    found = factors(answers, number=1, use="pairwise")

    assert found.kmo == pytest.approx(computed["bfi_kmo"]["overall"], abs=1e-10)
    assert found.kmo_items == pytest.approx(computed["bfi_kmo"]["items"], abs=1e-10)


def test_five_factors_explain_what_they_do_in_r(five: Factors, computed: Any) -> None:
    expected = computed["bfi_fa5_minres_varimax"]

    assert five.ss_loadings.round(3).tolist() == [2.710, 2.473, 2.041, 1.844, 1.522]
    np.testing.assert_allclose(five.ss_loadings, list(expected["SSloadings"].values()), atol=5e-6)
    np.testing.assert_allclose(
        np.abs(list(five.loadings.values())), np.abs(expected["loadings"]), atol=5e-6
    )
    assert five.communalities == pytest.approx(expected["communalities"], abs=5e-6)


def test_parallel_analysis_finds_five(answers: Answers) -> None:
    found = factors(answers)

    assert (found.factors, found.factors_given) == (5, False)


def test_maximum_likelihood_agrees_with_factanal(answers: Answers) -> None:
    correlations = moments(answers, "listwise").correlations
    people, items = 2_436, len(ITEMS)

    found = extracted(correlations, 5, "ml")

    model = found.loadings @ found.loadings.T + np.diag(found.unique)
    loss = np.linalg.slogdet(model)[1] - np.linalg.slogdet(correlations)[1]
    loss += np.trace(np.linalg.solve(model, correlations)) - items
    chi2 = (people - 1 - (2 * items + 5) / 6 - 2 * 5 / 3) * loss
    assert chi2 == pytest.approx(1_490.586504, abs=1e-5)
    np.testing.assert_allclose(
        found.unique[:5], [0.82963886, 0.57624915, 0.46623419, 0.69110579, 0.51189582], atol=5e-6
    )


def test_omega_of_all_items_on_five_group_factors(answers: Answers) -> None:
    correlations = moments(answers, "listwise").correlations
    # psych turns the items that go against the general factor before it adds them up.
    sign = np.where(hierarchy(correlations, 5).general < 0, -1, 1)
    turned = correlations * np.outer(sign, sign)

    found = hierarchy(turned, 5)

    assert found.omega_hierarchical == pytest.approx(0.46986, abs=1e-5)
    assert found.omega_total == pytest.approx(0.878976, abs=5e-7)
    assert alpha(turned) == pytest.approx(0.8229456453, abs=1e-10)


@pytest.mark.parametrize("use", ["pairwise", "listwise"])
def test_a_missed_reversal_is_noticed(answers: Answers, use: Use) -> None:
    found = reliability(scale(answers, "A"), low=1, high=6, use=use)

    assert found.likely_reversed == ("A1",)

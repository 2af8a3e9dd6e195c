"""Nine mental tests of 301 pupils (Holzinger & Swineford 1939), three factors.

Expected: the output that the manual of lavaan prints (Rosseel 2012, Journal of Statistical Software
48(2), section 5): χ² 85.306, df 24, CFI .931, TLI .896, RMSEA .092 (.071–.114), SRMR .065, the
loadings and their standard errors. The covariances (divisor n) are those of the public data set
``HolzingerSwineford1939``.
"""

from pathlib import Path

import numpy as np
import pytest

from actscope.survey.answers import Answers, Matrix
from actscope.survey.confirmatory import Confirmatory, confirmatory, confirmed
from actscope.survey.structure import structure_of

MODEL = """
# three factors, as in the manual
visual  =~ x1 + x2 + x3
textual =~ x4 + x5 + x6
speed   =~ x7 + x8 + x9
"""
TESTS = tuple(f"x{place}" for place in range(1, 10))
PUPILS = 301
UP_TO_THE_DIAGONAL = (
    (1.35836985,),
    (0.40737133, 1.38178387),
    (0.57989932, 0.45106394, 1.27486486),
    (0.50483500, 0.20892337, 0.20816961, 1.35066451),
    (0.44061554, 0.21109108, 0.11229629, 1.09775278, 1.65978576),
    (0.45480813, 0.24754457, 0.24410898, 0.89551571, 1.01452404, 1.19635838),
    (0.08476543, -0.09675102, 0.08834184, 0.21974259, 0.14299955, 0.14407839, 1.18313946),
    (0.26383768, 0.10965939, 0.21232264, 0.12559335, 0.18060521, 0.165431, 0.53524522, 1.02198281),
    (
        *(0.45833855, 0.24400945, 0.37385257),
        *(0.24336274, 0.29524133, 0.23599695),
        *(0.37329722, 0.45731656, 1.01500387),
    ),
)


def covariances() -> Matrix:
    lower = np.zeros((9, 9))
    for row, values in enumerate(UP_TO_THE_DIAGONAL):
        lower[row, : row + 1] = values
    return lower + np.tril(lower, -1).T


@pytest.fixture(scope="module")
def fit() -> Confirmatory:
    return confirmed(structure_of(MODEL), covariances(), PUPILS)


def test_the_indices_of_fit(fit: Confirmatory) -> None:
    found = fit.fit

    assert round(found.chi2, 3) == 85.306
    assert found.df == 24
    assert (round(found.baseline_chi2, 3), found.baseline_df) == (918.852, 36)
    assert (round(found.cfi, 3), round(found.tli, 3)) == (0.931, 0.896)
    assert round(found.rmsea, 3) == 0.092
    assert [round(end, 3) for end in found.rmsea_ci] == [0.071, 0.114]
    assert round(found.srmr, 3) == 0.065
    assert found.p is not None
    assert found.p < 0.0005


def test_the_loadings(fit: Confirmatory) -> None:
    loadings = [value for items in fit.loadings.values() for value in items.values()]
    standard = [value for items in fit.loadings_std.values() for value in items.values()]
    errors = [value for items in fit.errors.values() for value in items.values()]

    assert np.round(loadings, 3).tolist() == [1, 0.554, 0.729, 1, 1.113, 0.926, 1, 1.180, 1.082]
    assert np.round(standard, 3).tolist() == (
        [0.772, 0.424, 0.581, 0.852, 0.855, 0.838, 0.570, 0.723, 0.665]
    )
    assert [error and round(error, 3) for error in errors] == (
        [None, 0.100, 0.109, None, 0.065, 0.055, None, 0.165, 0.151]
    )


def test_the_factors_correlate(fit: Confirmatory) -> None:
    found = fit.factor_correlations

    assert round(found["visual"]["textual"], 3) == 0.459
    assert round(found["visual"]["speed"], 3) == 0.471
    assert round(found["textual"]["speed"], 3) == 0.283
    assert fit.improper == ()


def test_a_factor_behind_three_factors_is_the_same_model(fit: Confirmatory) -> None:
    higher = confirmed(
        structure_of(MODEL + "ability =~ visual + textual + speed"), covariances(), PUPILS
    )

    assert higher.fit.chi2 == pytest.approx(fit.fit.chi2, abs=1e-6)
    assert higher.fit.df == 24
    assert higher.cr["ability"] is None


def test_a_unit_by_a_variance_of_one_fits_as_well(fit: Confirmatory) -> None:
    unit = """
    visual =~ NA*x1 + x2 + x3; visual ~~ 1*visual
    textual =~ NA*x4 + x5 + x6; textual ~~ 1*textual
    speed =~ NA*x7 + x8 + x9; speed ~~ 1*speed
    """

    found = confirmed(structure_of(unit), covariances(), PUPILS)

    assert found.fit.chi2 == pytest.approx(fit.fit.chi2, abs=1e-6)
    assert found.loadings["visual"]["x1"] == pytest.approx(0.900, abs=5e-4)
    assert found.loadings_std["speed"] == pytest.approx(fit.loadings_std["speed"], abs=1e-6)


def test_five_factors_of_personality(data_dir: Path) -> None:
    """χ² 4,165.467, df 265, CFI .782, TLI .754, RMSEA .078 (.076–.080), SRMR .075: ``cfa`` of
    lavaan on the complete answers to bfi, as tutorials print it."""
    source = data_dir / "surveys" / "bfi" / "bfi.csv"
    if not source.is_file():
        pytest.skip("no bfi among the public data")
    rows = np.genfromtxt(
        source, delimiter=",", names=True, missing_values="", filling_values=np.nan
    )
    items = tuple(f"{letter}{number}" for letter in "ACENO" for number in range(1, 6))
    answers = Answers(items, np.column_stack([rows[item] for item in items]))
    model = "\n".join(
        f"{letter} =~ " + " + ".join(i for i in items if i[0] == letter) for letter in "ACENO"
    )

    found = confirmatory(answers, structure_of(model))

    assert (found.n, found.missing, found.fit.df) == (2_436, 364, 265)
    assert round(found.fit.chi2, 3) == 4165.467
    assert (round(found.fit.cfi, 3), round(found.fit.tli, 3)) == (0.782, 0.754)
    assert [round(value, 3) for value in (found.fit.rmsea, *found.fit.rmsea_ci)] == (
        [0.078, 0.076, 0.080]
    )
    assert round(found.fit.srmr, 3) == 0.075

"""Published tables of raters.

Siskel and Ebert on 160 films: Agresti & Winner 1997, Chance 10, 10–14. Kappa .3888 (.2716–.5060)
and, with quadratic weights, .4580: ``cohen.kappa`` of psych 2.2.9 in R. Three diagnoses of two
clinicians: Cohen 1968, Psychological Bulletin 70, 213–220, with the values of the same function.
Four coders of twelve units: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability. Fourteen
raters of ten patients: the worked example of Fleiss' kappa, .210 (Fleiss 1971's method).
"""

import numpy as np
import pytest

from actscope.survey.answers import Matrix
from actscope.survey.codings import Codings, Level, codings
from actscope.survey.kappa import cohen, fleiss
from actscope.survey.raters import agreement

FILMS = np.array([[24.0, 8, 13], [8, 13, 11], [10, 9, 64]])
DIAGNOSES = np.array([[44.0, 7, 9], [5, 20, 5], [1, 3, 6]])
CODERS = {
    "A": "1 2 3 3 2 1 4 1 2 . . .",
    "B": "1 2 3 3 2 2 4 1 2 5 . 3",
    "C": ". 3 3 3 2 3 4 2 2 5 1 .",
    "D": "1 2 3 3 2 4 4 1 2 5 1 .",
}
PATIENTS = np.array(
    [
        [0.0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ]
)


def four_coders(level: Level) -> Codings:
    given = {
        coder: tuple(None if code == "." else code for code in text.split())
        for coder, text in CODERS.items()
    }
    return codings(given, level=level)


def test_siskel_and_ebert_agree_beyond_chance() -> None:
    found = cohen(FILMS)

    assert found.kappa == pytest.approx(0.3888385342, abs=1e-10)
    assert found.ci == pytest.approx((0.2716461456, 0.5060309229), abs=1e-10)


@pytest.mark.parametrize(
    ("table", "plain", "quadratic"),
    [(FILMS, 0.3888385342, 0.4579716282), (DIAGNOSES, 0.4915254237, 0.4545454545)],
)
def test_near_misses_count_in_part(table: Matrix, plain: float, quadratic: float) -> None:
    assert cohen(table).kappa == pytest.approx(plain, abs=1e-10)
    assert cohen(table, "quadratic").kappa == pytest.approx(quadratic, abs=1e-10)


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_four_coders_of_twelve_units(level: Level, alpha: float) -> None:
    found = agreement(four_coders(level), level=level)

    assert found.krippendorff is not None
    assert round(found.krippendorff, 3) == alpha
    assert (found.units, found.n, found.missing) == (12, 11, 7)
    assert found.cohen is None


def test_fourteen_raters_of_ten_patients() -> None:
    assert round(fleiss(PATIENTS), 3) == 0.210

"""Textbook data sets of R, with what R 4.2.2 prints for them.

``t.test`` and ``wilcox.test(extra ~ group, sleep)``; ``anova``, ``oneway.test`` and ``TukeyHSD`` on
``PlantGrowth``; ``kruskal.test(Ozone ~ Month, airquality)``; ``lm(mpg ~ wt + hp, mtcars)``;
``lm(Employed ~ ., longley)``, which agrees with the certified values of NIST; ``p.adjust``.
"""

import numpy as np
import pytest

from actscope.survey.adjusting import Correction, adjusted
from actscope.survey.comparison import Comparison, comparison
from actscope.survey.regression import regression

SLEEP = {
    "1": "0.7 -1.6 -0.2 -1.2 -0.1 3.4 3.7 0.8 0.0 2.0",
    "2": "1.9 0.8 1.1 0.1 -0.1 4.4 5.5 1.6 4.6 3.4",
}
PLANTS = {
    "ctrl": "4.17 5.58 5.18 6.11 4.50 4.61 5.17 4.53 5.33 5.14",
    "trt1": "4.81 4.17 4.41 3.59 5.87 3.83 6.03 4.89 4.32 4.69",
    "trt2": "6.31 5.12 5.54 5.50 5.37 5.29 4.92 6.15 5.80 5.26",
}
OZONE = {
    "5": "41 36 12 18 nan 28 23 19 8 nan 7 16 11 14 18 14 34 6 30 11 1 11 4 32 nan nan nan 23 45 "
    "115 37",
    "6": "nan nan 29 nan 71 39 23 21 37 20 12 13",
    "7": "135 49 32 nan 64 40 77 97 97 85 nan 10 27 nan 7 48 35 61 79 63 16 nan nan 80 108 20 52 "
    "82 50 64 59",
    "8": "39 9 16 78 35 66 122 89 110 nan nan 44 28 65 nan 22 59 23 31 44 21 9 nan 45 168 73 nan "
    "76 118 84 85",
    "9": "96 78 73 91 47 32 20 23 21 24 44 21 28 9 13 46 18 13 24 16 13 23 36 7 14 30 nan 14 18 20",
}
CARS = {
    "mpg": "21 21 22.8 21.4 18.7 18.1 14.3 24.4 22.8 19.2 17.8 16.4 17.3 15.2 10.4 10.4 14.7 32.4 "
    "30.4 33.9 21.5 15.5 15.2 13.3 19.2 27.3 26 30.4 15.8 19.7 15 21.4",
    "wt": "2.62 2.875 2.32 3.215 3.44 3.46 3.57 3.19 3.15 3.44 3.44 4.07 3.73 3.78 5.25 5.424 "
    "5.345 2.2 1.615 1.835 2.465 3.52 3.435 3.84 3.845 1.935 2.14 1.513 3.17 2.77 3.57 2.78",
    "hp": "110 110 93 110 175 105 245 62 95 123 123 180 180 180 205 215 230 66 52 65 97 150 150 "
    "245 175 66 91 113 264 175 335 109",
}
LONGLEY = {
    "Employed": "60.323 61.122 60.171 61.187 63.221 63.639 64.989 63.761 66.019 67.857 68.169 "
    "66.513 68.655 69.564 69.331 70.551",
    "GNP.deflator": "83 88.5 88.2 89.5 96.2 98.1 99 100 101.2 104.6 108.4 110.8 112.6 114.2 115.7 "
    "116.9",
    "GNP": "234.289 259.426 258.054 284.599 328.975 346.999 365.385 363.112 397.469 419.18 442.769 "
    "444.546 482.704 502.601 518.173 554.894",
    "Unemployed": "235.6 232.5 368.2 335.1 209.9 193.2 187 357.8 290.4 282.2 293.6 468.1 381.3 "
    "393.1 480.6 400.7",
    "Armed.Forces": "159 145.6 161.6 165 309.9 359.4 354.7 335 304.8 285.7 279.8 263.7 255.2 251.4 "
    "257.2 282.7",
    "Population": "107.608 108.632 109.773 110.929 112.075 113.27 115.094 116.219 117.388 118.734 "
    "120.445 121.95 123.366 125.368 127.852 130.081",
    "Year": " ".join(map(str, range(1947, 1963))),
}


def numbers(text: str) -> np.ndarray:
    return np.array(text.split(), np.float64)


def compared(groups: dict[str, str]) -> Comparison:
    values = {name: numbers(text) for name, text in groups.items()}
    return comparison(
        np.concatenate(list(values.values())),
        [name for name, given in values.items() for _ in given],
    )


def test_sleep() -> None:
    (pair,) = compared(SLEEP).pairs

    assert pair.t == pytest.approx(-1.8608135, abs=5e-8)
    assert pair.df == pytest.approx(17.776474, abs=5e-7)
    assert pair.p == pytest.approx(0.07939414, abs=5e-9)
    assert pair.ci == pytest.approx((-3.3654832307, 0.2054832307), abs=5e-11)
    assert (pair.w, pair.wilcoxon_exact) == (25.5, False)
    assert pair.p_wilcoxon == pytest.approx(0.06932758, abs=5e-9)


def test_plant_growth() -> None:
    found = compared(PLANTS)

    assert found.anova.statistic == pytest.approx(4.84609, abs=5e-6)
    assert (found.anova.df, found.anova.df_within) == (2, 27)
    assert found.anova.p == pytest.approx(0.01591, abs=5e-6)
    assert found.welch_anova is not None
    assert found.welch_anova.statistic == pytest.approx(5.1809724, abs=5e-8)
    assert found.welch_anova.df_within == pytest.approx(17.128419, abs=5e-7)
    assert found.welch_anova.p == pytest.approx(0.01739282, abs=5e-9)
    # R takes the first group from the second.
    tukey = {(p.a, p.b): (-p.difference, p.p_tukey, -p.tukey_ci[1]) for p in found.pairs}
    assert tukey["ctrl", "trt1"] == pytest.approx((-0.371, 0.3908711, -1.0622161), abs=1e-6)
    assert tukey["ctrl", "trt2"] == pytest.approx((0.494, 0.1979960, -0.1972161), abs=1e-6)
    assert tukey["trt1", "trt2"] == pytest.approx((0.865, 0.0120064, 0.1737839), abs=1e-6)
    assert found.pairs_tested == 3


def test_ozone_by_month() -> None:
    found = compared(OZONE)

    assert found.n == 116
    assert found.kruskal.statistic == pytest.approx(29.266576, abs=5e-7)
    assert found.kruskal.df == 4
    assert found.kruskal.p == pytest.approx(6.900714e-06, abs=5e-13)


def test_cars() -> None:
    columns = {name: numbers(text) for name, text in CARS.items()}

    found = regression(columns.pop("mpg"), columns, errors="classical").coefficients

    assert [c.estimate for c in found] == pytest.approx(
        [37.22727011645, -3.87783074240, -0.03177294698], abs=5e-12
    )
    assert [c.error for c in found] == pytest.approx(
        [1.598787537999, 0.632733494377, 0.009029709676], abs=5e-12
    )
    assert [c.t for c in found] == pytest.approx([23.28468870, -6.12869522, -3.51871191], abs=5e-9)
    assert [c.p for c in found] == pytest.approx(
        [2.565458512e-20, 1.119647136e-06, 1.451228532e-03], rel=1e-9
    )


def test_longley_where_predictors_nearly_follow_from_each_other() -> None:
    columns = {name: numbers(text) for name, text in LONGLEY.items()}

    found = regression(columns.pop("Employed"), columns, errors="classical").coefficients

    assert [c.estimate for c in found] == pytest.approx(
        [
            *(-3.482258635e03, 1.506187227e-02, -3.581917929e-02, -2.020229804e-02),
            *(-1.033226867e-02, -5.110410565e-02, 1.829151465e00),
        ],
        rel=1e-9,
    )
    assert [c.error for c in found] == pytest.approx(
        [
            *(8.904203836e02, 8.491492577e-02, 3.349100777e-02, 4.883996817e-03),
            *(2.142741632e-03, 2.260732001e-01, 4.554784991e-01),
        ],
        rel=1e-9,
    )


@pytest.mark.parametrize(
    ("correction", "expected"),
    [("bh", [0.05, 0.05, 0.05, 0.05, 0.05]), ("holm", [0.05, 0.08, 0.09, 0.09, 0.09])],
)
def test_p_adjust(correction: Correction, expected: list[float]) -> None:
    found = adjusted(np.array([0.01, 0.02, 0.03, 0.04, 0.05]), correction)

    assert found == pytest.approx(expected)

"""Ranks of places by their distance from the best and the worst that occur."""

import numpy as np
import numpy.typing as npt

from actscope.compare.sets import Floats
from actscope.definition import Definition

TOPSIS = Definition(
    en=(
        "With d⁺ and d⁻ the Euclidean distances of a place's weighted normalised indicators from "
        "the best and from the worst value that any place has, the score is d⁻ / (d⁺ + d⁻): 1 at "
        "the best, 0 at the worst."
    ),
    zh=(
        "d⁺、d⁻ 为该地区加权标准化指标到各指标最优值与最劣值的欧氏距离，"
        "得分为 d⁻ / (d⁺ + d⁻)：最优为 1，最劣为 0。"
    ),
    source="Hwang & Yoon 1981, Multiple Attribute Decision Making, chapter 3 (TOPSIS).",
)

DIGITS = 12
"""Scores that agree to so many digits are a tie."""


def closeness(scaled: Floats, weights: Floats) -> Floats:
    """The score of each place. ``scaled``: places × indicators, larger is better, without gaps;
    not all places alike."""
    weighted = scaled * weights
    best, worst = weighted.max(axis=0), weighted.min(axis=0)
    to_best = np.sqrt(((weighted - best) ** 2).sum(axis=1))
    to_worst = np.sqrt(((weighted - worst) ** 2).sum(axis=1))
    found: Floats = to_worst / (to_best + to_worst)
    return found


def ranks(scores: Floats) -> npt.NDArray[np.int64]:
    """1 for the highest score; ties share the better rank."""
    rounded = np.round(scores, DIGITS)
    found: npt.NDArray[np.int64] = (
        len(rounded) - np.searchsorted(np.sort(rounded), rounded, side="right") + 1
    )
    return found

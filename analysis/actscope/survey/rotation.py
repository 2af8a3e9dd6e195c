"""Turning factors so that each item belongs to few of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from actscope.survey.answers import Matrix

Rotation = Literal["varimax", "oblimin", "none"]
"""``varimax`` keeps the factors uncorrelated, ``oblimin`` lets them correlate."""

VARIMAX_SETTLED = 1e-5
"""Relative gain at which varimax stops: that of ``varimax`` in R, whose results are the ones
published. Going on changes sums of squared loadings in the third digit."""

OBLIMIN_SETTLED = 1e-8
"""Length of the projected gradient at which oblimin stops."""

BETTER = 1e-4
"""R begins where the factors stand, and now and then stays there or goes in circles. Another way is
gone as well, to its end, and taken when that is better by more than this share."""

TURNS = 1_000
"""More than these are never needed where there is something to be found."""


@dataclass(frozen=True, slots=True)
class Rotated:
    """``loadings`` (the pattern) after the turn, and the ``correlations`` of the factors."""

    loadings: Matrix
    correlations: Matrix


def rotated(loadings: Matrix, rotation: Rotation) -> Rotated:
    """The factors turned, in order of the variance they explain, each with a positive sum of
    loadings. One factor has nothing to turn to."""
    factors = loadings.shape[1]
    if factors < 2 or rotation == "none":
        return Rotated(loadings, np.eye(factors))
    turn = _varimax(loadings)
    turned = Rotated(loadings @ turn, np.eye(factors))
    if rotation == "oblimin":
        turned = _oblimin(loadings, (np.eye(factors), turn))
    share = np.diag(turned.correlations @ turned.loadings.T @ turned.loadings)
    order = np.argsort(-share, kind="stable")
    signs = np.where(turned.loadings.sum(axis=0) < 0, -1.0, 1.0)[order]
    return Rotated(
        turned.loadings[:, order] * signs,
        turned.correlations[np.ix_(order, order)] * np.outer(signs, signs),
    )


def _varimax(loadings: Matrix) -> Matrix:
    """The turn of Kaiser 1958, Psychometrika 23, 187–200, rows normalised to length one."""
    length = np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    unit = loadings / np.where(length > 0, length, 1)
    as_r, to_the_end = _as_r_turns(unit), _pair_by_pair(unit)
    better = _simplicity(unit @ to_the_end) > _simplicity(unit @ as_r) * (1 + BETTER) + 1e-12
    return to_the_end if better else as_r


def _simplicity(unit: Matrix) -> float:
    """What varimax makes as large as it can: the variance of the squared loadings of a factor."""
    return float(np.var(unit**2, axis=0).sum())


def _as_r_turns(unit: Matrix) -> Matrix:
    """Each turn is the orthogonal matrix next to the gradient."""
    turn, reached = np.eye(unit.shape[1]), 0.0
    for _ in range(TURNS):
        now = unit @ turn
        left, size, right = np.linalg.svd(unit.T @ (now**3 - now * np.mean(now**2, axis=0)))
        turn = left @ right
        before, reached = reached, size.sum()
        if reached < before * (1 + VARIMAX_SETTLED):
            break
    return turn


def _pair_by_pair(unit: Matrix) -> Matrix:
    """Each pair of factors by the angle that is best for the two, as Kaiser did it."""
    rows, factors = unit.shape
    turn = np.eye(factors)
    for _ in range(TURNS):
        widest = 0.0
        for i, j in combinations(range(factors), 2):
            one, two = (unit @ turn[:, [i, j]]).T
            u, v = one**2 - two**2, 2 * one * two
            across = 2 * (u @ v) - 2 * u.sum() * v.sum() / rows
            along = u @ u - v @ v - (u.sum() ** 2 - v.sum() ** 2) / rows
            angle = np.arctan2(across, along) / 4
            cos, sin = np.cos(angle), np.sin(angle)
            turn[:, [i, j]] = turn[:, [i, j]] @ np.array([[cos, -sin], [sin, cos]])
            widest = max(widest, abs(angle))
        if widest < 1e-9:
            break
    return turn


def _oblimin(loadings: Matrix, starts: Sequence[Matrix]) -> Rotated:
    """Direct oblimin with γ = 0 (quartimin: Jennrich & Sampson 1966, Psychometrika 31, 313–323),
    rows as they are."""
    best: tuple[float, Rotated] | None = None
    for start in starts:
        loss, found = _oblimin_from(loadings, start)
        if best is None or loss < best[0] * (1 - BETTER):
            best = loss, found
    assert best is not None
    return best[1]


def _oblimin_from(loadings: Matrix, turn: Matrix) -> tuple[float, Rotated]:
    """By gradient projection (Jennrich 2002, Psychometrika 67, 7–20)."""
    others = 1 - np.eye(loadings.shape[1])

    def at(turn: Matrix) -> tuple[Matrix, float, Matrix]:
        """The pattern, the criterion and its gradient."""
        inverse = np.linalg.inv(turn)
        pattern = loadings @ inverse.T
        crossed = pattern**2 @ others
        gradient = -(pattern.T @ (pattern * crossed) @ inverse).T
        return pattern, float((pattern**2 * crossed).sum()) / 4, gradient

    step = 1.0
    pattern, loss, gradient = at(turn)
    for _ in range(TURNS):
        downhill = gradient - turn * (turn * gradient).sum(axis=0)
        steep = float((downhill**2).sum())
        if steep < OBLIMIN_SETTLED**2:
            break
        step *= 2
        while True:
            tried = turn - step * downhill
            tried /= np.sqrt((tried**2).sum(axis=0))
            pattern_there, loss_there, gradient_there = at(tried)
            if loss - loss_there > step * steep / 2 or step < 1e-12:
                break
            step /= 2
        turn, pattern, loss, gradient = tried, pattern_there, loss_there, gradient_there
    return loss, Rotated(pattern, turn.T @ turn)

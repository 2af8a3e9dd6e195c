"""Turning factors so that each item belongs to few of them."""

from dataclasses import dataclass
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

TURNS = 5_000
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
    turned = _varimax(loadings) if rotation == "varimax" else _oblimin(loadings)
    share = np.diag(turned.correlations @ turned.loadings.T @ turned.loadings)
    order = np.argsort(-share, kind="stable")
    signs = np.where(turned.loadings.sum(axis=0) < 0, -1.0, 1.0)[order]
    return Rotated(
        turned.loadings[:, order] * signs,
        turned.correlations[np.ix_(order, order)] * np.outer(signs, signs),
    )


def _varimax(loadings: Matrix) -> Rotated:
    """Kaiser 1958, Psychometrika 23, 187–200, rows normalised to length one; each turn is the
    orthogonal matrix next to the gradient."""
    length = np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    unit = loadings / np.where(length > 0, length, 1)
    turn = np.eye(loadings.shape[1])
    reached = 0.0
    for _ in range(TURNS):
        now = unit @ turn
        left, size, right = np.linalg.svd(unit.T @ (now**3 - now * np.mean(now**2, axis=0)))
        turn = left @ right
        before, reached = reached, size.sum()
        if reached < before * (1 + VARIMAX_SETTLED):
            break
    return Rotated(loadings @ turn, np.eye(len(turn)))


def _oblimin(loadings: Matrix) -> Rotated:
    """Direct oblimin with γ = 0 (quartimin: Jennrich & Sampson 1966, Psychometrika 31, 313–323) by
    gradient projection (Jennrich 2002, Psychometrika 67, 7–20), rows as they are."""
    factors = loadings.shape[1]
    others = 1 - np.eye(factors)

    def at(turn: Matrix) -> tuple[Matrix, float, Matrix]:
        """The pattern, the criterion and its gradient."""
        inverse = np.linalg.inv(turn)
        pattern = loadings @ inverse.T
        crossed = pattern**2 @ others
        gradient = -(pattern.T @ (pattern * crossed) @ inverse).T
        return pattern, float((pattern**2 * crossed).sum()) / 4, gradient

    turn, step = np.eye(factors), 1.0
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
    return Rotated(pattern, turn.T @ turn)

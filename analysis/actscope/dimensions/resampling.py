"""Intervals from drawing the organisations anew."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from actscope.codes import groups_of

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

LEAST = 3
"""Fewer organisations than this cannot be drawn in more than a few ways."""


@dataclass(frozen=True, slots=True)
class Resamples:
    """``times[b, i]``: how often organisation i comes in draw b. Row 0 is the sample itself."""

    times: Numbers

    def of_units(self, figures: Numbers) -> Numbers:
        """Sums over organisations (U × k) in each draw (B × k)."""
        sums: Numbers = self.times @ figures
        return sums

    def of_pairs(self, one: Whole, other: Whole, figures: Numbers) -> Numbers:
        """Sums over pairs (P × k) in each draw (B × k): a pair comes as often as both its ends
        together do."""
        units = self.times.shape[1]
        groups = groups_of(one * units + other, units * units)
        columns = [np.bincount(groups.place, column, len(groups.keys)) for column in figures.T]
        one, other = np.divmod(groups.keys, max(units, 1))
        held = np.column_stack(columns).astype(np.float64)
        sums = np.empty((len(self.times), figures.shape[1]))
        for draw, times in enumerate(self.times):
            sums[draw] = (times[one] * times[other]) @ held
        return sums


def resamples(units: int, involved: Whole, *, draws: int, seed: int) -> Resamples:
    """Draws with replacement from the organisations ``involved`` (numbers below ``units``), as
    many as there are (Snijders & Borgatti 1999, Connections 22(2), 161–170)."""
    rng = np.random.default_rng(seed)
    times = np.zeros((draws + 1, units))
    times[0, involved] = 1
    if len(involved):
        even = np.full(len(involved), 1 / len(involved))
        times[1:, involved] = rng.multinomial(len(involved), even, draws)
    return Resamples(times)


def interval(drawn: Numbers, organisations: int) -> tuple[float | None, float | None]:
    """The middle 95 % of the draws after row 0; none under three organisations, or where most draws
    give no figure."""
    there = drawn[1:][np.isfinite(drawn[1:])]
    if organisations < LEAST or 2 * len(there) < len(drawn) - 1 or not len(there):
        return None, None
    lower, upper = np.quantile(there, (0.025, 0.975))
    return float(lower), float(upper)


def part(sums: Numbers, over: int, of: int) -> Numbers:
    """Column ``over`` ÷ column ``of``, not-a-number where there is nothing to divide by."""
    result = np.full(len(sums), np.nan)
    np.divide(sums[:, over], sums[:, of], out=result, where=sums[:, of] > 0)
    return result


def geometric(parts: list[Numbers], floor: float = 0.01) -> Numbers:
    """The geometric mean of those parts that have a figure in the sample itself, none taken lower
    than ``floor``; not-a-number where a draw lacks one of them, or there is none."""
    there = [part for part in parts if np.isfinite(part[0])]
    if not there:
        return np.full(len(parts[0]), np.nan)
    logs = np.log(np.maximum(there, floor))
    mean: Numbers = np.exp(logs.mean(axis=0))
    return mean


def gini(values: Numbers, times: Numbers) -> Numbers:
    """Gini's coefficient of the values of organisations in each draw: 0 where all bear the same,
    towards 1 where one bears all; not-a-number where there is nothing to bear."""
    order = np.argsort(values, kind="stable")
    x, w = values[order], times[:, order]
    number, total = w.sum(axis=1), w @ x
    # Twice the area under Lorenz's curve, by trapezia.
    below = np.cumsum(w * x, axis=1)
    area = (w * (2 * below - w * x)).sum(axis=1)
    result = np.full(len(w), np.nan)
    np.divide(area, number * total, out=result, where=total > 0)
    return 1 - result

"""Whether ranks hold when an indicator is left out or the figures shake."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from actscope.compare.indicators import ROUNDING, Indicators
from actscope.compare.normalising import Method, normalised
from actscope.compare.sets import Floats
from actscope.compare.topsis import closeness, ranks
from actscope.compare.weighting import Weighting, weights
from actscope.definition import Definition
from actscope.results import Result

Ranks = npt.NDArray[np.int64]

STABILITY = Definition(
    en=(
        "Weights, scores and ranks again without each indicator in turn, and under random errors "
        "of 5 % of an indicator's standard deviation on every value: the middle 95 % of each "
        "place's ranks and of each weight, and how often the first stays first."
    ),
    zh=(
        "依次去掉每个指标，以及对每个值加上相当于该指标标准差 5% 的随机误差后，"
        "重新计算权重、得分与排名："
        "给出各地区排名与各权重中间 95% 的范围，以及第一名保持第一的比例。"
    ),
    source=(
        "Saisana, Saltelli & Tarantola 2005, Journal of the Royal Statistical Society A 168, "
        "307–323; the size of the errors by this project."
    ),
)

DRAWS = 500
ERROR = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Without(Result):
    """The ranks when the indicator ``without`` is left out: Spearman's ``rank_correlation`` with
    the ranks of all (``None`` when all tie), who is ``first``, and by how many ranks a place moves
    at most."""

    without: str
    rank_correlation: float | None
    first: tuple[str, ...]
    largest_move: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability(Result):
    """``first_stays``: the share of ``draws`` in which the first place is first. ``ranks`` and
    ``weights``: lower and upper end of the middle 95 %, one row for each place and indicator."""

    definition: Definition
    draws: int
    seed: int
    first_stays: float
    without: tuple[Without, ...]
    ranks: Ranks
    weights: Floats


def ranked(table: Indicators, method: Method, weighting: Weighting) -> tuple[Floats, Floats, Ranks]:
    """Weights, scores and ranks of complete places."""
    counted = weights(table, method, weighting)
    scores = closeness(normalised(table, method), counted)
    return counted, scores, ranks(scores)


def stability(
    table: Indicators, *, method: Method, weighting: Weighting, seed: int, draws: int = DRAWS
) -> Stability:
    """How firm the ranks of complete places are; no indicator is constant."""
    own = ranked(table, method, weighting)[2]
    rng = np.random.default_rng(seed)
    spread = ERROR * table.values.std(axis=0, ddof=1)
    # Shares stay shares, and what is on a scale stays on it.
    low = np.where((table.values >= 0).all(axis=0), 0, -np.inf)
    high = 1 if method == "none" else np.inf
    shaken = []
    for _ in range(draws):
        values = table.values + rng.normal(size=table.values.shape) * spread
        held = Indicators(table.places, table.names, np.clip(values, low, high), table.cost)
        shaken.append(ranked(held, method, weighting))
    all_ranks = np.array([one[2] for one in shaken])
    return Stability(
        definition=STABILITY,
        draws=draws,
        seed=seed,
        first_stays=float((all_ranks[:, own == 1] == 1).all(axis=1).mean()),
        without=tuple(
            _without(table, name, own, method, weighting)
            for name in table.names
            if len(table.names) > 1
        ),
        ranks=np.quantile(all_ranks, (0.025, 0.975), axis=0, method="nearest").T,
        weights=np.quantile([one[0] for one in shaken], (0.025, 0.975), axis=0).T,
    )


def rank_correlation(one: Ranks, other: Ranks) -> float | None:
    """Spearman's ρ of two rankings in which ties share a rank; ``None`` when all tie in one."""
    a, b = _mid_ranks(one), _mid_ranks(other)
    if np.ptp(a) <= ROUNDING or np.ptp(b) <= ROUNDING:
        return None
    return float(np.corrcoef(a, b)[0, 1])


def _without(
    table: Indicators, name: str, own: Ranks, method: Method, weighting: Weighting
) -> Without:
    rest = table.only([other for other in table.names if other != name])
    found = ranked(rest, method, weighting)[2]
    return Without(
        without=name,
        rank_correlation=rank_correlation(own, found),
        first=tuple(table.places[i] for i in np.flatnonzero(found == 1).tolist()),
        largest_move=int(np.abs(found - own).max()),
    )


def _mid_ranks(shared: Ranks) -> Floats:
    """Ranks in which ties have the mean of the places they take."""
    _, place, times = np.unique(shared, return_inverse=True, return_counts=True)
    ties = times[place]
    mid: Floats = shared + (ties - 1) / 2
    return mid

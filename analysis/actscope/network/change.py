"""Whether those who are central in one phase are so in the next."""

from dataclasses import dataclass

import numpy as np

from actscope.definition import Definition
from actscope.network.graph import Graph, Weights
from actscope.network.qap import PERMUTATIONS, Qap, qap_correlation, refuse_different
from actscope.results import Result

ROUNDING = 1e-12

CHANGE = Definition(
    en=(
        "Change between two phases: Spearman's rank correlation of each centrality over the actors "
        "of both phases (ties of rank shared); p by shuffling the actors, two-sided, (r + 1) ÷ "
        "(B + 1); p_holm is corrected for the number of centralities compared (Holm). Low "
        "correlation: roles have changed. Beside it the QAP correlation of the ties themselves."
    ),
    zh=(
        "两阶段间的变化：各中心性在两阶段行动者上的斯皮尔曼等级相关（并列取平均秩）；p 由重排行动者"
        "得到（双侧，(r＋1)÷(B＋1)），p_holm 按比较的中心性个数作 Holm 校正。相关低表示角色已变。"
        "另附联系本身的 QAP 相关。"
    ),
    source=(
        "Kapucu 2006, American Review of Public Administration 36, 207–225; Spearman 1904, Am. J. "
        "Psychology 15, 72–101; Holm 1979, Scand. J. Statistics 6, 65–70."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RankChange(Result):
    """One centrality over ``n`` actors that have it in both phases; ``missing`` have it in one or
    none. ``rho`` is ``None`` when all actors are alike in one phase."""

    measure: str
    n: int
    missing: int
    rho: float | None
    p: float | None
    p_holm: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Result):
    """Between two networks over the same actors."""

    ties: Qap
    centralities: tuple[RankChange, ...]
    permutations: int
    definition: Definition


def change(
    before: Graph,
    after: Graph,
    centralities: dict[str, tuple[Weights, Weights]],
    *,
    permutations: int = PERMUTATIONS,
    seed: int = 1,
) -> Change:
    """How the networks and, for each name, the centralities before and after go together.

    The arrays are in the order of the actors; not-a-number is missing. Raises
    ``ActorsDifferError``, ``DirectionDiffersError``.
    """
    refuse_different(before, after)
    found = [
        _rank_change(name, *values, permutations=permutations, seed=seed)
        for name, values in centralities.items()
    ]
    return Change(
        ties=qap_correlation(before, after, permutations=permutations, seed=seed),
        centralities=tuple(_corrected(found)),
        permutations=permutations,
        definition=CHANGE,
    )


def ranks(values: Weights) -> Weights:
    """The ranks from 1, equal values sharing the mean of theirs."""
    _, place, sizes = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(sizes) - (sizes - 1) / 2)[place]


def _rank_change(
    name: str, one: Weights, other: Weights, *, permutations: int, seed: int
) -> RankChange:
    both = ~np.isnan(one) & ~np.isnan(other)
    n = int(both.sum())
    first, second = (_standard(ranks(values[both])) for values in (one, other))
    rho = p = None
    if n > 2 and first is not None and second is not None:
        rho = float(first @ second) / n
        rng = np.random.default_rng(seed)
        found = np.array([rng.permutation(first) @ second for _ in range(permutations)]) / n
        as_far = np.count_nonzero(np.abs(found) >= abs(rho) - ROUNDING)
        p = (as_far + 1) / (permutations + 1)
    return RankChange(measure=name, n=n, missing=len(one) - n, rho=rho, p=p, p_holm=None)


def _standard(values: Weights) -> Weights | None:
    spread = values.std() if len(values) else 0.0
    return (values - values.mean()) / spread if spread else None


def _corrected(found: list[RankChange]) -> list[RankChange]:
    """Holm: the k-th smallest of m values times m − k + 1, never below the one before it."""
    tested = sorted((one for one in found if one.p is not None), key=lambda one: one.p or 0.0)
    least, holm = 0.0, {}
    for place, one in enumerate(tested):
        least = max(least, min(1.0, (one.p or 0.0) * (len(tested) - place)))
        holm[one.measure] = least
    return [
        RankChange(
            measure=one.measure,
            n=one.n,
            missing=one.missing,
            rho=one.rho,
            p=one.p,
            p_holm=holm.get(one.measure),
        )
        for one in found
    ]

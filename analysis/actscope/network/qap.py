"""Whether two networks over the same actors go together, held against shuffled actors."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations as orders

import numpy as np

from actscope.codes import Codes
from actscope.definition import Definition
from actscope.errors import InputError
from actscope.network.graph import Graph, Weights
from actscope.results import Result

PERMUTATIONS = 1_000
EXACT_UP_TO = 7
ROUNDING = 1e-12

QAP = Definition(
    en=(
        "QAP correlation: Pearson's r between the ties (by weight) of two networks over all pairs "
        "of actors; p: the share of shufflings of the actors of one network for which r is as "
        "large or larger (one-sided), or as far from 0 or farther (two-sided); all shufflings are "
        "tried for up to 7 actors, else (r + 1) ÷ (B + 1) of a random sample."
    ),
    zh=(
        "QAP 相关：两个网络在所有行动者对上联系（按权重）的皮尔逊相关系数；p：将其中一个网络的"
        "行动者重新排列后相关系数至少同样大（单侧）或至少同样偏离 0（双侧）的比例；不超过 7 个"
        "行动者时全部枚举，否则为随机抽样的 (r＋1)÷(B＋1)。"
    ),
    source="Krackhardt 1988, Social Networks 10, 359–381.",
)


class ActorsDifferError(InputError):
    """Two networks that are not over the same actors cannot be compared pair by pair."""

    code = "actors_differ"
    en = "The two networks are not over the same actors: “{value}” is in one only."
    zh = "两个网络的行动者不同：“{value}”只在其中一个里。"


class DirectionDiffersError(InputError):
    """A network with directed ties beside one without."""

    code = "direction_differs"
    en = "One network has directed ties and the other has not."
    zh = "两个网络一个有向、一个无向。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Qap(Result):
    """Over ``n`` actors. ``r`` and both p are ``None`` where one network has all pairs tied alike;
    ``permutations`` tells how many shufflings, ``exact`` that these are all."""

    n: int
    r: float | None
    p_greater: float | None
    p_two_sided: float | None
    permutations: int
    exact: bool
    definition: Definition


def qap_correlation(
    one: Graph, other: Graph, *, permutations: int = PERMUTATIONS, seed: int = 1
) -> Qap:
    """The correlation of two networks over the same actors, with its permutation test.

    Raises ``ActorsDifferError``, ``DirectionDiffersError``.
    """
    refuse_different(one, other)
    n = one.n
    fixed, shuffled = _Moments(one), _Moments(other)
    exact = n <= EXACT_UP_TO
    if not fixed.spread or not shuffled.spread:
        return Qap(
            n=n, r=None, p_greater=None, p_two_sided=None, permutations=0, exact=exact,
            definition=QAP,
        )  # fmt: skip

    def r(order: Codes) -> float:
        covariance = _together(one, other, order) / one.pairs - fixed.mean * shuffled.mean
        return covariance / (fixed.spread * shuffled.spread)

    seen = r(np.arange(n))
    found = np.array([r(order) for order in _shufflings(n, permutations, seed)])
    as_large = np.count_nonzero(found >= seen - ROUNDING)
    as_far = np.count_nonzero(np.abs(found) >= abs(seen) - ROUNDING)
    more = 0 if exact else 1
    return Qap(
        n=n,
        r=seen,
        p_greater=(as_large + more) / (len(found) + more),
        p_two_sided=(as_far + more) / (len(found) + more),
        permutations=len(found),
        exact=exact,
        definition=QAP,
    )


def refuse_different(one: Graph, other: Graph) -> None:
    """Raise ``ActorsDifferError`` or ``DirectionDiffersError``."""
    if one.names != other.names:
        raise ActorsDifferError(value=min(set(one.names) ^ set(other.names)))
    if one.directed != other.directed:
        raise DirectionDiffersError


class _Moments:
    """Mean and spread of the weights over all pairs, absent ties being 0."""

    def __init__(self, graph: Graph) -> None:
        self.mean = float(graph.weight.sum() / max(graph.pairs, 1))
        variance = float((graph.weight**2).sum() / max(graph.pairs, 1)) - self.mean**2
        self.spread = math.sqrt(variance) if variance > ROUNDING * self.mean**2 else 0.0


def _together(one: Graph, other: Graph, order: Codes) -> float:
    """The sum over all pairs of the product of both weights, the actors of ``one`` renamed."""
    source, target = order[one.source], order[one.target]
    if not one.directed:
        source, target = np.minimum(source, target), np.maximum(source, target)
    keys = other.source * other.n + other.target
    wanted = source * other.n + target
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    there: Weights = np.where(keys[place] == wanted, other.weight[place], 0.0)
    return float(one.weight @ there)


def _shufflings(n: int, permutations: int, seed: int) -> Iterator[Codes]:
    if n <= EXACT_UP_TO:
        yield from (np.array(order) for order in orders(range(n)))
        return
    rng = np.random.default_rng(seed)
    for _ in range(permutations):
        yield rng.permutation(n)

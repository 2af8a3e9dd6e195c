"""Who goes between whom: the five brokerage roles between groups (Gould & Fernandez)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from actscope.codes import Codes
from actscope.definition import Definition
from actscope.network.graph import Graph, Weights
from actscope.results import Result

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total")

BROKERAGE = Definition(
    en=(
        "An actor j brokers from i to k when there are ties i → j and j → k and none i → k. "
        "Coordinator: all three of one group; itinerant: i and k of one, j of another; "
        "representative: i and j of one, k of another; gatekeeper: j and k of one, i of another; "
        "liaison: three groups. Expected: the mean when each tie is there with the probability of "
        "the density, the groups being fixed; z: distance from it in standard deviations. The "
        "variance of representative and gatekeeper leaves out the pairs of triads that exclude "
        "each other, that of coordinator and total those of the same three actors, as "
        "R sna::brokerage does."
    ),
    zh=(
        "若有联系 i→j 与 j→k 而无 i→k，则 j 为居间者。协调者：三者同组；巡回者：i、k 同组而 j 异组"
        "；代表：i、j 同组而 k 异组；守门人：j、k 同组而 i 异组；联络者：三者各组。期望：分组不变、"
        "各联系按密度独立出现时的均值；z：偏离期望的标准差数。代表与守门人的方差不计互斥三元组对，"
        "协调者与总数不计同三人的互斥对，与 R sna::brokerage 一致。"
    ),
    source="Gould & Fernandez 1989, Sociological Methodology 19, 89–126.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brokerage(Result):
    """``roles`` names the columns. ``actors``: one row per actor, how often it has each role;
    ``count``, ``expected`` and ``z`` of the network (not-a-number where the variance is nought).
    ``n`` actors have a group; those ``missing`` one, and their ties, are left out. Undirected ties
    go both ways, so that each pair brokered for counts twice."""

    n: int
    missing: int
    roles: tuple[str, ...]
    actors: npt.NDArray[np.int64]
    count: Codes
    expected: Weights
    z: Weights
    definition: Definition


def brokerage(graph: Graph, group: Codes) -> Brokerage:
    """The roles of each actor; ``group``: a code from 0 for each actor, −1 for none."""
    ties = graph.outgoing()
    used = (group[ties.origins] >= 0) & (group[ties.ends] >= 0)
    starts = np.concatenate([[0], np.cumsum(np.bincount(ties.origins[used], minlength=graph.n))])
    counts = _counted(starts, ties.ends[used], group)
    actors = np.column_stack([counts, counts.sum(axis=1)])
    sizes = np.bincount(group[group >= 0])
    n = int(sizes.sum())
    density = np.count_nonzero(used) / max(n * (n - 1), 1)
    expected, variance = _moments(sizes, density)
    count = actors.sum(axis=0)
    spread = np.sqrt(variance)
    z = np.divide(count - expected, spread, out=np.full(6, np.nan), where=spread > 0)
    return Brokerage(
        n=n,
        missing=graph.n - n,
        roles=ROLES,
        actors=actors,
        count=count,
        expected=expected,
        z=z,
        definition=BROKERAGE,
    )


def _moments(sizes: Codes, density: float) -> tuple[Weights, Weights]:
    """Mean and variance of each role's number. Two triads vary together where they share a tie:
    for a tie of each pair of groups, ``first`` … ``absent`` say in how many triads of a role it
    is the first, the second, or the one that must not be there."""
    n, groups = sizes.sum(), len(sizes)
    same = np.eye(groups, dtype=np.bool_)
    own, other = sizes[:, None] * np.ones(groups), np.ones((groups, 1)) * sizes[None, :]
    ties = np.where(same, own * (own - 1), own * other)
    within, beyond = np.where(same, own - 2, 0), np.where(same, n - own, 0)
    of_own, of_other = np.where(same, 0, own - 1), np.where(same, 0, other - 1)
    third = np.where(same, 0, n - own - other)
    everybody = np.full((groups, groups), n - 2)
    # (first, second, absent), and how the pairs of triads that exclude each other are counted
    shares = (
        (within, within, within, "not of the same three"),
        (of_own, of_other, beyond, "none"),
        (beyond, of_own, of_own, "none"),
        (of_other, beyond, of_other, "none"),
        (third, third, third, "all"),
        (everybody, everybody, everybody, "not of the same three"),
    )
    d = density
    chance = d * d * (1 - d)
    expected, variance = np.empty(6), np.empty(6)
    for role, (first, second, absent, excluding) in enumerate(shares):
        triads = (ties * first).sum()
        present = first + second
        sharing_present = (ties * present * (present - 1)).sum()
        sharing_absent = (ties * absent * (absent - 1)).sum()
        contrary = 2 * (ties * present * absent).sum()
        contrary = {
            "none": 0.0,
            "all": contrary - 2 * triads,  # two triads of the same three exclude each other twice
            "not of the same three": contrary - 4 * triads,
        }[excluding]
        expected[role] = triads * chance
        variance[role] = (
            triads * chance * (1 - chance)
            + sharing_present * d**3 * (1 - d) ** 3
            + sharing_absent * d**5 * (1 - d)
            - contrary * chance**2
        )
    return expected, np.maximum(variance, 0)


@njit(cache=True, nogil=True)
def _counted(starts, ends, group):  # type: ignore[no-untyped-def] # compiled
    n = len(starts) - 1
    counts = np.zeros((n, 5), np.int64)
    tied_from = np.full(n, -1, np.int64)
    for i in range(n):
        for tie in range(starts[i], starts[i + 1]):
            tied_from[ends[tie]] = i
        for tie in range(starts[i], starts[i + 1]):
            j = ends[tie]
            for second in range(starts[j], starts[j + 1]):
                k = ends[second]
                if k == i or tied_from[k] == i:
                    continue
                if group[i] == group[k]:
                    role = 0 if group[j] == group[i] else 1
                elif group[i] == group[j]:
                    role = 2
                elif group[j] == group[k]:
                    role = 3
                else:
                    role = 4
                counts[j, role] += 1
    return counts

"""The Leiden method for modularity: move, refine, gather (Traag, Waltman & van Eck 2019,
Scientific Reports 9, 5233), compiled."""

import numpy as np
from numba import njit

from actscope.codes import Codes
from actscope.network.graph import Adjacency, Ends, Weights, sums_at

RANDOMNESS = 0.01
"""How far refinement strays from the best choice (θ of the paper, in mean tie weights)."""

BETTER = 1e-10

ROUNDS = 10
"""How often at most a run starts again from its result: in large networks without structure every
round gains a little, without end."""


def leiden(ties: Adjacency, *, seed: int) -> tuple[Codes, float]:
    """The community of each actor, numbered from 0 by first appearance, and its modularity, for
    ties that stand at both of their ends. Repeated from the result until nothing improves, ten
    times at most."""
    rng = np.random.default_rng(seed)
    member = np.arange(len(ties.starts) - 1)
    reached = modularity(ties, member)
    for _ in range(ROUNDS):
        found = _once(ties, member, rng)
        value = modularity(ties, found)
        if value <= reached + BETTER:
            break
        member, reached = found, value
    return member, reached


def modularity(ties: Adjacency, member: Codes) -> float:
    """Newman's modularity of a division; 0 without ties."""
    total = ties.weight.sum()
    if not total:
        return 0.0
    inside = ties.weight[member[ties.origins] == member[ties.ends]].sum()
    strength = sums_at(member, ties.strengths, int(member.max(initial=0)) + 1)
    return float(inside / total - ((strength / total) ** 2).sum())


def _once(ties: Adjacency, member: Codes, rng: np.random.Generator) -> Codes:
    """One run from a division down to where gathering no longer makes the network smaller."""
    size = len(member)
    place, starts, ends, weight = np.arange(size), ties.starts, ties.ends, ties.weight
    total = weight.sum()
    if not total:
        return member
    theta = RANDOMNESS * total / len(weight)
    while True:
        strength = sums_at(_origins(starts), weight, size)
        member = _numbered(
            _moved(starts, ends, weight, strength, total, member.copy(), rng.permutation(size))
        )
        parts = _numbered(
            _refined(
                starts, ends, weight, strength, total, member,
                rng.permutation(size), rng.random(size), theta,
            )
        )  # fmt: skip
        fewer = int(parts.max()) + 1
        if fewer == size:
            return member[place]
        place = parts[place]
        within = np.empty(fewer, np.int64)
        within[parts] = member
        starts, ends, weight = _gathered(starts, ends, weight, parts, fewer)
        member, size = within, fewer


def _origins(starts: Codes) -> Codes:
    return np.repeat(np.arange(len(starts) - 1), np.diff(starts))


def _numbered(member: Codes) -> Codes:
    """The same division, numbered by first appearance."""
    _, first, again = np.unique(member, return_index=True, return_inverse=True)
    number = np.empty(len(first), np.int64)
    number[np.argsort(first)] = np.arange(len(first))
    return number[again]


def _gathered(
    starts: Codes, ends: Ends, weight: Weights, parts: Codes, size: int
) -> tuple[Codes, Ends, Weights]:
    """The network of the parts; what lies inside a part becomes its tie to itself."""
    keys = parts[_origins(starts)] * size + parts[ends]
    found, place = np.unique(keys, return_inverse=True)
    one, other = np.divmod(found, size)
    starts = np.concatenate([[0], np.cumsum(np.bincount(one, minlength=size))])
    return starts, other.astype(np.int32), sums_at(place, weight, len(found))


@njit(cache=True, nogil=True)
def _moved(starts, ends, weight, strength, total, member, order):  # type: ignore[no-untyped-def] # compiled
    """Each actor goes where modularity gains most, until no one wants to move."""
    n = len(starts) - 1
    mass = np.zeros(n)
    for v in range(n):
        mass[member[v]] += strength[v]
    held = np.zeros(n, np.int64)
    for v in range(n):
        held[member[v]] += 1
    free = np.empty(n, np.int64)
    frees = 0
    for c in range(n):
        if held[c] == 0:
            free[frees] = c
            frees += 1
    queue = order.copy()
    waits = np.ones(n, np.bool_)
    first, waiting = 0, n
    link = np.zeros(n)
    met = np.empty(n + 1, np.int64)
    while waiting:
        v = queue[first]
        first = (first + 1) % n
        waiting -= 1
        waits[v] = False
        own = member[v]
        mass[own] -= strength[v]
        met[0] = own
        meets = 1
        for tie in range(starts[v], starts[v + 1]):
            if ends[tie] == v:
                continue
            c = member[ends[tie]]
            if link[c] == 0.0 and c != own:
                met[meets] = c
                meets += 1
            link[c] += weight[tie]
        best = own
        gain = link[own] - strength[v] * mass[own] / total
        for k in range(1, meets):
            c = met[k]
            value = link[c] - strength[v] * mass[c] / total
            if value > gain + 1e-12 * total:
                best, gain = c, value
        if gain < -1e-12 * total and held[own] > 1 and frees:
            frees -= 1
            best = free[frees]
        for k in range(meets):
            link[met[k]] = 0.0
        mass[best] += strength[v]
        if best != own:
            member[v] = best
            held[own] -= 1
            held[best] += 1
            if held[own] == 0:
                free[frees] = own
                frees += 1
            for tie in range(starts[v], starts[v + 1]):
                w = ends[tie]
                if not waits[w] and member[w] != best:
                    queue[(first + waiting) % n] = w
                    waiting += 1
                    waits[w] = True
    return member


@njit(cache=True, nogil=True)
def _refined(starts, ends, weight, strength, total, member, order, chance, theta):  # type: ignore[no-untyped-def] # compiled
    """Inside each community, actors that stand alone join parts that are well tied to the rest
    of it, better ones more likely."""
    n = len(starts) - 1
    part = np.arange(n)
    whole = np.zeros(n)
    for v in range(n):
        whole[member[v]] += strength[v]
    mass = strength.copy()
    alone = np.ones(n, np.bool_)
    outward = np.zeros(n)  # weight from a part to the rest of its community
    for v in range(n):
        for tie in range(starts[v], starts[v + 1]):
            if ends[tie] != v and member[ends[tie]] == member[v]:
                outward[v] += weight[tie]
    link = np.zeros(n)
    met = np.empty(n + 1, np.int64)
    gains = np.empty(n + 1)
    for turn in range(n):
        v = order[turn]
        rest = whole[member[v]] - strength[v]
        if not alone[v] or outward[v] < strength[v] * rest / total:
            continue
        meets = 0
        for tie in range(starts[v], starts[v + 1]):
            w = ends[tie]
            if w == v or member[w] != member[v]:
                continue
            if link[part[w]] == 0.0:
                met[meets] = part[w]
                meets += 1
            link[part[w]] += weight[tie]
        choices, most = 0, 0.0
        for k in range(meets):
            c = met[k]
            well_tied = outward[c] >= mass[c] * (whole[member[v]] - mass[c]) / total
            gain = link[c] - strength[v] * mass[c] / total
            if well_tied and gain >= 0.0:
                met[choices], gains[choices] = c, gain
                choices += 1
                most = max(most, gain)
            else:
                link[c] = 0.0
        if choices:
            likelihood = 0.0
            for k in range(choices):
                likelihood += np.exp((gains[k] - most) / theta)
            # Staying alone gains nothing and is one of the choices.
            stays = np.exp(-most / theta)
            left = chance[turn] * (likelihood + stays) - stays
            chosen = -1
            if left >= 0.0:
                for k in range(choices):
                    chosen = met[k]
                    left -= np.exp((gains[k] - most) / theta)
                    if left < 0.0:
                        break
            if chosen >= 0:
                joined = link[chosen]
                outward[chosen] += outward[v] - 2.0 * joined
                mass[chosen] += strength[v]
                mass[v] = 0.0
                outward[v] = 0.0
                part[v] = chosen
                alone[v] = False
                alone[chosen] = False
            for k in range(choices):
                link[met[k]] = 0.0
    return part

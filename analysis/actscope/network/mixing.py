"""Whether ties stay inside groups: E–I index and mixing matrix, held against chance."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice

import numpy as np
import numpy.typing as npt
from numba import njit

from actscope.codes import Codes
from actscope.definition import Definition
from actscope.disclosure import suppressed_cells
from actscope.network.graph import Graph, Weights
from actscope.results import Result

EXACT_UP_TO = 20_000
"""Up to so many different ways of handing out the labels all are tried."""

PERMUTATIONS = 1_000
AT_ONCE = 8_000_000
ROUNDING = 1e-12

MIXING = Definition(
    en=(
        "E–I index: (ties between groups − ties inside groups) ÷ all ties between actors with a "
        "group, −1 … 1, each tie counting once whatever it weighs. z and p compare it with the "
        "same labels handed out to the actors in every other way (all ways where there are few, "
        "else a random sample): z in standard deviations of these, p the share at least as far "
        "from their mean on either side, (r + 1) ÷ (B + 1) for a sample. Mixing: ties from the "
        "group of the row to that of the column; an undirected tie between two groups stands in "
        "both of their cells."
    ),
    zh=(
        "E–I 指数：（组间联系－组内联系）÷有分组者之间的全部联系，取值 −1…1，每条联系计一次，"
        "不计权重。z 与 p 将其与同一批标签在行动者间重新分配的结果比较（可能方式较少时全部枚举，"
        "否则随机抽样）：z 以其标准差计，p 为双侧至少同样偏离均值者的比例，抽样时为 (r＋1)÷(B＋1)。"
        "混合矩阵：行组到列组的联系数；无向的组间联系在两格中各计一次。"
    ),
    source="Krackhardt & Stern 1988, Social Psychology Quarterly 51, 123–140.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixing(Result):
    """``n`` actors have a label; those ``missing`` one, and their ``ties_missing`` ties, are left
    out. ``ties[a][b]``: ties from ``labels[a]`` to ``labels[b]``; ``None`` where suppressed.

    ``ei`` is ``None`` without ties, ``z`` when the index cannot vary, ``p`` likewise. ``mean`` and
    ``sd`` are those over the ``permutations``, ``exact`` when these are all there are."""

    n: int
    missing: int
    ties_missing: int
    labels: tuple[str, ...]
    ties: tuple[tuple[int | None, ...], ...]
    ei: float | None
    mean: float | None
    sd: float | None
    z: float | None
    p: float | None
    permutations: int
    exact: bool
    definition: Definition


def mixing(
    graph: Graph,
    group: Codes,
    labels: tuple[str, ...],
    *,
    permutations: int = PERMUTATIONS,
    seed: int = 1,
    at_least: int = 0,
) -> Mixing:
    """The E–I index and mixing matrix of a division into groups.

    ``group``: the code of each actor's label in ``labels``, −1 for none. ``at_least``: cells with
    ties of fewer actors than this are suppressed, and with them what would reveal them.
    """
    with_group = group >= 0
    used = with_group[graph.source] & with_group[graph.target]
    place = np.cumsum(with_group) - 1
    source, target, label = place[graph.source[used]], place[graph.target[used]], group[with_group]
    ei = _ei(label[None, :], source, target)
    rows = max(1, AT_ONCE // max(graph.m, graph.n, 1))
    ways, exact = _ways(label, permutations, seed, rows)
    found = np.concatenate([_ei(some, source, target) for some in ways]) if len(source) else ei
    mean, sd = (float(found.mean()), float(found.std())) if len(source) else (None, None)
    varies = sd is not None and sd > ROUNDING
    return Mixing(
        n=len(label),
        missing=graph.n - len(label),
        ties_missing=int(np.count_nonzero(~used)),
        labels=labels,
        ties=_matrix(
            graph.directed, label[source], label[target], source, target, labels, at_least
        ),
        ei=float(ei[0]) if len(source) else None,
        mean=mean,
        sd=sd,
        z=(float(ei[0]) - mean) / sd if varies and mean is not None and sd else None,
        p=_two_sided(float(ei[0]), found, exact) if varies else None,
        permutations=len(found) if len(source) else 0,
        exact=exact,
        definition=MIXING,
    )


def _ei(label: npt.NDArray[np.int64], source: Codes, target: Codes) -> Weights:
    """The index for each row of labels."""
    if not len(source):
        return np.full(len(label), np.nan)
    between: Weights = _between(label.astype(np.int16), source, target)
    return 2.0 * between / len(source) - 1.0


@njit(cache=True, nogil=True)
def _between(label, source, target):  # type: ignore[no-untyped-def] # compiled
    """How many ties join different labels, for each row of labels."""
    number = np.zeros(len(label))
    for row in range(len(label)):
        of_row = label[row]
        for tie in range(len(source)):
            number[row] += of_row[source[tie]] != of_row[target[tie]]
    return number


def _two_sided(seen: float, found: Weights, exact: bool) -> float:
    centre = found.mean()
    as_far = np.count_nonzero(np.abs(found - centre) >= abs(seen - centre) - ROUNDING)
    return float(as_far / len(found) if exact else (as_far + 1) / (len(found) + 1))


def _ways(label: Codes, permutations: int, seed: int, rows: int) -> tuple[Iterator[Codes], bool]:
    """Blocks of ``rows`` of labels handed out anew, and whether they are all different ways."""
    number = math.factorial(min(len(label), 170))
    for size in np.bincount(label):
        number //= math.factorial(min(int(size), 170))
    if len(label) <= 170 and number <= EXACT_UP_TO:
        return _blocks(_arrangements(np.bincount(label).tolist()), rows), True
    rng = np.random.default_rng(seed)

    def drawn() -> Iterator[Codes]:
        for start in range(0, permutations, rows):
            some = min(rows, permutations - start)
            yield rng.permuted(np.tile(label.astype(np.int16), (some, 1)), axis=1)

    return drawn(), False


def _blocks(every: Iterator[list[int]], rows: int) -> Iterator[Codes]:
    while block := list(islice(every, rows)):
        yield np.array(block)


def _arrangements(sizes: list[int]) -> Iterator[list[int]]:
    """Every different row with ``sizes[c]`` times the label c."""
    length = sum(sizes)

    def filled(row: list[int], code: int, free: tuple[int, ...]) -> Iterator[list[int]]:
        if code == len(sizes):
            yield row
            return
        for places in combinations(free, sizes[code]):
            taken = set(places)
            placed = [code if at in taken else held for at, held in enumerate(row)]
            yield from filled(placed, code + 1, tuple(at for at in free if at not in taken))

    yield from filled([0] * length, 0, tuple(range(length)))


def _matrix(
    directed: bool,
    one: Codes,
    other: Codes,
    source: Codes,
    target: Codes,
    labels: tuple[str, ...],
    at_least: int,
) -> tuple[tuple[int | None, ...], ...]:
    size = len(labels)
    if not directed:
        one, other = np.minimum(one, other), np.maximum(one, other)
    keys = one * size + other
    number = np.bincount(keys, minlength=size * size)
    behind = {
        int(key): frozenset(np.concatenate([source[keys == key], target[keys == key]]).tolist())
        for key in (np.flatnonzero(number) if at_least else ())
    }
    hidden = suppressed_cells(behind, at_least=at_least)

    def cell(a: int, b: int) -> int | None:
        key = a * size + b if directed else min(a, b) * size + max(a, b)
        return None if key in hidden else int(number[key])

    return tuple(tuple(cell(a, b) for b in range(size)) for a in range(size))

"""How a plan treats the places, and what the proportional split would have done instead."""

from dataclasses import dataclass

import numpy as np

from actscope.allocation.problem import Floats, Mask, Problem
from actscope.codes import Codes
from actscope.definition import Definition
from actscope.results import Result

DEFINITION = Definition(
    en=(
        "Fill of a need = received ÷ demand (needs of 0 are left out); fill of a place = mean over "
        "its items; Gini = Σ|x_i − x_j| ÷ (2 n² mean) over the fills of the places; unit distance "
        "= Σ quantity × distance; loss = demand that stays unmet. Max-min: the least fill is as "
        "great as it can be, then unit distance as small as it can be."
    ),
    zh=(
        "需求满足率＝收到量÷需求量（需求为 0 的不计）；地点满足率＝其各类物资满足率的平均；"
        "基尼系数＝各地点满足率的 Σ|x_i − x_j| ÷ (2 n² 均值)；运输量＝Σ 数量×距离；"
        "损失＝未满足的需求量。最大最小公平：先使最低满足率尽量高，再使运输量尽量小。"
    ),
    source=(
        "Max-min and α-fairness: Bertsimas, Farias & Trichakis 2011, Operations Research 59:17. "
        "Lexicographic order: Megiddo 1974, Mathematical Programming 7:97. Gini 1912."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness(Result):
    """``min_fill``: the least fill of any need. ``gini``: over the fills of places; ``None`` when
    nobody gets anything. ``most_deprived``: the place of least fill (the first by name of equal
    ones). All are ``None`` without demand. ``loss``: unmet demand, all items added up."""

    shipped: float
    unit_distance: float
    min_fill: float | None
    gini: float | None
    most_deprived: str | None
    loss: float


def fills(problem: Problem, shipped: Floats) -> Floats:
    """Received ÷ demand of each need; not-a-number where nothing is wanted."""
    share: Floats = np.full(len(problem.demand), np.nan)
    np.divide(problem.received(shipped), problem.demand, out=share, where=problem.demand > 0)
    return share


def place_fills(fill: Floats, place: Codes, places: int) -> tuple[Floats, Mask]:
    """The mean fill of each place over its needs, and which places have one."""
    wants = ~np.isnan(fill)
    number = np.bincount(place[wants], minlength=places)
    total = np.bincount(place[wants], fill[wants], places)
    return total / np.maximum(number, 1), number > 0


def fairness(problem: Problem, shipped: Floats, place: Codes, places: tuple[str, ...]) -> Fairness:
    """The figures of one plan; ``place``: of each need."""
    fill = fills(problem, shipped)
    mean, asks = place_fills(fill, place, len(places))
    asking = np.flatnonzero(asks).tolist()
    return Fairness(
        shipped=float(shipped.sum()),
        unit_distance=float(problem.distance @ shipped),
        min_fill=float(np.nanmin(fill)) if asking else None,
        gini=gini(mean[asks]),
        most_deprived=places[min(asking, key=lambda i: (round(float(mean[i]), 9), places[i]))]
        if asking
        else None,
        loss=float(np.maximum(problem.demand - problem.received(shipped), 0).sum()),
    )


def gini(values: Floats) -> float | None:
    """Σ|x_i − x_j| ÷ (2 n² mean); ``None`` when all are 0 or there are none."""
    total = float(values.sum())
    if total <= 0:
        return None
    ordered, n = np.sort(values), len(values)
    ranks = np.arange(1, n + 1)
    return max(float((2 * ranks - n - 1) @ ordered) / (n * total), 0.0)

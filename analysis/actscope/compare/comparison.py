"""Places side by side: weights, scores, ranks, how firm they are, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from actscope.compare.coupling import COUPLING_COORDINATION, Coupled, coupled
from actscope.compare.indicators import Constant, Indicators, comparable
from actscope.compare.normalising import NORMALISATION, Method, normalised
from actscope.compare.sets import Floats
from actscope.compare.stability import Stability, ranked, stability
from actscope.compare.topsis import TOPSIS
from actscope.compare.weighting import WEIGHTS, Weighting, entropies
from actscope.definition import Definition
from actscope.errors import InputError
from actscope.results import Result


class SubsystemUnknownError(InputError):
    """A subsystem of indicators that are not compared."""

    code = "subsystem_unknown"
    en = "The subsystem “{field}” names “{value}”, which is not among the indicators compared."
    zh = "子系统“{field}”包含“{value}”，它不在所比较的指标之列。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing(Result):
    """One place. ``rank`` 1 is best, ``rank_equal`` the one with equal weights; ``rank_low`` to
    ``rank_high`` is where it stands when the figures shake. A place that lacks an indicator
    (``missing``) has its values and no rank. ``normalised``: larger is better."""

    place: str
    rank: int | None
    score: float | None
    rank_equal: int | None
    rank_low: int | None
    rank_high: int | None
    missing: tuple[str, ...]
    values: Mapping[str, float | None]
    normalised: Mapping[str, float | None] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed(Result):
    """One indicator: its weight with the middle 95 % under errors, its entropy over complete
    places (``None`` for z scores and negative values), and how many places have it."""

    indicator: str
    direction: str
    weight: float
    weight_low: float
    weight_high: float
    entropy: float | None
    n: int
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Result):
    """``n`` places ranked, ``missing`` not, since they lack an indicator; ``dropped`` indicators
    are constant. ``coupling`` has the ranked places; it is ``None`` unless subsystems were asked
    for."""

    n: int
    missing: int
    definition: Definition
    normalisation: Definition
    weighting: Definition
    places: tuple[Standing, ...]
    indicators: tuple[Weighed, ...]
    dropped: tuple[str, ...]
    stability: Stability
    coupling_definition: Definition
    coupling: tuple[Coupled, ...] | None


def compare_places(
    table: Indicators,
    *,
    weighting: Weighting = "entropy",
    method: Method = "vector",
    constant: Constant = "refuse",
    subsystems: Mapping[str, tuple[str, ...]] | None = None,
    seed: int,
) -> Comparison:
    """Rank places by TOPSIS, best first, those with gaps last.

    Ranks, weights and scores rest on the places that have every indicator; a gap is never filled.
    ``subsystems``: for coupling coordination, the indicators of each; the score of a subsystem is
    the mean of its indicators, scaled by min–max (or as given with ``none``), by their weights.

    Raises what ``comparable``, ``normalised``, ``entropies`` and ``coupled`` raise, and
    ``SubsystemUnknownError``.
    """
    table, dropped = comparable(table, constant=constant)
    held = table.complete
    counted, scores, places = ranked(held, method, weighting)
    equal = ranked(held, method, "equal")[2]
    firm = stability(held, method=method, weighting=weighting, seed=seed)
    scaled = normalised(held, method)
    at = {place: i for i, place in enumerate(held.places)}
    standings = [
        Standing(
            place=place,
            rank=int(places[at[place]]) if place in at else None,
            score=float(scores[at[place]]) if place in at else None,
            rank_equal=int(equal[at[place]]) if place in at else None,
            rank_low=int(firm.ranks[at[place], 0]) if place in at else None,
            rank_high=int(firm.ranks[at[place], 1]) if place in at else None,
            missing=tuple(
                name
                for name, value in zip(table.names, table.values[i], strict=True)
                if np.isnan(value)
            ),
            values=_by_name(table.names, table.values[i]),
            normalised=_by_name(table.names, scaled[at[place]]) if place in at else None,
        )
        for i, place in enumerate(table.places)
    ]
    return Comparison(
        n=len(held.places),
        missing=len(table.places) - len(held.places),
        definition=TOPSIS,
        normalisation=NORMALISATION[method],
        weighting=WEIGHTS[weighting],
        places=tuple(sorted(standings, key=lambda one: (one.rank is None, one.rank, one.place))),
        indicators=_weighed(table, held, method, counted, firm),
        dropped=dropped,
        stability=firm,
        coupling_definition=COUPLING_COORDINATION,
        coupling=_coupling(held, method, counted, subsystems) if subsystems else None,
    )


def _weighed(
    table: Indicators, held: Indicators, method: Method, counted: Floats, firm: Stability
) -> tuple[Weighed, ...]:
    shares = method == "minmax" or (method != "z" and bool((held.values >= 0).all()))
    entropy = entropies(held, method).tolist() if shares else [None] * len(table.names)
    gaps = np.isnan(table.values).sum(axis=0).tolist()
    return tuple(
        Weighed(
            indicator=name,
            direction="cost" if table.cost[j] else "benefit",
            weight=float(counted[j]),
            weight_low=float(firm.weights[j, 0]),
            weight_high=float(firm.weights[j, 1]),
            entropy=entropy[j],
            n=len(table.places) - gaps[j],
            missing=gaps[j],
        )
        for j, name in enumerate(table.names)
    )


def _coupling(
    held: Indicators,
    method: Method,
    counted: Floats,
    subsystems: Mapping[str, tuple[str, ...]],
) -> tuple[Coupled, ...]:
    scaled = normalised(held, "none" if method == "none" else "minmax")
    scores = {}
    for subsystem, names in subsystems.items():
        for name in names:
            if name not in held.names:
                raise SubsystemUnknownError(field=subsystem, value=name)
        inside = [held.names.index(name) for name in names]
        share = counted[inside] / counted[inside].sum()
        scores[subsystem] = np.clip(scaled[:, inside] @ share, 0, 1)
    return coupled(held.places, scores)


def _by_name(names: tuple[str, ...], row: Floats) -> dict[str, float | None]:
    return {
        name: None if np.isnan(value) else value
        for name, value in zip(names, row.tolist(), strict=True)
    }

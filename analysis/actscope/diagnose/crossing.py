"""Measures of work across boundaries, of the burden on units, and of its course over time."""

from functools import partial

import numpy as np

from actscope.definition import Definition
from actscope.diagnose.log import Log
from actscope.diagnose.measured import Measured, Worst
from actscope.diagnose.shares import Measure
from actscope.dimensions.boundaries import Boundary
from actscope.dimensions.gaps import GAPS, WorstPair
from actscope.dimensions.mechanisms import burden
from actscope.dimensions.resampling import gini, interval
from actscope.tempo.cooperation import CURVE, cooperation

PARTS = {"answered": "answer", "on_time": "on_time", "reciprocity": "reciprocity"}
"""What rules call a part of a gap, and what ``dimensions`` calls it."""

BURDEN = Definition(
    "Gini of the requests that each organisation received, each request weighing the same.",
    "各组织所收请求数的基尼系数（每项请求同权）。",
    "Gini 1912, Variabilità e mutabilità; interval: organisations drawn anew. By this project.",
)


def gap(log: Log, boundary: Boundary) -> Measured:
    """The index of a boundary."""
    found = log.gaps[boundary]
    return Measured(
        value=found.index,
        lower=found.lower,
        upper=found.upper,
        n=found.n,
        missing=found.missing,
        definition=GAPS,
        cases=tuple(map(_pair, found.worst)),
    )


def part(log: Log, boundary: Boundary, name: str) -> Measured:
    """One part of the index of a boundary."""
    found = log.gaps[boundary]
    lower, upper = found.part_intervals[name]
    return Measured(
        value=found.parts[name],
        lower=lower,
        upper=upper,
        n=found.part_n[name],
        missing=found.missing,
        definition=GAPS,
        cases=tuple(map(_pair, found.worst)),
    )


def burden_gini(log: Log) -> Measured:
    """How unevenly requests fall on organisations."""
    borne = burden(log.view, log.requests)
    drawn = gini(borne, log.drawn.times)
    lower, upper = interval(drawn, len(borne))
    names = log.view.organisations.names
    most = np.argsort(-borne, kind="stable")[: np.count_nonzero(borne)].tolist()
    return Measured(
        value=float(drawn[0]) if np.isfinite(drawn[0]) else None,
        lower=lower,
        upper=upper,
        n=int(borne.sum()),
        missing=0,
        definition=BURDEN,
        cases=tuple(
            Worst(who=names[who], value=float(borne[who] / borne.sum()), n=int(borne[who]))
            for who in most
        ),
    )


def curve_bend(log: Log) -> Measured:
    """The bend of cooperation per open case over the days: below 0 it rises and then falls."""
    found = cooperation(log.acts, cases=log.cases)
    bend = found.test.curvature if found.test else None
    return Measured(
        value=bend.value if bend else None,
        lower=bend.lower if bend else None,
        upper=bend.upper if bend else None,
        n=found.test.n if found.test else 0,
        missing=found.test.missing if found.test else 0,
        definition=CURVE,
    )


CROSSING: dict[str, Measure] = {
    **{f"gap_{boundary.value}": partial(gap, boundary=boundary) for boundary in Boundary},
    **{
        f"{called}_{boundary.value}": partial(part, boundary=boundary, name=name)
        for called, name in PARTS.items()
        for boundary in Boundary
    },
    "burden_gini": burden_gini,
    "curve_bend": curve_bend,
}


def _pair(worst: WorstPair) -> Worst:
    """The share of requests that were answered in time and not passed back; 0 where a planned tie
    stayed silent."""
    well = max(worst.answered - worst.late - worst.refused, 0)
    return Worst(
        who=f"{worst.source} → {worst.target}",
        value=well / worst.asked if worst.asked else 0.0,
        n=worst.asked,
    )

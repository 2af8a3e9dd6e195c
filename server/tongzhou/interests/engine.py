"""Figures that the analysis library works out, as a process of its own (see ADR 15): a question
as JSON on standard input, the answer as JSON on standard output.

    python -m tongzhou.interests.engine < question.json > answer.json

It imports compiled code of many megabytes, so it lives for one question.
"""

import sys
from typing import Any

import numpy as np
import orjson
import pyarrow as pa

from actscope.dimensions.measured import DRAWS
from actscope.dimensions.resampling import gini, interval, resamples
from actscope.network.fragility import fragility
from actscope.network.graph import graph_of_ties


def inequality(values: list[float]) -> dict[str, Any]:
    """Gini's coefficient of what units bear, with the interval of drawing the units anew; none
    where nobody bears anything."""
    borne = np.asarray(values, np.float64)
    n = len(borne)
    drawn = gini(borne, resamples(n, np.arange(n), draws=DRAWS, seed=1).times)
    lower, upper = interval(drawn, n)
    value = float(drawn[0]) if n and np.isfinite(drawn[0]) else None
    return {"value": value, "lower": lower, "upper": upper, "n": n}


def failures(actors: list[str], ties: list[tuple[str, str, float]]) -> dict[str, Any]:
    """The actors without whom the network falls into parts, the worst first."""
    source, target, weight = zip(*ties, strict=True) if ties else ((), (), ())
    table = pa.table({
        "source": pa.array(source, pa.string()),
        "target": pa.array(target, pa.string()),
        "weight": pa.array(weight, pa.float64()),
    })  # fmt: skip
    found = fragility(graph_of_ties(table, actors=actors, directed=True))
    points = [
        {"id": p.id, "parts": p.parts, "cut": p.pairs_cut, "share": p.share} for p in found.points
    ]
    return {"n": found.n, "largest": found.largest, "points": points}


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """What was asked: "inequality" of values, or "failures" of actors and ties."""
    if question["what"] == "inequality":
        return inequality(question["values"])
    return failures(question["actors"], question["ties"])


def main() -> int:
    """Reads the question, writes the answer."""
    sys.stdout.buffer.write(orjson.dumps(answer(orjson.loads(sys.stdin.buffer.read()))))
    return 0


if __name__ == "__main__":
    sys.exit(main())

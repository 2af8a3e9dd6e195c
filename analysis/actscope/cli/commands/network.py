"""``actscope network --ties T [--nodes N] [--directed] [--group c]… [--by c]``: the measures of a
network, of each of its actors, and of each division into groups.

With ``--by`` a list of them, one for each value of a column of the ties, over the same actors.
"""

import argparse
from itertools import pairwise
from typing import Any

import numpy as np

from actscope.cli import options as shared
from actscope.cli.answer import Answer
from actscope.cli.networks.asking import asked
from actscope.cli.networks.shape import SHAPE_OF_ONE
from actscope.cli.networks.telling import lines_of, told
from actscope.codes import Codes
from actscope.network.betweenness import pivots_needed
from actscope.network.change import Change, change
from actscope.network.graph import Weights
from actscope.network.plan_fit import plan_fit
from actscope.network.portrait import Portrait, hidden, portrait

SHAPE: Any = SHAPE_OF_ONE

AT_LEAST = 3


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the sub-command takes."""
    parser.add_argument("--ties", required=True, help="a table with one tie in each row")
    parser.add_argument("--nodes", help="a table with one actor in each row; ties may name more")
    parser.add_argument("--directed", action="store_true", help="a tie goes from source to target")
    parser.add_argument("--source", default="source", help="column of the ties")
    parser.add_argument("--target", default="target", help="column of the ties")
    parser.add_argument("--weight", help="column of the ties (weight, where there is one; else 1)")
    parser.add_argument("--by", help="column of the ties: a network for each of its values")
    parser.add_argument("--id", help="column of the nodes (the first)")
    parser.add_argument(
        "--group", action="append", default=[], help="column of the nodes that divides them"
    )
    parser.add_argument("--plan", help="a table of the ties that were planned, in the same columns")
    parser.add_argument(
        "--repeated", choices=("sum", "refuse"), default="sum", help="rows of the same pair"
    )
    parser.add_argument(
        "--distance",
        choices=("steps", "inverse"),
        default="steps",
        help="for betweenness: each tie one step, or 1 ÷ weight long",
    )
    parser.add_argument(
        "--pivots",
        type=_positive,
        help="start betweenness from so many actors drawn (all; 1,000 in large networks)",
    )
    parser.add_argument(
        "--permutations", type=_positive, default=1_000, help="of each test by shuffling"
    )
    parser.add_argument(
        "--suppress", action="store_true", help=f"hide cells under {AT_LEAST} actors"
    )
    shared.seed(parser)


def _positive(text: str) -> int:
    """A whole number from 1."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def run(options: argparse.Namespace) -> Answer:
    """The networks."""
    found = asked(options)
    at_least = AT_LEAST if options.suppress else 0
    unshown = hidden(found.graphs, at_least)
    portraits = {
        value: portrait(
            graph,
            found.groups,
            by_strength=options.distance == "inverse",
            pivots=options.pivots or pivots_needed(graph),
            permutations=options.permutations,
            seed=options.seed,
            at_least=at_least,
        )
        for value, graph in found.graphs.items()
        if value not in unshown
    }
    changes = _changes(portraits, options)
    fits = {
        value: plan_fit(found.plan, graph) for value, graph in found.graphs.items() if found.plan
    }
    values = [
        told(
            graph,
            portraits.get(value),
            by=value if options.by else None,
            missing=found.missing,
            suppressed=unshown.get(value),
            change=changes.get(value),
            plan=None if value in unshown else fits.get(value),
        )
        for value, graph in found.graphs.items()
    ]
    lines = [line for value in values for line in [*lines_of(value), ""]]
    return Answer(value=values if options.by else values[0], lines=lines[:-1])


def _changes(
    portraits: dict[str, Portrait], options: argparse.Namespace
) -> dict[str, tuple[str, Change]]:
    """Each network beside the one before it."""
    found = {}
    for (earlier, before), (value, after) in pairwise(portraits.items()):
        compared = change(
            before.graph,
            after.graph,
            {
                "in_degree": (_floats(before.degrees.into), _floats(after.degrees.into)),
                "out_degree": (_floats(before.degrees.out), _floats(after.degrees.out)),
                "betweenness": (before.betweenness.values, after.betweenness.values),
                "pagerank": (before.pagerank, after.pagerank),
            },
            permutations=options.permutations,
            seed=options.seed,
        )
        found[value] = earlier, compared
    return found


def _floats(values: Codes) -> Weights:
    return values.astype(np.float64)

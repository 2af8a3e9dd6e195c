"""Who does what where in the Ebola response of 2014 (UN OCHA 3W), ten dated snapshots.

Two organisations are tied when they do the same activity in the same region of a country. Facts of
SOURCE.md, computed there apart from this library: 61 organisations and 486 ties on 1 September, 150
and 2,598 on 18 November; UNICEF, whose name is spelt in two ways,
is the top broker in nine of ten snapshots.
"""

from itertools import combinations
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pytest

from actscope.network.betweenness import betweenness
from actscope.network.change import change
from actscope.network.graph import Graph, graph_of_ties

UNICEF = {"UNICEF", "United Nations Children's Fund"}


@pytest.fixture(scope="module")
def snapshots(data_dir: Path) -> dict[str, Graph]:
    """The network of each day."""
    path = data_dir / "networks" / "ebola_3w" / "ebola_3w_snapshots.csv"
    if not path.is_file():
        pytest.skip("no snapshots among the public data")
    present: dict[str, dict[tuple[str, str, str], set[str]]] = {}
    columns = pa.csv.ConvertOptions(column_types={"snapshot_date": pa.string()})
    for row in pa.csv.read_csv(path, convert_options=columns).to_pylist():
        if row["organisation"]:
            place = row["country"], row["region"], row["activity"]
            day = present.setdefault(row["snapshot_date"], {})
            day.setdefault(place, set()).add(row["organisation"])
    return {day: _together(list(places.values())) for day, places in present.items()}


def _together(places: list[set[str]]) -> Graph:
    pairs = [pair for place in places for pair in combinations(sorted(place), 2)]
    ties = pa.table({"source": [one for one, _ in pairs], "target": [other for _, other in pairs]})
    return graph_of_ties(ties, actors=set().union(*places), directed=False)


def test_organisations_and_ties(snapshots: dict[str, Graph]) -> None:
    first, late = snapshots["2014-09-01"], snapshots["2014-11-18"]

    assert (first.n, first.m) == (61, 486)
    assert (late.n, late.m) == (150, 2598)


def test_unicef_is_the_top_broker_nine_times_in_ten(snapshots: dict[str, Graph]) -> None:
    top = [
        network.names[int(betweenness(network).values.argmax())] for network in snapshots.values()
    ]

    assert len(top) == 10
    assert sum(name in UNICEF for name in top) == 9


def test_neighbouring_snapshots_are_nearly_the_same(snapshots: dict[str, Graph]) -> None:
    """Over all organisations of both days the ties go together, and so do degrees."""
    days = "2014-11-11", "2014-11-18"
    everybody = set(snapshots[days[0]].names) | set(snapshots[days[1]].names)
    before, after = (_among(snapshots[day], everybody) for day in days)
    degrees = [network.either_way().degrees.astype(float) for network in (before, after)]

    found = change(before, after, {"degree": (degrees[0], degrees[1])}, permutations=99)

    assert found.ties.r is not None
    assert found.ties.r > 0.9
    assert found.ties.p_greater == pytest.approx(1 / 100)
    assert found.centralities[0].rho is not None
    assert found.centralities[0].rho > 0.9


def _among(network: Graph, everybody: set[str]) -> Graph:
    ties = pa.table(
        {
            "source": [network.names[code] for code in network.source],
            "target": [network.names[code] for code in network.target],
            "weight": network.weight,
        }
    )
    return graph_of_ties(ties, actors=everybody, directed=False)

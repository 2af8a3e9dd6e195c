"""Police radio communication at the World Trade Center, 11 September 2001.

Butts, Petrescu-Prahova & Cross 2007, Journal of Mathematical Sociology 31, 121–147: 481 calls among
37 communicants. That two of them never call, and the 86 directed pairs with density 0.0646 and
edgewise reciprocity 0.8605, was computed from the same calls apart from this library.
"""

import csv
from pathlib import Path

import pyarrow as pa
import pytest

from actscope.network.ties import Network, ties


@pytest.fixture(scope="module")
def network(data_dir: Path) -> Network:
    """The calls as acts of one partner each."""
    folder = data_dir / "networks" / "wtc_police_radio"
    if not folder.is_dir():
        pytest.skip("no radio calls among the public data")
    with (folder / "radio_calls.csv").open(encoding="utf-8") as file:
        calls = list(csv.DictReader(file))
    with (folder / "actors.csv").open(encoding="utf-8") as file:
        everybody = [row["actor"] for row in csv.DictReader(file)]
    acts = pa.table(
        {
            "by_unit": [call["source"] for call in calls],
            "with_units": [[call["recipient"]] for call in calls],
            "kind": ["report"] * len(calls),
        }
    )
    return ties(acts, units=everybody).whole


def test_it_counts_calls_actors_and_pairs(network: Network) -> None:
    assert (network.n, network.units, network.ties.num_rows) == (481, 37, 86)


def test_it_finds_the_two_who_never_call(network: Network) -> None:
    assert [node.unit for node in network.nodes if not node.partners] == ["13", "7"]


def test_density_and_reciprocity_are_those_computed_elsewhere(network: Network) -> None:
    assert network.density == pytest.approx(0.0646, abs=5e-5)
    assert network.reciprocity == pytest.approx(0.8605, abs=5e-5)

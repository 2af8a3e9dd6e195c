"""Marriage and business among Florentine families, as R's sna 2.7.1 gives them."""

import pytest

from actscope.network.betweenness import betweenness
from actscope.network.fragility import fragility
from actscope.network.graph import Graph
from actscope.network.qap import qap_correlation


def test_betweenness(marriage: Graph) -> None:
    found = dict(zip(marriage.names, betweenness(marriage).values, strict=True))

    assert [found[name] for name in marriage.names] == pytest.approx(
        [0, 58 / 3, 8.5, 9.5, 5, 0, 139 / 6, 0, 47.5, 0, 2, 0, 31 / 3, 13, 28 / 3, 25 / 3]
    )
    assert max(found, key=found.__getitem__) == "Medici"


def test_qap_correlation(marriage: Graph, business: Graph) -> None:
    found = qap_correlation(marriage, business, permutations=4_000)

    assert found.r == pytest.approx(0.3718678721, abs=5e-11)
    # R drew 7e-4; both are samples of the same few shufflings in a thousand.
    assert found.p_greater is not None
    assert 2e-4 < found.p_greater < 2e-3


def test_without_the_medici_the_pazzi_are_cut_off(marriage: Graph) -> None:
    worst = fragility(marriage).points[0]

    assert (worst.id, worst.parts, worst.largest) == ("Medici", 3, 11)

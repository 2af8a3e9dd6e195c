"""Failures, plans, phases compared: by hand."""

import numpy as np
import pytest

from actscope.network.change import change, ranks
from actscope.network.fragility import fragility
from actscope.network.plan_fit import plan_fit
from actscope.network.qap import ActorsDifferError, DirectionDiffersError, qap_correlation

from .conftest import Draw


def test_without_the_middle_of_a_line_its_ends_part(draw: Draw) -> None:
    """a-b-c-d-e: without c 2 and 2 are left, 4 of the 6 pairs of others cannot meet."""
    found = fragility(draw("a-b b-c c-d d-e"))

    assert found.largest == 5
    assert [(f.id, f.parts, f.largest, f.pairs_cut) for f in found.points] == [
        ("c", 2, 2, 4),
        ("b", 2, 3, 3),
        ("d", 2, 3, 3),
    ]
    assert found.points[0].share == pytest.approx(4 / 6)


def test_a_ring_has_no_point_of_failure(draw: Draw) -> None:
    assert fragility(draw("a-b b-c c-d d-a")).points == ()


def test_failures_are_of_the_whole_network(draw: Draw) -> None:
    """The line p-q-r falls apart without q; the largest part is still the ring of four."""
    (found,) = fragility(draw("a-b b-c c-d d-a p-q q-r")).points

    assert (found.id, found.largest, found.pairs_cut) == ("q", 4, 1)
    assert found.share == pytest.approx(1 / 7)


def test_plan_fit_is_ties_of_both_over_ties_of_either(draw: Draw) -> None:
    plan = draw("health-hospital health-street street-grid", directed=True)
    fact = draw("health-hospital street-health firm-grid", directed=True)

    found = plan_fit(plan, fact)

    assert (found.planned, found.actual, found.both) == (3, 3, 1)
    assert found.jaccard == pytest.approx(1 / 5)
    assert found.kept == pytest.approx(1 / 3)
    assert found.blocking == (("health", "street"), ("street", "grid"))
    assert found.emergent == (("firm", "grid"), ("street", "health"))
    assert found.unplanned_actors == ("firm",)


def test_nothing_planned_and_nothing_done_has_no_fit(draw: Draw) -> None:
    found = plan_fit(draw("", alone="a b"), draw("", alone="a b"))

    assert (found.jaccard, found.kept) == (None, None)


def test_a_directed_plan_does_not_compare_with_undirected_ties(draw: Draw) -> None:
    with pytest.raises(DirectionDiffersError) as refused:
        plan_fit(draw("a-b", directed=True), draw("a-b"))

    assert refused.value.code == "direction_differs"


def test_a_network_goes_with_itself(draw: Draw) -> None:
    """A line of four can be laid upon itself in 2 of 24 ways."""
    line = draw("a-b b-c c-d")

    found = qap_correlation(line, line)

    assert (found.permutations, found.exact) == (24, True)
    assert found.r == pytest.approx(1)
    assert found.p_greater == pytest.approx(2 / 24)


def test_qap_is_pearsons_r_over_all_pairs(draw: Draw) -> None:
    """Pairs ab ac bc: (2 0 1) and (1 0 0): covariance 1/3, variances 2/3 and 2/9."""
    found = qap_correlation(draw("a-b:2 b-c:1"), draw("a-b", alone="c"))

    assert found.r == pytest.approx((1 / 3) / ((2 / 3) * (2 / 9)) ** 0.5)


def test_a_network_without_ties_goes_with_none(draw: Draw) -> None:
    assert qap_correlation(draw("a-b b-c"), draw("", alone="a b c")).r is None


def test_networks_over_other_actors_do_not_compare(draw: Draw) -> None:
    with pytest.raises(ActorsDifferError) as refused:
        qap_correlation(draw("a-b"), draw("a-c"))

    assert (refused.value.code, refused.value.value) == ("actors_differ", "b")


def test_equal_values_share_their_rank() -> None:
    assert ranks(np.array([5.0, 1.0, 5.0, 7.0])).tolist() == [2.5, 1, 2.5, 4]


def test_change_ranks_those_who_are_there_in_both_and_corrects_p(draw: Draw) -> None:
    one = draw("a-b b-c c-d d-e", directed=True)
    up, down = np.array([1.0, 2, 3, 4, np.nan]), np.array([9.0, 5, 4, 1, 0])

    found = change(one, one, {"up": (up, up), "down": (up, down)}, permutations=99)

    assert found.ties.r == pytest.approx(1)
    assert [(c.measure, c.n, c.missing) for c in found.centralities] == [
        ("up", 4, 1),
        ("down", 4, 1),
    ]
    assert [c.rho for c in found.centralities] == pytest.approx([1, -1])
    least = min(c.p or 1 for c in found.centralities)
    assert found.centralities[0].p_holm == pytest.approx(2 * least)


def test_a_centrality_without_differences_has_no_rank_correlation(draw: Draw) -> None:
    one = draw("a-b b-c")
    (found,) = change(one, one, {"same": (np.ones(3), np.arange(3.0))}).centralities

    assert (found.rho, found.p, found.p_holm) == (None, None, None)

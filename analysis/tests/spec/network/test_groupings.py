"""Core, communities, mixing, brokerage: by hand."""

from itertools import permutations as orders

import numpy as np
import pytest

from actscope.network.brokerage import ROLES, brokerage
from actscope.network.communities import agreement, communities
from actscope.network.core import core_periphery
from actscope.network.mixing import mixing

from .conftest import Draw


def test_the_core_of_a_star_is_its_centre(draw: Draw) -> None:
    found = core_periphery(draw("a-b a-c a-d a-e"))

    assert found.core.tolist() == [True, False, False, False, False]
    assert found.correlation == pytest.approx(1)
    assert found.coreness[0] == 1
    assert found.coreness[1:].max() < 0.5


def test_two_hubs_with_dependants_are_both_core(draw: Draw) -> None:
    network = draw("a-b a-c a-d a-e a-f b-c b-d b-e b-f c-d:0.5")

    assert core_periphery(network).core.tolist() == [True, True, False, False, False, False]


def test_where_all_are_tied_alike_there_is_no_core(draw: Draw) -> None:
    for network in (draw("a-b b-c a-c"), draw("", alone="a b c"), draw("a-b")):
        found = core_periphery(network)

        assert (found.correlation, found.fit) == (None, None)
        assert not found.core.any()


def test_two_triangles_on_a_bridge_are_two_communities(draw: Draw) -> None:
    """7 ties; inside 3 + 3, strengths 7 and 7: 6/7 − 2 × (1/2)²."""
    found = communities(draw("a-b b-c a-c d-e e-f d-f c-d", alone="g"))

    assert found.member.tolist() == [1, 1, 1, 2, 2, 2, 3]
    assert found.modularity == pytest.approx(6 / 7 - 1 / 2)
    assert found.stability == 1
    assert found.runs == 10


def test_weights_decide_who_belongs_together(draw: Draw) -> None:
    assert communities(draw("a-b:9 b-c:1 c-d:9 d-a:1")).member.tolist() == [1, 1, 2, 2]


def test_without_ties_each_is_alone(draw: Draw) -> None:
    found = communities(draw("", alone="a b"))

    assert (found.number, found.modularity) == (2, None)


def test_agreement_of_two_divisions() -> None:
    """Hubert & Arabie: 2 pairs together in both, 2 and 3 in one each, of 6: (1 − 1) ÷ … = 0."""
    one, other = np.array([0, 0, 1, 1]), np.array([0, 0, 0, 1])

    assert agreement(one, one) == 1
    assert agreement(one, other) == pytest.approx((1 - 2 * 3 / 6) / ((2 + 3) / 2 - 2 * 3 / 6))


def test_ei_index_counts_ties_between_less_ties_inside(draw: Draw) -> None:
    """a, b of x; c, d of y; ties a-b inside, b-c and a-d between: (2 − 1) ÷ 3."""
    found = mixing(draw("a-b b-c a-d"), np.array([0, 0, 1, 1]), ("x", "y"))

    assert found.ei == pytest.approx(1 / 3)
    assert found.ties == ((1, 2), (2, 0))


def test_few_labels_are_handed_out_in_every_way(draw: Draw) -> None:
    """6 ways of giving two labels to four actors, each E–I counted here one by one."""
    network, labels = draw("a-b b-c a-d"), (0, 0, 1, 1)
    ties = list(zip(network.source.tolist(), network.target.tolist(), strict=True))
    ways = set(orders(labels))
    values = [2 * np.mean([way[u] != way[v] for u, v in ties]) - 1 for way in ways]

    found = mixing(network, np.array(labels), ("x", "y"))

    assert (found.permutations, found.exact) == (6, True)
    assert found.mean == pytest.approx(np.mean(values))
    assert found.sd == pytest.approx(np.std(values))
    assert found.z == pytest.approx((1 / 3 - np.mean(values)) / np.std(values))
    as_far = [abs(v - np.mean(values)) >= abs(1 / 3 - np.mean(values)) - 1e-12 for v in values]
    assert found.p == pytest.approx(np.mean(as_far))


def test_many_labels_are_sampled_and_p_is_never_nought(draw: Draw) -> None:
    inside = " ".join(f"{side}{i}-{side}{j}" for side in "xy" for i in range(9) for j in range(i))
    network = draw(inside)
    group = np.array([0] * 9 + [1] * 9)

    found = mixing(network, group, ("x", "y"), permutations=200)

    assert (found.ei, found.permutations, found.exact) == (-1, 200, False)
    assert found.p == pytest.approx(1 / 201)


def test_actors_without_a_label_are_left_out_and_counted(draw: Draw) -> None:
    found = mixing(draw("a-b b-c c-d"), np.array([0, 1, 1, -1]), ("x", "y"))

    assert (found.n, found.missing, found.ties_missing) == (3, 1, 1)
    assert found.ei == 0


def test_one_label_leaves_nothing_to_chance(draw: Draw) -> None:
    found = mixing(draw("a-b b-c"), np.array([0, 0, 0]), ("x",))

    assert (found.ei, found.z, found.p) == (-1, None, None)


def test_without_ties_there_is_no_index(draw: Draw) -> None:
    found = mixing(draw("", alone="a b"), np.array([0, 1]), ("x", "y"))

    assert (found.ei, found.z, found.p, found.permutations) == (None, None, None, 0)


def test_cells_of_few_actors_are_hidden_with_what_would_reveal_them(draw: Draw) -> None:
    """Inside x three actors, inside y two: the cell of y is hidden and, since the total is known,
    the next smallest with it."""
    network, group = draw("a-b b-c a-c d-e b-d c-e"), np.array([0, 0, 0, 1, 1])

    assert mixing(network, group, ("x", "y"), at_least=3).ties == ((None, 2), (2, None))
    assert mixing(network, group, ("x", "y")).ties == ((3, 2), (2, 1))


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        ([0, 0, 0], "coordinator"),
        ([0, 1, 0], "itinerant"),
        ([0, 0, 1], "representative"),
        ([0, 1, 1], "gatekeeper"),
        ([0, 1, 2], "liaison"),
    ],
)
def test_who_goes_between_whom_has_a_name(draw: Draw, groups: list[int], role: str) -> None:
    found = brokerage(draw("a-b b-c", directed=True), np.array(groups))

    assert dict(zip(ROLES, found.count.tolist(), strict=True)) == dict.fromkeys(ROLES, 0) | {
        role: 1,
        "total": 1,
    }
    assert found.actors[:, -1].tolist() == [0, 1, 0]


def test_nobody_brokers_for_those_who_are_tied(draw: Draw) -> None:
    assert brokerage(draw("a-b b-c a-c", directed=True), np.zeros(3, np.int64)).count.sum() == 0


def test_expected_brokerage_is_triads_times_chance(draw: Draw) -> None:
    """Four actors in two pairs, 3 of 12 ties: 24 triads in all, none of one group; itinerant: two
    of a pair in order and one of the other, 2 × 2 × 2 = 8; so representative and gatekeeper."""
    chance = (3 / 12) ** 2 * (1 - 3 / 12)

    found = brokerage(draw("a-b b-c c-d", directed=True), np.array([0, 0, 1, 1]))

    assert found.expected == pytest.approx([0, 8 * chance, 8 * chance, 8 * chance, 0, 24 * chance])
    assert np.isnan(found.z[[0, 4]]).all()


def test_actors_without_a_group_broker_nothing(draw: Draw) -> None:
    found = brokerage(draw("a-b b-c", directed=True), np.array([0, -1, 0]))

    assert (found.n, found.missing, found.count.sum()) == (2, 1, 0)

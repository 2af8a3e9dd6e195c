"""What ties are, on tables of a few rows counted by hand."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from actscope.counting import ColumnMissingError
from actscope.disclosure import Suppressed
from actscope.network.ties import Network, ties

MakeActs = Callable[..., pa.Table]


def weights(network: Network) -> dict[tuple[str, str], float]:
    return {(tie["source"], tie["target"]): tie["weight"] for tie in network.ties.to_pylist()}


def act(unit: str | None, *partners: str, **more: Any) -> dict[str, Any]:
    return {"by_unit": unit, "with_units": list(partners), **more}


def test_an_act_with_one_partner_is_a_tie_of_one(make_acts: MakeActs) -> None:
    acts = make_acts(act("health", "hospital"), act("health", "hospital"), act("street", "health"))

    whole = ties(acts).whole

    assert weights(whole) == {("health", "hospital"): 2.0, ("street", "health"): 1.0}
    assert whole.ties.to_pylist()[0] == {
        "source": "health",
        "target": "hospital",
        "weight": 2.0,
        "acts": 2,
    }


def test_a_joint_act_is_shared_among_its_partners(make_acts: MakeActs) -> None:
    acts = make_acts(act("health", "hospital", "street", "grid", "firm"))

    assert set(weights(ties(acts).whole).values()) == {0.25}


def test_density_counts_isolates_and_reciprocity_counts_ties_returned(make_acts: MakeActs) -> None:
    acts = make_acts(act("health", "hospital"), act("hospital", "health"), act("health", "street"))

    whole = ties(acts, units=["firm", "health"]).whole

    assert (whole.units, whole.isolates) == (4, 1)
    assert whole.density == 3 / 12
    assert whole.reciprocity == pytest.approx(2 / 3)


def test_nodes_add_up_their_ties(make_acts: MakeActs) -> None:
    acts = make_acts(act("health", "hospital", "street"), act("hospital", "health"))

    nodes = {
        n.unit: (n.sent, n.received, n.partners) for n in ties(acts, units=["firm"]).whole.nodes
    }

    assert nodes == {
        "firm": (0, 0, 0),
        "health": (1, 1, 2),
        "hospital": (1, 0.5, 1),
        "street": (0, 0.5, 1),
    }


def test_a_unit_is_no_partner_of_itself_and_counts_once(make_acts: MakeActs) -> None:
    acts = make_acts(act("health", "health", "hospital", "street", "hospital"), act("grid", "grid"))

    whole = ties(acts).whole

    assert weights(whole) == {("health", "hospital"): 0.5, ("health", "street"): 0.5}
    assert (whole.n, whole.missing_by) == (1, (("no_unit", 0), ("no_partner", 1)))
    assert whole.units == 4


def test_acts_that_lack_something_are_counted_and_others_set_aside(make_acts: MakeActs) -> None:
    acts = make_acts(
        act(None, "hospital"),
        act(None),
        act("health"),
        act("health", "firm", kind=None),
        act("health", "hospital", "street"),
    )

    whole = ties(acts).whole

    assert (whole.n, whole.missing, whole.set_aside) == (1, 3, 1)
    assert whole.missing_by == (("no_unit", 2), ("no_partner", 1))
    assert "firm" not in {node.unit for node in whole.nodes}


def test_only_the_kinds_asked_for_make_ties(make_acts: MakeActs) -> None:
    acts = make_acts(
        act("health", "hospital", "street", kind="ask"), act("health", "firm", kind="share")
    )

    whole = ties(acts, kinds=["ask"]).whole

    assert set(weights(whole)) == {("health", "hospital"), ("health", "street")}
    assert whole.set_aside == 1


def test_each_phase_has_its_network_over_the_same_units(make_acts: MakeActs) -> None:
    acts = make_acts(
        act("health", "hospital", "street", phase="respond"),
        act("grid", "hospital", "street", phase="watch"),
        act("grid", "street", "health", phase="a phase of our own"),
        act("grid", "hospital", "firm"),
    )

    result = ties(acts)

    assert [n.phase for n in result.phases] == ["watch", "respond", "a phase of our own"]
    assert {n.units for n in result.phases} == {5}
    assert weights(result.phases[0]) == {("grid", "hospital"): 0.5, ("grid", "street"): 0.5}
    assert result.phases[0].isolates == 2
    assert (result.whole.n, result.without_phase) == (4, 1)


def test_a_network_of_two_units_is_suppressed(make_acts: MakeActs) -> None:
    whole = ties(make_acts(act("health", "hospital")), units=["street"]).whole

    assert whole.suppressed is Suppressed.FEW
    assert (whole.n, whole.units) == (1, 3)
    assert (whole.density, whole.reciprocity, whole.isolates) == (None, None, None)
    assert (whole.ties.num_rows, whole.nodes) == (0, ())


def test_a_phase_that_would_reveal_a_suppressed_one_is_hidden_too(make_acts: MakeActs) -> None:
    acts = make_acts(
        act("health", "hospital", phase="watch"),
        act("health", "hospital", "street", phase="respond"),
        act("health", "hospital", "street", "grid", phase="sustain"),
    )

    watch, respond, sustain = ties(acts).phases

    assert watch.suppressed is Suppressed.FEW
    assert respond.suppressed is Suppressed.PAIRED
    assert sustain.suppressed is None


def test_no_acts_are_a_network_without_figures(make_acts: MakeActs) -> None:
    result = ties(make_acts())

    assert (result.n, result.missing, result.phases) == (0, 0, ())
    assert (result.whole.units, result.whole.density, result.whole.suppressed) == (0, None, None)


def test_it_refuses_a_table_without_units(make_acts: MakeActs) -> None:
    with pytest.raises(ColumnMissingError) as refused:
        ties(make_acts().drop_columns(["by_unit"]))

    assert (refused.value.code, refused.value.field) == ("column_missing", "by_unit")


def test_it_works_without_a_phase_column(make_acts: MakeActs) -> None:
    acts = make_acts(act("health", "hospital", "street")).drop_columns(["phase"])

    assert (ties(acts).n, ties(acts).without_phase) == (1, 1)

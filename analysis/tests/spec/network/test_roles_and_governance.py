"""Roles in phases and modes of governance, on acts of a few rows."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from actscope.network.contingency import ShareOutOfRangeError, contingency
from actscope.network.governance import Mode, gini, governance
from actscope.network.roles import Role, role_states, stability_difference

MakeActs = Callable[..., pa.Table]


def acts_of(
    unit: str, partner: str, kind: str, times: int = 1, **more: Any
) -> list[dict[str, Any]]:
    return [{"by_unit": unit, "with_units": [partner], "kind": kind, **more}] * times


RESPOND = [
    *acts_of("health", "street", "dispatch", 6, phase="respond"),
    *acts_of("health", "hospital", "dispatch", 1, phase="respond"),
    *acts_of("street", "grid", "report", 2, phase="respond"),
    *acts_of("hospital", "grid", "serve", 5, phase="respond"),
    *acts_of("grid", "firm", "share", 3, phase="respond"),
]


def roles(found: Any) -> dict[str, tuple[Role, ...]]:
    return dict(zip(found.units, found.states, strict=True))


def test_each_unit_has_the_first_role_that_holds(make_acts: MakeActs) -> None:
    """health sends all dispatches; grid alone stands between; street receives most dispatches;
    hospital serves; firm takes part in 3 acts; the school in none."""
    found = role_states(make_acts(*RESPOND), units=["school"])

    assert found.phases == ("respond",)
    assert roles(found) == {
        "firm": (Role.OBSERVER,),
        "grid": (Role.BROKER,),
        "health": (Role.LEAD,),
        "hospital": (Role.SUPPORTER,),
        "school": (Role.ABSENT,),
        "street": (Role.EXECUTOR,),
    }
    assert dict(zip(found.units, found.acts, strict=True))["grid"] == (10,)


def test_a_unit_with_many_acts_and_no_part_is_a_member(make_acts: MakeActs) -> None:
    acts = make_acts(*RESPOND, *acts_of("health", "school", "report", 5, phase="respond"))

    assert roles(role_states(acts))["school"] == (Role.MEMBER,)


def test_changes_of_role_are_counted_from_phase_to_phase(make_acts: MakeActs) -> None:
    """health leads, leads, is absent; street executes, is absent, is absent."""
    acts = make_acts(
        *acts_of("health", "street", "dispatch", 5, phase="watch"),
        *acts_of("health", "firm", "dispatch", 5, phase="respond"),
        *acts_of("firm", "grid", "serve", 5, phase="recover"),
    )

    found = role_states(acts)

    assert roles(found)["health"] == (Role.LEAD, Role.LEAD, Role.ABSENT)
    assert roles(found)["street"] == (Role.EXECUTOR, Role.ABSENT, Role.ABSENT)
    stability = dict(zip(found.units, found.stability, strict=True))
    assert (stability["health"], stability["street"]) == (1 / 2, 1 / 2)
    lead = found.roles.index(Role.LEAD)
    assert found.transitions[lead][lead] == 1
    assert found.transitions[lead][found.roles.index(Role.ABSENT)] == 1
    assert found.probabilities[lead][lead] == 1 / 2
    assert sum(map(sum, found.transitions)) == 4 * 2


def test_one_phase_has_no_stability(make_acts: MakeActs) -> None:
    found = role_states(make_acts(*RESPOND))

    assert (found.n, found.missing, found.mean_stability) == (0, 5, None)


def test_no_acts_have_no_roles(make_acts: MakeActs) -> None:
    found = role_states(make_acts(), units=["health"])

    assert (found.units, found.phases, found.states) == (("health",), (), ((),))


def test_kinds_of_units_are_compared_by_shuffling(make_acts: MakeActs) -> None:
    acts = make_acts(
        *acts_of("health", "street", "dispatch", 5, phase="watch"),
        *acts_of("health", "street", "dispatch", 5, phase="respond"),
        *acts_of("firm", "shop", "serve", 5, phase="watch"),
    )
    kinds = {"health": "government", "street": "government", "firm": "society", "shop": "society"}

    found = stability_difference(role_states(acts, units=["school"]), kinds, "government")

    assert (found.n_one, found.n_other, found.missing) == (2, 2, 1)
    assert found.difference == 1
    assert found.p == pytest.approx(1 / 3, abs=0.06)  # 2 of the 6 ways are as far apart


@pytest.mark.parametrize(
    ("more", "mode"),
    [
        (acts_of("health", "street", "serve", 2), Mode.LEAD),
        (acts_of("street", "grid", "serve", 2), Mode.NAO),
    ],
)
def test_one_unit_that_decides_leads_or_only_administers(
    make_acts: MakeActs, more: list[dict[str, Any]], mode: Mode
) -> None:
    acts = make_acts(*acts_of("health", "street", "decide", 6), *more)

    found = governance(acts)

    assert (found.unit, found.c1, found.mode) == ("health", 1, mode)
    assert found.s1 == pytest.approx(0.25 if mode is Mode.LEAD else 0)


def test_many_that_decide_alike_govern_together(make_acts: MakeActs) -> None:
    ring = ["firm", "grid", "health", "hospital", "street"]
    acts = make_acts(
        *[row for a, b in zip(ring, ring[1:] + ring[:1], strict=True)
          for row in acts_of(a, b, "decide", 2)],
    )  # fmt: skip

    found = governance(acts)

    assert (found.c1, found.gini, found.mode) == (0.2, 0, Mode.PARTICIPANT)
    assert (found.n, found.units, found.centralisation) == (10, 5, 0)


def test_what_lies_between_is_mixed(make_acts: MakeActs) -> None:
    acts = make_acts(
        *acts_of("health", "street", "decide", 4),
        *acts_of("street", "health", "decide", 3),
        *acts_of("grid", "health", "decide", 3),
        {"by_unit": None, "with_units": ["grid"], "kind": "decide"},
    )

    found = governance(acts)

    assert (found.c1, found.mode, found.n, found.missing) == (0.4, Mode.MIXED, 10, 1)


def test_where_nobody_decides_there_is_no_mode(make_acts: MakeActs) -> None:
    found = governance(make_acts(*acts_of("health", "street", "report")))

    assert (found.n, found.unit, found.mode) == (0, None, None)


def test_gini_of_one_who_has_all() -> None:
    assert gini(np.array([0, 0, 0, 8])) == pytest.approx(3 / 4)


@pytest.mark.parametrize(
    ("units", "trust", "consensus", "need", "mode"),
    [
        (6, 0.9, 0.9, 0.1, Mode.PARTICIPANT),
        (12, 0.1, 0.3, 0.5, Mode.LEAD),
        (60, 0.5, 0.7, 0.9, Mode.NAO),
    ],
)
def test_circumstances_call_for_a_mode(
    units: int, trust: float, consensus: float, need: float, mode: Mode
) -> None:
    found = contingency(
        units, trust=trust, consensus=consensus, need=need, observed=Mode.PARTICIPANT
    )

    assert found.predicted is mode
    assert found.mismatch is (mode is not Mode.PARTICIPANT)


def test_what_is_not_known_is_left_out_and_named() -> None:
    """Six units, trust ½: participants differ by (½ + 0) ÷ 2, a lead by (½ + ½) ÷ 2, an
    administrator by (0 + 1) ÷ 2."""
    found = contingency(6, trust=0.5)

    assert found.missing == ("consensus", "need")
    assert found.distance == (0.25, 0.5, 0.5)
    assert (found.predicted, found.mismatch) == (Mode.PARTICIPANT, None)


def test_trust_of_more_than_all_is_refused() -> None:
    with pytest.raises(ShareOutOfRangeError) as refused:
        contingency(6, trust=5)

    assert (refused.value.code, refused.value.field) == ("share_out_of_range", "trust")

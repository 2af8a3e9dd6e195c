"""The mix of kinds by phase, counted by hand."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from actscope.tempo.phase_mix import divergence, phase_mixes

MakeActs = Callable[..., pa.Table]


def act(phase: str | None, kind: str | None, **more: Any) -> dict[str, Any]:
    return {"phase": phase, "kind": kind, "by_unit": "health", "with_units": ["street"]} | more


def test_the_core_task_is_the_kind_with_the_largest_share(make_acts: MakeActs) -> None:
    acts = make_acts(
        *[act("respond", "serve")] * 3,
        act("respond", "ask"),
        *[act("watch", "report")] * 4,
        act(None, "ask"),
        act("watch", None),
    )

    found = phase_mixes(acts)

    watch, respond = found.phases
    assert (watch.phase, watch.core, watch.n, watch.units) == ("watch", ("report",), 4, 2)
    assert respond.shares == {"report": 0, "ask": 0.25, "serve": 0.75}
    assert (found.n, found.missing_by, found.set_aside) == (8, (("no_phase", 1),), 1)
    (shift,) = found.shifts
    assert (shift.divergence, shift.shifted, shift.core_changed) == (1.0, True, True)
    assert shift.p is not None
    assert shift.p < 0.05


def test_the_divergence_is_that_of_lin() -> None:
    # M = (3/4, 1/4): H(M) = 0.811278; H(1, 0) = 0 and H(1/2, 1/2) = 1.
    assert divergence([1, 0], [1, 1]) == pytest.approx(0.811278 - 0.5, abs=1e-6)
    assert divergence([3, 3], [1, 1]) == pytest.approx(0)
    assert divergence([1, 0], [0, 1]) == pytest.approx(1)


def test_equal_shares_make_several_core_tasks(make_acts: MakeActs) -> None:
    found = phase_mixes(make_acts(act("watch", "serve"), act("watch", "ask")))

    assert found.phases[0].core == ("ask", "serve")
    assert found.shifts == ()


def test_the_same_single_kind_in_two_phases_is_no_shift(make_acts: MakeActs) -> None:
    (shift,) = phase_mixes(make_acts(act("watch", "ask"), act("respond", "ask"))).shifts

    assert (shift.divergence, shift.p, shift.shifted) == (0, 1, False)


def test_phases_of_ones_own_stand_in_the_order_in_which_they_begin(make_acts: MakeActs) -> None:
    later = datetime(2026, 3, 9, tzinfo=UTC)
    acts = make_acts(act("second wave", "ask", at=later), act("first wave", "ask"))

    assert [mix.phase for mix in phase_mixes(acts).phases] == ["first wave", "second wave"]


def test_a_phase_of_two_organisations_is_hidden_on_request(make_acts: MakeActs) -> None:
    three = {"with_units": ["street", "grid"]}
    acts = make_acts(act("watch", "ask"), act("respond", "ask", **three))

    hidden, shown = phase_mixes(acts, at_least=3).phases

    assert (hidden.suppressed, hidden.shares, hidden.core) == (True, None, ())
    assert not shown.suppressed
    assert phase_mixes(acts, at_least=3).shifts[0].divergence is None


def test_no_acts_are_no_phases(make_acts: MakeActs) -> None:
    found = phase_mixes(make_acts())

    assert (found.n, found.phases, found.shifts) == (0, (), ())

"""The three mechanisms, worked by hand."""

import pytest

from actscope.dimensions.mechanisms import Mechanism
from actscope.dimensions.theories import Theory

from .conftest import Measure, did


def test_actors_act_together(measure: Measure) -> None:
    found = measure(
        did("health", "report", "firm"),
        did("health", "report", "police"),
        did("firm", "serve", "health"),
        did("health", "report"),
        plan=[("health", "firm"), ("health", "cdc")],
        units=("health", "firm", "police", "cdc", "street"),
    ).mechanisms[Mechanism.ACTORS]

    # With the firm 1 and 1 back, with the police 1 and none back.
    assert found.parts == {
        "joint": pytest.approx(2 / 4),
        "taking_part": pytest.approx(3 / 5),
        "reciprocity": pytest.approx((1 + 0) / 2),
        "plan_fit": pytest.approx(1 / 3),
    }
    assert found.index == pytest.approx((0.5 * 0.6 * 0.5 / 3) ** (1 / 4))
    assert (found.n, found.units, found.missing) == (4, 3, 0)


def test_whether_an_act_is_joint_may_not_be_known(measure: Measure) -> None:
    acts = [did("health", "report", "stranger"), did("health", "report", "firm", "stranger")]

    assert measure(*acts).mechanisms[Mechanism.ACTORS].parts["joint"] == 1
    assert measure(*acts[:1]).mechanisms[Mechanism.ACTORS].parts["joint"] is None


def test_interests_are_balanced(measure: Measure) -> None:
    found = measure(
        *(did("health", "ask", "street", case=str(case)) for case in range(3)),
        did("health", "ask", "police", case="9"),
        did("street", "transfer", "police", basis="agreement"),
        did("police", "transfer", "street", basis="order"),
        did("street", "transfer", "police", basis="law"),
    ).mechanisms[Mechanism.INTERESTS]

    # Requests received: 0 (health), 1 (police), 3 (street): Gini 2(1·0 + 2·1 + 3·3)/(3·4) − 4/3.
    assert found.parts == {
        "fair_burden": pytest.approx(1 - (22 / 12 - 4 / 3)),
        "exchange": pytest.approx(1 - 1 / 3),
        "agreement": pytest.approx(1 / 3),
    }


def test_information_flows(measure: Measure) -> None:
    found = measure(
        did("health", "share", "street", "police", hour=0),
        did("street", "serve", "firm", hour=1),
        did("health", "ask", "cdc", hour=2, case="2"),
        did("cdc", "answer", "health", hour=3, case="2"),
        did("health", "ask", "cdc", hour=4, case="3"),
        units=("health", "street", "police", "cdc", "firm", "team"),
    ).mechanisms[Mechanism.INFORMATION]

    # Of health, street, police, CDC, firm and team four tell or are told.
    assert found.parts == {
        "reach": pytest.approx(4 / 6),
        "acknowledged": pytest.approx(1 / 2),
        "reciprocity": 0,
        "answered": pytest.approx(1 / 2),
    }


def test_what_the_log_lacks_is_named(measure: Measure) -> None:
    found = measure(did("health", "decide"))

    lacking = {(u.where, u.part) for u in found.unmeasured}
    assert ("interests", "agreement") in lacking
    assert ("information", "acknowledged") in lacking
    assert found.mechanisms[Mechanism.INTERESTS].index is None


def test_two_organisations_are_hidden_on_request(measure: Measure) -> None:
    found = measure(did("health", "report", "street"), at_least=3)

    for mechanism in found.mechanisms.values():
        assert (mechanism.suppressed, mechanism.index) == (True, None)
        assert set(mechanism.parts.values()) == {None}
    assert not any(c.value for held in found.constructs.values() for c in held)


def test_a_construct_of_one_organisation_is_hidden_though_many_took_part(measure: Measure) -> None:
    acts = [did("health", "report", "street", "cdc"), did("police", "serve", outcome="late")]

    shown, hidden = (
        next(
            c for c in measure(*acts, at_least=n).constructs[Theory.COMFORT] if c.name == "control"
        )
        for n in (1, 3)
    )

    assert (shown.value, shown.suppressed, shown.units) == (0, False, 1)
    assert (hidden.value, hidden.suppressed, hidden.measurable) == (None, True, True)

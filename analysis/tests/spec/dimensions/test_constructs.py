"""The constructs of the theories: those that a log carries worked by hand, the others named."""

import numpy as np
import pytest

from actscope.dimensions.measured import ConstructFigure, Dimensions
from actscope.dimensions.theories import CONSTRUCTS, Theory

from .conftest import Measure, did


def of(found: Dimensions, name: str, theory: Theory | None = None) -> ConstructFigure:
    (one,) = (
        c
        for held in found.constructs.values()
        for c in held
        if c.name == name and theory in (None, c.theory)
    )
    return one


def value(found: Dimensions, name: str, theory: Theory | None = None) -> float | None:
    return of(found, name, theory).value


@pytest.fixture
def found(measure: Measure) -> Dimensions:
    """Two cases of several organisations, one of them closed; a third of one alone."""
    return measure(
        did("health", "dispatch", "street", hour=0, case="1", due=48, phase="watch"),
        did("street", "answer", "health", hour=1, case="1", due=48, phase="watch"),
        did("street", "serve", "health", hour=20, case="1", outcome="in_time", phase="respond"),
        did("health", "answer", "street", hour=30, case="1", outcome="confirmed"),
        did("health", "dispatch", "cdc", hour=31, case="2", due=40),
        did("cdc", "answer", "health", hour=45, case="2", outcome="refused"),
        did("cdc", "ask", "health", hour=46, case="2", outcome="blocked"),
        did("cdc", "clarify", "health", hour=70, case="2", outcome="resumed"),
        did("police", "serve", hour=71, case="3", outcome="late"),
        did("health", "convene", "firm", hour=72, basis="law", case=None),
        did("health", "decide", "police", hour=73, basis="order", due=80, case=None),
        did("police", "decide", hour=74, outcome="carried out", case=None),
        plan=[("health", "street"), ("health", "team")],
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("interdependence", 2 / 3),
        ("institutional_design", 1 / 2),
        ("facilitative_leadership", np.exp(-1)),
        ("trust_building", 1 / 2),
        ("intermediate_outcomes", 1 / 3),
        ("drivers_leadership", np.exp(-3)),
        ("engagement_determination", 1 / 2),
        ("motivation_trust", 4 / 6),
        ("motivation_legitimacy", 1 / 2),
        ("capacity_knowledge", 0),
        ("capacity_leadership", 0),
        ("coordination", 1 / 2),
        ("control", 1 / 2),
        ("plan_fit", 1 / 5),
        ("hand_offs", (2 + 1 + 0) / 3),
        ("bounce_rate", 1 / 2),
        ("integration_levels", 1),
        ("integration_sectors", 0),
        ("one_stop", 1),
        ("prevention", 2 / 3),
        ("outcome_orientation", 1 / 2),
        ("framing", 1),
    ],
)
def test_a_log_carries_it(found: Dimensions, name: str, expected: float) -> None:
    assert value(found, name) == pytest.approx(expected)
    assert of(found, name).measurable


def test_power_is_balanced_when_all_decide_alike(measure: Measure) -> None:
    one = measure(did("health", "decide", "police"), did("health", "decide", "cdc"))
    both = measure(did("health", "decide", "police"), did("police", "decide", "health"))

    assert value(one, "power_balance") == pytest.approx(1 / 3)
    assert value(both, "power_balance") == pytest.approx(1)


def test_meetings_count_by_organisation_and_week(measure: Measure) -> None:
    found = measure(
        did("health", "convene", "police", hour=0),
        did("health", "report", "cdc", hour=14 * 24),
    )

    # Two sat in it, of three, over two weeks.
    assert value(found, "dialogue") == pytest.approx(2 / (3 * 2))


def test_news_travels_only_forwards_in_time(measure: Measure) -> None:
    found = measure(
        did("health", "report", "street", hour=0),
        did("cdc", "report", "police", hour=1),
        did("street", "report", "team", hour=2),
        did("health", "report", "cdc", hour=3),
        did("team", "report", "firm", hour=30),
    )

    # Health, street, team and CDC of seven; the police heard before, the firm too late.
    assert value(found, "communication", Theory.COMFORT) == pytest.approx(4 / 7)


def test_what_no_log_carries_says_what_is_needed_and_what_to_ask(found: Dimensions) -> None:
    prehistory = of(found, "prehistory")

    assert (prehistory.measurable, prehistory.value, prehistory.n) == (False, None, 0)
    assert prehistory.needs is not None
    assert prehistory.needs["en"] == "pledges and disputes of earlier incidents"
    assert prehistory.ask is not None
    assert prehistory.ask["en"] == "We worked well before."


def test_a_log_of_reports_alone_carries_few_and_invents_none(measure: Measure) -> None:
    found = measure(did("health", "report", "street", case=None), did("cdc", "report", case=None))

    carried = {c.name for held in found.constructs.values() for c in held if c.measurable}
    assert carried == {"motivation_trust", "communication"}
    for held in found.constructs.values():
        for construct in held:
            assert (construct.value is None) == (construct.needs is not None)


def test_every_construct_is_told_in_both_languages_and_has_a_source() -> None:
    for construct in CONSTRUCTS:
        pairs = [construct.needs, (construct.definition.en, construct.definition.zh)]
        for en, zh in [*pairs, *([construct.ask] if construct.ask else [])]:
            assert not any("\u4e00" <= sign <= "\u9fff" for sign in en)
            assert any("\u4e00" <= sign <= "\u9fff" for sign in zh)
        assert construct.definition.source

"""The four gaps, worked by hand."""

import pytest

from actscope.dimensions.boundaries import Boundary

from .conftest import Measure, did


def test_the_index_is_the_geometric_mean_of_its_parts(measure: Measure) -> None:
    found = measure(
        did("health", "ask", "police", hour=0, case="1", due=5),
        did("police", "answer", "health", hour=1, case="1"),
        did("health", "answer", "police", hour=2, case="1", outcome="confirmed"),
        did("health", "ask", "police", hour=3, case="2", due=4),
        did("police", "answer", "health", hour=9, case="2"),
        did("health", "ask", "cdc", hour=3, case="3", due=4),
        plan=[("health", "police"), ("health", "cdc"), ("police", "cdc"), ("street", "team")],
    )

    gap = found.gaps[Boundary.DEPARTMENT]

    # health to police 3 acts and 2 back; to the CDC 1 and none back.
    assert gap.parts == {
        "reach": pytest.approx(2 / 3),
        "answer": pytest.approx(2 / 3),
        "on_time": pytest.approx(1 / 2),
        "closure": pytest.approx(1 / 3),
        "reciprocity": pytest.approx((1 - 1 / 5 + 0) / 2),
    }
    assert gap.index == pytest.approx((2 / 3 * 2 / 3 * 1 / 2 * 1 / 3 * 2 / 5) ** (1 / 5))
    assert (gap.n, gap.units, gap.missing) == (3, 3, 0)


def test_a_part_of_nought_weighs_a_hundredth(measure: Measure) -> None:
    found = measure(did("health", "report", "firm"))

    gap = found.gaps[Boundary.SOCIETY]

    assert (gap.parts["reciprocity"], gap.parts["answer"]) == (0, None)
    assert gap.index == pytest.approx(0.01)
    assert {"reach", "answer", "on_time", "closure"} == {
        u.part for u in found.unmeasured if u.where == "society"
    }


def test_the_worst_pairs_are_the_silent_and_then_those_who_fail_most(measure: Measure) -> None:
    found = measure(
        *(did("health", "ask", "cdc", hour=hour, case=str(hour), due=hour + 1) for hour in (0, 1)),
        did("cdc", "answer", "health", hour=9, case="1", outcome="refused"),
        did("health", "ask", "police", hour=0, case="5", due=2),
        did("police", "answer", "health", hour=1, case="5"),
        did("police", "ask", "health", hour=2, case="6", due=3),
        plan=[("cdc", "police"), ("cdc", "health")],
    )

    worst = found.gaps[Boundary.DEPARTMENT].worst

    assert [(w.source, w.target, w.silent) for w in worst] == [
        ("police", "cdc", True),
        ("health", "cdc", False),
        ("police", "health", False),
    ]
    assert (worst[1].asked, worst[1].answered, worst[1].late, worst[1].refused) == (2, 1, 1, 1)
    assert worst[1].median_hours == 8


def test_a_tie_with_an_unlisted_organisation_is_missing(measure: Measure) -> None:
    found = measure(
        did("health", "report", "police"), did("health", "report", "stranger"), units=("health",)
    )

    assert found.gaps[Boundary.DEPARTMENT].missing == 2
    assert found.gaps[Boundary.DEPARTMENT].n == 0
    assert (found.organisations, found.listed, found.taking_part) == (3, 1, 3)


def test_gaps_of_two_organisations_are_hidden_on_request(measure: Measure) -> None:
    acts = [did("health", "ask", "police", due=1), did("health", "report", "firm", "street")]

    shown, hidden = measure(*acts), measure(*acts, at_least=3)

    assert shown.gaps[Boundary.DEPARTMENT].index is not None
    department, level = hidden.gaps[Boundary.DEPARTMENT], hidden.gaps[Boundary.LEVEL]
    assert (department.suppressed, department.index, department.worst) == (True, None, ())
    assert set(department.parts.values()) == {None}
    assert level.suppressed


def test_nothing_across_a_boundary_has_no_index_and_is_no_secret(measure: Measure) -> None:
    gap = measure(did("health", "report"), at_least=3).gaps[Boundary.REGION]

    assert (gap.index, gap.n, gap.suppressed) == (None, 0, False)


def test_the_interval_holds_the_index_and_needs_three_organisations(measure: Measure) -> None:
    names = ("health", "police", "cdc")
    acts = [
        did(one, "report", other, hour=hour)
        for one in names
        for other in names
        for hour in range(3 if one < other else 1)
        if one != other
    ]

    found = measure(*acts, draws=400).gaps[Boundary.DEPARTMENT]
    pair = measure(*acts[:1], draws=400).gaps[Boundary.DEPARTMENT]

    assert found.index is not None
    assert found.index == pytest.approx(1 - 2 / 4)
    assert found.lower is not None
    assert found.upper is not None
    assert found.lower <= found.index <= found.upper
    assert (pair.lower, pair.upper) == (None, None)

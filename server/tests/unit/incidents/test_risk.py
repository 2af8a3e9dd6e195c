"""The rule for risk areas looks back over a window that follows the incubation of the agent."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from unit.incidents.conftest import AT

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.edit_incident import edit_incident
from tongzhou.incidents.actions.record_counts import CountRow, record_counts
from tongzhou.incidents.models import Incident
from tongzhou.incidents.queries import risk
from tongzhou.ledger.models import Act

DAY = date(2020, 2, 20)
LATER = AT + timedelta(days=40)


@pytest.fixture
def counted(cast: Cast, incident: Incident) -> Incident:
    """Hangzhou's last case was ten days before the last day, Wenzhou had one that day."""
    rows = [
        CountRow(cast.areas[area], DAY - timedelta(days=ago), confirmed, 0, 0)
        for area, ago, confirmed in (
            ("3301", 30, 3), ("3301", 10, 8), ("3301", 0, 8), ("3303", 1, 60), ("3303", 0, 61),
        )
    ]  # fmt: skip
    record_counts(
        incident=incident, rows=rows, source="Bulletin", as_of=LATER, by=cast.shen, at=LATER
    )
    return incident


def _agent(cast: Cast, incident: Incident, agent: str, days: int) -> Incident:
    return edit_incident(
        incident=incident, agent=agent, incubation_days=days, reason="Known", by=cast.shen, at=LATER
    )


def _levels(incident: Incident) -> dict[str, str]:
    found = risk.of(incident, at=LATER)
    assert found is not None
    return {row.area.code: row.verdict.level for row in found.rows}


def test_two_diseases_look_back_over_different_windows(cast: Cast, counted: Incident) -> None:
    """The same counts: with fourteen days of incubation a case of ten days ago still counts,
    with the six days of the plague it does not."""
    covid = _agent(cast, counted, "SARS-CoV-2", 14)
    assert _levels(covid) == {"3301": "medium", "3303": "medium"}

    plague = _agent(cast, counted, "Yersinia pestis", 6)

    assert _levels(plague) == {"3301": "low", "3303": "medium"}
    found = risk.of(plague, at=LATER)
    assert found is not None
    assert (found.window, found.follows, found.day, found.computed_at) == (6, True, DAY, LATER)
    assert {row.area.code: row.why for row in found.rows}["3301"].endswith("none for 6 days")
    assert Act.objects.filter(type="incident.edited.v1").order_by("recorded_at", "id").last().data[  # type: ignore[union-attr]
        "windows"
    ]["risk"] == [14, 6]


def test_while_the_incubation_is_not_known_the_rule_says_its_own_days(counted: Incident) -> None:
    found = risk.of(counted, at=LATER)

    assert found is not None
    assert (found.window, found.windows.known) == (14, False)


def test_a_rule_of_fixed_days_stays_at_them(cast: Cast, counted: Incident) -> None:
    """The ninth edition of 2022 counts days for one disease alone."""
    later = [CountRow(cast.areas["3301"], date(2022, 7, 20), 9, 0, 0)]
    at = AT + timedelta(days=1000)
    record_counts(incident=counted, rows=later, source="x", as_of=at, by=cast.shen, at=at)
    _agent(cast, counted, "Yersinia pestis", 6)

    found = risk.of(counted, at=at)

    assert found is not None
    assert (found.version.number, found.window, found.follows) == (2, 14, False)


def test_without_figures_nothing_is_classed(incident: Incident) -> None:
    assert risk.of(incident, at=LATER) is None


def test_it_costs_the_same_however_many_areas(
    counted: Incident, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(5):
        risk.of(counted, at=LATER)


def test_page_and_program_say_rule_source_and_when(
    cast: Cast, counted: Incident, signed_in: Callable[[Post], Client],
    api_client: Callable[..., Client],
) -> None:  # fmt: skip
    _agent(cast, counted, "Yersinia pestis", 6)

    html = signed_in(cast.shen).get(f"/incidents/{counted.code}/situation").content.decode()
    answer = api_client(cast.shen).get(f"/api/v1/incidents/{counted.code}/risk").json()

    assert "Risk of counties (February 2020)" in html
    assert "7zbr.cn" in html
    assert (answer["window_days"], answer["follows_incubation"], answer["incubation_days"]) == (
        6, True, 6,
    )  # fmt: skip
    assert {row["area"]: row["level"] for row in answer["areas"]} == {
        "3301": "low", "3303": "medium",
    }  # fmt: skip
    assert answer["areas"][0]["facts"]["days_since_case"] == 10

"""Who may set a level, and a start that cannot wait."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from unit.incidents.conftest import AT, HOUR, LAW

from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.incidents.actions.set_grade import (
    GradeNotCompetent,
    NotProvisional,
    ProvisionalTooLong,
    set_grade,
)
from tongzhou.incidents.models import Incident, Report
from tongzhou.ledger.models import Act

LastAct = Callable[[], Act]


@pytest.fixture
def cluster(cast: Cast) -> Incident:
    """An incident of the city of Hangzhou."""
    return open_incident(
        code="hz-2020", title_zh="聚集性疫情", area=cast.areas["3301"], by=cast.lou, at=AT
    )


def grade(cast: Cast, incident: Incident, level: str, by: str = "lou", **given: object) -> Incident:
    """Set by the command of the city, if nothing else is said."""
    return set_grade(
        incident=incident, grade=level, criterion="Spreading", legal_basis=LAW,
        by=cast.posts[by], at=AT + HOUR, **given,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_city_sets_the_levels_of_a_city_and_below(cast: Cast, cluster: Incident) -> None:
    assert grade(cast, cluster, "IV").grade == "IV"
    assert grade(cast, cluster, "III").grade == "III"


def test_a_level_of_the_province_is_not_for_the_city(cast: Cast, cluster: Incident) -> None:
    with pytest.raises(GradeNotCompetent) as refused:
        grade(cast, cluster, "I")

    assert refused.value.params["unit"] == cast.units["zj-command"].name
    assert Incident.objects.get(id=cluster.id).grade == ""


def test_a_higher_level_may_step_in(cast: Cast, cluster: Incident) -> None:
    assert grade(cast, cluster, "III", by="shen").grade == "III"


def test_what_cannot_wait_is_started_and_reported_up_in_one_step(
    cast: Cast, cluster: Incident
) -> None:
    grade(cast, cluster, "II", provisional=True)

    change = cluster.grades.get()
    assert change.provisional
    assert change.expires_at == AT + HOUR + timedelta(hours=72)
    report = Report.objects.get()
    assert report.holder == cast.units["zj-health"]
    graded = Act.objects.get(type="incident.graded.v1")
    assert cast.units["zj-command"].id in graded.with_units


def test_the_competent_level_confirms_what_was_provisional(cast: Cast, cluster: Incident) -> None:
    grade(cast, cluster, "II", provisional=True)

    grade(cast, cluster, "II", by="shen")

    assert [change.provisional for change in cluster.grades.order_by("id")] == [True, False]


def test_a_provisional_start_ends_after_three_days(cast: Cast, cluster: Incident) -> None:
    with pytest.raises(ProvisionalTooLong):
        grade(cast, cluster, "II", provisional=True, expires_at=AT + timedelta(days=9))


def test_who_is_competent_starts_nothing_provisionally(cast: Cast, cluster: Incident) -> None:
    with pytest.raises(NotProvisional):
        grade(cast, cluster, "III", provisional=True)
    assert not Report.objects.exists()

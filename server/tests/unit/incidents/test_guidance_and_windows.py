"""Measures cite the guidance that they carry out; the incubation sets the windows."""

from collections.abc import Callable
from datetime import date

import pytest
from unit.incidents.conftest import AT, DAY, HOUR, LAW

from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.edit_incident import edit_incident
from tongzhou.incidents.actions.note_superseded import note_superseded
from tongzhou.incidents.actions.start_measure import start_measure
from tongzhou.incidents.models import Citation, Incident, Measure
from tongzhou.incidents.queries import guidance, windows
from tongzhou.incidents.queries.guidance import UnknownGuidance
from tongzhou.kernel.ids import named_id
from tongzhou.ledger.models import Act

LastAct = Callable[[], Act]


@pytest.fixture
def cited(measure: Measure) -> Citation:
    """A measure that rests on an item of a guidance."""
    return Citation.objects.create(
        measure=measure, version=named_id("version", "1"), key="control", item="gatherings"
    )


def test_a_measure_cannot_cite_what_is_not_in_force(cast: Cast, incident: Incident) -> None:
    with pytest.raises(UnknownGuidance) as refused:
        start_measure(
            incident=incident, title_zh="测温", area=cast.areas["3301"], legal_basis=LAW,
            stop_rule="No case", expires_at=AT + DAY, guidance=["no/such"], by=cast.shen, at=AT,
        )  # fmt: skip

    assert (refused.value.field, refused.value.row) == ("guidance", 1)
    assert not Measure.objects.exists()


def test_the_owner_is_told_once_when_the_guidance_is_superseded(
    cast: Cast, cited: Citation, last_act: LastAct
) -> None:
    younger = named_id("version", "2")
    told = [
        note_superseded(versions=[cited.version], by_version=younger, at=AT + 2 * HOUR)
        for _time in range(2)
    ]

    assert told == [1, 0]
    act = last_act()
    assert act.type == "measure.guidance_superseded.v1"
    assert act.about_id == cited.measure_id
    assert act.with_units == [cited.measure.unit_id]


def test_of_a_measure_that_is_over_nobody_is_told(cited: Citation) -> None:
    Measure.objects.update(lifted_at=AT + HOUR)

    assert note_superseded(versions=[cited.version], by_version=cited.version, at=AT + DAY) == 0


def test_a_guidance_lists_the_measures_in_force_that_rest_on_it(
    cast: Cast, cited: Citation
) -> None:
    rows, total = guidance.resting_on([cited.version], visible_to=cast.shen, at=AT + HOUR)
    later = guidance.resting_on([cited.version], visible_to=cast.shen, at=AT + 90 * DAY)

    assert ([row.measure for row in rows], total) == ([cited.measure], 1)
    assert later == ([], 0)


def test_the_windows_follow_from_the_incubation(cast: Cast, incident: Incident) -> None:
    on = date(2020, 1, 23)
    unknown = windows.of(incident, on=on)
    seven = windows.by_days(7, on=on)

    assert (unknown.known, unknown.days("contacts", default=0)) == (False, 14)
    assert (seven.days("contacts", default=0), seven.days("over", default=0)) == (7, 14)


def test_a_changed_incubation_tells_what_follows(
    cast: Cast, incident: Incident, last_act: LastAct
) -> None:
    edit_incident(incident=incident, incubation_days=14, reason="Known", by=cast.shen, at=AT)
    edit_incident(incident=incident, incubation_days=7, reason="Shorter", by=cast.shen, at=AT)

    assert last_act().data["windows"]["over"] == [28, 14]
    assert last_act().data["windows"]["contacts"] == [14, 7]

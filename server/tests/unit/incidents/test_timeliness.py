"""7-1-7: dates, corrections, and the completion that is the latest applicable action."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from unit.incidents.conftest import AT

from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.note_timeliness import UnknownStretch, note_timeliness
from tongzhou.incidents.actions.record_milestone import (
    MilestoneInFuture,
    MilestoneNeedsDate,
    MilestonesOutOfOrder,
    NoTarget,
    UnknownMilestone,
    record_milestone,
)
from tongzhou.incidents.models import Incident, Milestone
from tongzhou.incidents.queries import timeliness
from tongzhou.kernel.errors import NotAllowed, NotFound, NothingChanged, TextMissing
from tongzhou.ledger.models import Act

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
#: The target is younger than the incident of the other tests.
NOW = AT.replace(year=2024)
ACTIONS = (
    "investigate", "analyse", "laboratory", "treat", "counter", "communicate", "coordinate",
)  # fmt: skip
LastAct = Callable[[], Act]


def note_date(
    cast: Cast, incident: Incident, key: str, happened_at: datetime | None, at: datetime = NOW
) -> Milestone:
    """Recorded by the CDC of the province."""
    return record_milestone(
        incident=incident, key=key, happened_at=happened_at, by=cast.shen, at=at
    )


def of(incident: Incident, at: datetime = NOW) -> timeliness.Timeliness:
    """As it is read on that day."""
    found = timeliness.of(incident, on=at.date(), at=at)
    assert found is not None
    return found


def test_each_stretch_is_met_missed_or_not_known(cast: Cast, incident: Incident) -> None:
    note_date(cast, incident, "emerged", NOW - 9 * DAY)
    note_date(cast, incident, "detected", NOW - 4 * DAY)
    note_date(cast, incident, "notified", NOW - 2 * DAY)

    found = of(incident)

    assert [(i.key, i.met, i.length) for i in found.intervals] == [
        ("detect", True, 5 * DAY),
        ("notify", False, 2 * DAY),
        ("respond", None, None),
    ]
    assert (found.recorded, found.wanted, found.met, found.judged) == (3, 10, 1, 2)


def test_a_stretch_that_is_still_open_past_its_target_is_missed(
    cast: Cast, incident: Incident
) -> None:
    note_date(cast, incident, "notified", NOW - 8 * DAY)

    assert of(incident).intervals[2].met is False


def test_completion_is_the_latest_action_that_applies(
    cast: Cast, incident: Incident, last_act: LastAct
) -> None:
    note_date(cast, incident, "notified", NOW - 6 * DAY)
    note_date(cast, incident, "laboratory", None)
    for days, key in enumerate(a for a in ACTIONS if a != "laboratory"):
        assert of(incident).completed_at is None
        note_date(cast, incident, key, NOW - (6 - days) * DAY)

    found = of(incident)

    assert found.completed_at == NOW - DAY
    assert found.intervals[2].met is True
    assert last_act().type == "response.completed.v1"


def test_when_no_action_applies_nothing_is_complete(cast: Cast, incident: Incident) -> None:
    for key in ACTIONS:
        note_date(cast, incident, key, None)

    assert of(incident).completed_at is None


def test_a_correction_is_kept_beside_what_was_there(
    cast: Cast, incident: Incident, last_act: LastAct
) -> None:
    note_date(cast, incident, "detected", NOW - 2 * DAY)
    note_date(cast, incident, "detected", NOW - 3 * DAY)

    found = of(incident)

    assert found.dates["detected"].happened_at == NOW - 3 * DAY
    assert [old.milestone.happened_at for old in found.history] == [NOW - 2 * DAY]
    assert last_act().outcome == "corrected"


def test_taking_back_the_last_action_opens_the_response_again(
    cast: Cast, incident: Incident, last_act: LastAct
) -> None:
    for key in ACTIONS:
        note_date(cast, incident, key, NOW - DAY)
    assert last_act().type == "response.completed.v1"

    for key in ACTIONS:
        note_date(cast, incident, key, None)

    assert "response.reopened.v1" in Act.objects.values_list("type", flat=True)


def test_detection_gives_notification_a_day(
    cast: Cast, incident: Incident, last_act: LastAct
) -> None:
    note_date(cast, incident, "detected", NOW - HOUR)

    assert last_act().due_at == NOW + 23 * HOUR


def test_what_is_recorded_in_hindsight_starts_no_clock(
    cast: Cast, incident: Incident, last_act: LastAct
) -> None:
    note_date(cast, incident, "detected", NOW - 40 * DAY)

    assert last_act().due_at is None


def test_it_refuses_dates_that_cannot_be(cast: Cast, incident: Incident) -> None:
    note_date(cast, incident, "detected", NOW - 2 * DAY)

    with pytest.raises(MilestoneInFuture):
        note_date(cast, incident, "notified", NOW + HOUR)
    with pytest.raises(MilestonesOutOfOrder):
        note_date(cast, incident, "notified", NOW - 3 * DAY)
    with pytest.raises(MilestonesOutOfOrder):
        note_date(cast, incident, "emerged", NOW - DAY)
    with pytest.raises(MilestoneNeedsDate):
        note_date(cast, incident, "emerged", None)
    with pytest.raises(UnknownMilestone):
        note_date(cast, incident, "applause", NOW)
    with pytest.raises(NothingChanged):
        note_date(cast, incident, "detected", NOW - 2 * DAY)


def test_before_there_was_a_target_nothing_is_measured(cast: Cast, incident: Incident) -> None:
    assert timeliness.of(incident, on=AT.date(), at=AT) is None
    with pytest.raises(NoTarget):
        note_date(cast, incident, "detected", AT - DAY, at=AT)


def test_a_bottleneck_is_noted_with_what_follows(
    cast: Cast, incident: Incident, last_act: LastAct
) -> None:
    note_timeliness(
        incident=incident, stretch="notify", sort="bottleneck", text="No duty officer at night",
        remedy_now="A rota", by=cast.shen, at=NOW,
    )  # fmt: skip

    assert [note.text for note in of(incident).notes] == ["No duty officer at night"]
    assert "night" not in str(last_act().data)
    with pytest.raises(UnknownStretch):
        note_timeliness(
            incident=incident, stretch="dance", sort="enabler", text="x", by=cast.shen, at=NOW
        )
    with pytest.raises(TextMissing):
        note_timeliness(
            incident=incident, stretch="notify", sort="enabler", text=" ", by=cast.shen, at=NOW
        )


def test_who_only_sees_the_incident_cannot_record(cast: Cast, incident: Incident) -> None:
    with pytest.raises(NotAllowed):
        record_milestone(incident=incident, key="detected", happened_at=NOW, by=cast.lou, at=NOW)
    with pytest.raises(NotFound):
        record_milestone(incident=incident, key="detected", happened_at=NOW, by=cast.ou, at=NOW)

"""Working groups, decisions and measures in force."""

from collections.abc import Callable
from typing import Any

import pytest
from unit.incidents.conftest import AT, DAY, HOUR, LAW

from tongzhou.actors.models import Unit
from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.change import ReasonMissing, TextMissing
from tongzhou.incidents.actions.change_group import GroupDissolved, change_group
from tongzhou.incidents.actions.complete_decision import DecisionCompleted, complete_decision
from tongzhou.incidents.actions.convene_group import convene_group
from tongzhou.incidents.actions.dissolve_group import dissolve_group
from tongzhou.incidents.actions.form_group import MemberInactive, form_group
from tongzhou.incidents.actions.lift_measure import MeasureNotInForce, lift_measure
from tongzhou.incidents.actions.record_decision import DecisionDueTooEarly, record_decision
from tongzhou.incidents.actions.start_measure import (
    MeasureExpiresTooLate,
    MeasureNeedsBasis,
    MeasureNeedsExpiry,
    MeasureNeedsStopRule,
    MeasureOutside,
    start_measure,
)
from tongzhou.incidents.models import Decision, Incident, Measure, WorkingGroup
from tongzhou.ledger.models import Act

Last = Callable[[], Act]


def test_members_of_a_group_work_in_the_incident(
    cast: Cast, incident: Incident, group: WorkingGroup, last_act: Last
) -> None:
    assert incident.relations_of(cast.tang) == {"member"}
    assert incident.relations_of(cast.qiu) == {"member"}
    assert {unit.code for unit in group.members.all()} == {"zj-health", "zj-cdc"}
    act = last_act()
    assert set(act.with_units) == {cast.units["zj-health"].id, cast.units["zj-cdc"].id}
    assert act.basis == "order"


def test_a_group_with_society_rests_on_agreement(
    cast: Cast, incident: Incident, last_act: Last
) -> None:
    form_group(
        incident=incident, name_zh="社区组", chair=cast.units["hz-command"],
        members=[cast.units["lvyuan-volunteers"]], by=cast.shen, at=AT,
    )  # fmt: skip

    assert last_act().basis == "agreement"


def test_who_leaves_the_last_group_keeps_sight_and_loses_rights(
    cast: Cast, incident: Incident, group: WorkingGroup
) -> None:
    second = form_group(
        incident=incident, name_zh="流调组", chair=cast.units["zj-cdc"], by=cast.shen, at=AT
    )
    change_group(group=group, chair=cast.units["zj-health"], members=[], by=cast.shen, at=AT)
    assert incident.relations_of(cast.qiu) == {"member"}

    dissolve_group(group=second, reason="Done", by=cast.shen, at=AT + DAY)

    assert incident.relations_of(cast.qiu) == {"area"}
    assert incident.relations_of(cast.tang) == {"member"}


def test_a_dissolved_group_neither_meets_nor_changes(cast: Cast, group: WorkingGroup) -> None:
    dissolve_group(group=group, reason="Done", by=cast.shen, at=AT + DAY)

    with pytest.raises(GroupDissolved):
        convene_group(group=group, topic="Beds", by=cast.shen, at=AT + DAY)
    with pytest.raises(GroupDissolved):
        change_group(group=group, chair=group.chair, members=[], by=cast.shen, at=AT + DAY)


def test_an_inactive_unit_cannot_join(cast: Cast, incident: Incident) -> None:
    Unit.objects.filter(code="zj-cdc").update(active=False)
    inactive = Unit.objects.get(code="zj-cdc")

    with pytest.raises(MemberInactive):
        form_group(incident=incident, name_zh="组", chair=inactive, by=cast.shen, at=AT)


def test_a_meeting_names_topic_and_members(cast: Cast, group: WorkingGroup, last_act: Last) -> None:
    convene_group(group=group, topic="Beds", by=cast.tang, at=AT + DAY)

    act = last_act()
    assert (act.data["topic"], act.with_units) == ("Beds", [cast.units["zj-cdc"].id])
    with pytest.raises(TextMissing):
        convene_group(group=group, topic="", by=cast.tang, at=AT + DAY)


def test_the_unit_that_carries_a_decision_out_sees_the_incident_and_completes_it(
    cast: Cast, incident: Incident, decision: Decision, last_act: Last
) -> None:
    assert incident.relations_of(cast.xia) == {"tasked"}
    assert decision.relations_of(cast.xia) == {"tasked", "owner"}

    done = complete_decision(decision=decision, outcome="310 beds", by=cast.xia, at=AT + DAY)

    assert (done.outcome, done.completed_at) == ("310 beds", AT + DAY)
    assert (last_act().outcome, last_act().with_units) == ("in time", [cast.shen.unit_id])
    with pytest.raises(DecisionCompleted):
        complete_decision(decision=decision, outcome="Again", by=cast.xia, at=AT + DAY)


def test_a_decision_carried_out_late_is_told_as_late(
    cast: Cast, decision: Decision, last_act: Last
) -> None:
    complete_decision(decision=decision, outcome="310 beds", by=cast.xia, at=AT + 5 * DAY)

    assert last_act().outcome == "late"


def test_a_decision_needs_text_and_a_date_ahead(cast: Cast, incident: Incident) -> None:
    given: dict[str, Any] = {"incident": incident, "owner": cast.units["hz-health"]}

    with pytest.raises(DecisionDueTooEarly):
        record_decision(text="Beds", due_at=AT, by=cast.shen, at=AT, **given)
    with pytest.raises(TextMissing):
        record_decision(text=" ", due_at=AT + DAY, by=cast.shen, at=AT, **given)

    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"legal_basis": " "}, MeasureNeedsBasis),
        ({"stop_rule": ""}, MeasureNeedsStopRule),
        ({"expires_at": None}, MeasureNeedsExpiry),
        ({"expires_at": AT}, MeasureNeedsExpiry),
        ({"expires_at": AT + 733 * DAY}, MeasureExpiresTooLate),
        ({"title_zh": ""}, TextMissing),
    ],
)
def test_a_measure_without_basis_stop_rule_or_expiry_is_not_published(
    cast: Cast, incident: Incident, fields: dict[str, Any], refusal: type[Exception]
) -> None:
    given = {
        "title_zh": "测温", "legal_basis": LAW, "stop_rule": "14 days", "expires_at": AT + DAY,
        **fields,
    }  # fmt: skip

    with pytest.raises(refusal):
        start_measure(incident=incident, area=cast.areas["3301"], by=cast.shen, at=AT, **given)

    assert not Measure.objects.exists()


def test_a_measure_holds_inside_the_area_of_its_incident(cast: Cast, incident: Incident) -> None:
    Incident.objects.filter(id=incident.id).update(area=cast.areas["3301"])

    with pytest.raises(MeasureOutside):
        start_measure(
            incident=incident, title_zh="测温", area=cast.areas["3303"], legal_basis=LAW,
            stop_rule="14 days", expires_at=AT + DAY, by=cast.shen, at=AT,
        )  # fmt: skip


def test_the_act_of_a_measure_is_public_and_carries_its_area(
    cast: Cast, measure: Measure, last_act: Last
) -> None:
    act = last_act()

    assert (act.visibility, act.area, act.evidence) == ("public", "3301", LAW)
    assert act.data["stop_rule"] == "No new case for 14 days"


def test_a_measure_is_in_force_until_lifted_or_expired(cast: Cast, measure: Measure) -> None:
    assert not measure.in_force(AT)
    assert measure.in_force(AT + HOUR)
    assert not measure.in_force(AT + 14 * DAY)

    lifted = lift_measure(measure=measure, reason="Calm", by=cast.shen, at=AT + DAY)

    assert not lifted.in_force(AT + DAY)
    with pytest.raises(MeasureNotInForce):
        lift_measure(measure=measure, reason="Calm", by=cast.shen, at=AT + 2 * DAY)


def test_lifting_needs_a_reason(cast: Cast, measure: Measure) -> None:
    with pytest.raises(ReasonMissing):
        lift_measure(measure=measure, reason="", by=cast.shen, at=AT + DAY)

"""Opening an incident, its profile, and who sees it."""

from collections.abc import Callable

import pytest
from unit.incidents.conftest import AT, DAY, HOUR

from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.assess_signal import assess_signal
from tongzhou.incidents.actions.change import IncidentClosed, ReasonMissing, TextMissing
from tongzhou.incidents.actions.close_incident import MeasuresInForce, close_incident
from tongzhou.incidents.actions.edit_incident import NothingChanged, edit_incident
from tongzhou.incidents.actions.form_group import form_group
from tongzhou.incidents.actions.open_incident import (
    CodeMalformed,
    CodeTaken,
    SignalHasIncident,
    open_incident,
)
from tongzhou.incidents.actions.reopen_incident import IncidentNotClosed, reopen_incident
from tongzhou.incidents.actions.report_signal import report_signal
from tongzhou.incidents.actions.set_grade import set_grade
from tongzhou.incidents.actions.tell_units import NobodyTold, tell_units
from tongzhou.incidents.models import Incident, Measure, Signal
from tongzhou.kernel.errors import NotAllowed, NotFound
from tongzhou.ledger.models import Act


def test_owner_line_and_told_units_see_it_and_nobody_else(cast: Cast) -> None:
    incident = open_incident(
        code="hz-cluster", title_zh="聚集性疫情", area=cast.areas["330106"],
        told=[cast.units["xh-command"]], by=cast.lou, at=AT,
    )  # fmt: skip

    assert incident.relations_of(cast.lou) == {"owner"}
    assert incident.relations_of(cast.shen) == {"line"}
    assert incident.relations_of(cast.second_post) == {"area"}
    assert incident.relations_of(cast.ou) == frozenset()
    assert incident.relations_of(cast.tang) == frozenset()


def test_it_begins_in_watch_with_a_first_wave(incident: Incident) -> None:
    assert (incident.phase, incident.wave, incident.grade) == ("watch", 1, "")
    assert [change.phase for change in incident.phases.all()] == ["watch"]


def test_a_signal_can_lead_to_one_incident(
    cast: Cast, signal: Signal, last_act: Callable[[], Act]
) -> None:
    fields = {"title_zh": "疫情", "area": cast.areas["33"], "signal": signal}

    incident = open_incident(code="a", by=cast.shen, at=AT, **fields)

    signal.refresh_from_db()
    assert signal.incident_id == incident.id
    assert last_act().data["signal"] == str(signal.id)
    with pytest.raises(SignalHasIncident):
        open_incident(code="b", by=cast.shen, at=AT, **fields)


def test_opening_from_a_signal_stands_in_its_history_and_tells_its_assessors(
    cast: Cast, signal: Signal, last_act: Callable[[], Act]
) -> None:
    assess_signal(signal=signal, verdict="incident", reasons="Cluster", by=cast.qiu, at=AT)

    incident = open_incident(
        code="a", title_zh="疫情", area=cast.areas["33"], signal=signal, by=cast.shen, at=AT + HOUR
    )

    joined = Act.objects.filter(about_id=signal.id).order_by("-id")[0]
    assert (joined.type, joined.incident) == ("signal.joined.v1", incident.id)
    assert cast.qiu.unit_id in joined.audience
    assert incident.relations_of(cast.qiu) == {"area"}
    assert last_act().type == "incident.opened.v1"
    assert list(last_act().with_units) == [cast.qiu.unit_id]


def test_whoever_assessed_and_opens_is_not_told_of_it_again(
    cast: Cast, signal: Signal, last_act: Callable[[], Act]
) -> None:
    assess_signal(signal=signal, verdict="incident", reasons="Cluster", by=cast.shen, at=AT)

    incident = open_incident(
        code="a", title_zh="疫情", area=cast.areas["33"], signal=signal, by=cast.shen, at=AT
    )

    assert incident.relations_of(cast.shen) == {"owner"}
    assert not last_act().with_units


def test_a_signal_stays_as_it_was_when_the_incident_cannot_be_recorded(
    cast: Cast, signal: Signal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_fields: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("tongzhou.incidents.actions.open_incident.record", fail)

    with pytest.raises(RuntimeError):
        open_incident(
            code="a", title_zh="疫情", area=cast.areas["33"], signal=signal, by=cast.shen, at=AT
        )

    signal.refresh_from_db()
    assert signal.incident_id is None
    assert not Act.objects.filter(type="signal.joined.v1").exists()


def test_a_signal_of_elsewhere_cannot_be_joined(cast: Cast) -> None:
    elsewhere = report_signal(text="Fever", area=cast.areas["3303"], at=AT)

    with pytest.raises(NotFound):
        open_incident(
            code="a", title_zh="疫情", area=cast.areas["3301"], signal=elsewhere,
            by=cast.lou, at=AT,
        )  # fmt: skip

    assert not Incident.objects.exists()


@pytest.mark.parametrize("code", ["", "Zj 2020", "zj--2020", "浙江", "x" * 61])
def test_a_code_is_small_letters_digits_and_hyphens(cast: Cast, code: str) -> None:
    with pytest.raises(CodeMalformed):
        open_incident(code=code, title_zh="疫情", area=cast.areas["33"], by=cast.shen, at=AT)


def test_a_code_is_taken_once_and_a_title_is_needed(cast: Cast, incident: Incident) -> None:
    with pytest.raises(CodeTaken):
        open_incident(
            code=incident.code, title_zh="疫情", area=cast.areas["33"], by=cast.shen, at=AT
        )
    with pytest.raises(TextMissing):
        open_incident(code="other", title_zh="", area=cast.areas["33"], by=cast.shen, at=AT)


def test_a_command_opens_nothing_outside_of_its_area(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        open_incident(code="a", title_zh="疫情", area=cast.areas["3303"], by=cast.lou, at=AT)


def test_only_a_command_opens(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        open_incident(code="a", title_zh="疫情", area=cast.areas["3303"], by=cast.ou, at=AT)


def test_a_failing_ledger_opens_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_fields: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("tongzhou.incidents.actions.change.append", fail)

    with pytest.raises(ConnectionError):
        open_incident(code="a", title_zh="疫情", area=cast.areas["33"], by=cast.shen, at=AT)

    assert not Incident.objects.exists()


def test_a_failing_ledger_takes_no_signal(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_fields: object) -> None:
        raise ConnectionError

    monkeypatch.setattr("tongzhou.incidents.actions.report_signal.append", fail)

    with pytest.raises(ConnectionError):
        report_signal(text="Fever", area=cast.areas["33"], at=AT)

    assert not Signal.objects.exists()


def test_the_profile_keeps_what_it_was(
    cast: Cast, incident: Incident, last_act: Callable[[], Act]
) -> None:
    edited = edit_incident(
        incident=incident, reason="Sequenced", agent="SARS-CoV-2", incubation_days=14,
        title_zh=incident.title_zh, by=cast.shen, at=AT + HOUR,
    )  # fmt: skip

    assert (edited.agent, edited.incubation_days) == ("SARS-CoV-2", 14)
    assert last_act().data["changes"] == {
        "agent": ["", "SARS-CoV-2"],
        "incubation_days": [None, 14],
    }


def test_an_edit_needs_a_reason_a_change_and_a_title(cast: Cast, incident: Incident) -> None:
    def edit(**fields: str) -> None:
        edit_incident(**{"incident": incident, "reason": "r", "by": cast.shen, "at": AT, **fields})

    with pytest.raises(ReasonMissing):
        edit(reason="", agent="x")
    with pytest.raises(NothingChanged):
        edit(agent="")
    with pytest.raises(TextMissing):
        edit(title_zh=" ", title_en="")


def test_further_units_are_told(cast: Cast, incident: Incident) -> None:
    tell_units(incident=incident, units=[cast.units["wz-command"]], by=cast.shen, at=AT)

    assert incident.relations_of(cast.he) == {"area"}
    with pytest.raises(NobodyTold):
        tell_units(incident=incident, units=[cast.units["wz-command"]], by=cast.shen, at=AT)


def test_closing_names_the_measures_that_are_still_in_force(
    cast: Cast, incident: Incident, measure: Measure
) -> None:
    with pytest.raises(MeasuresInForce, match="No large gatherings"):
        close_incident(incident=incident, reason="Over", by=cast.shen, at=AT + DAY)

    assert Incident.objects.get(id=incident.id).is_open


def test_closing_can_lift_them_in_the_same_step(
    cast: Cast, incident: Incident, measure: Measure
) -> None:
    closed = close_incident(
        incident=incident, reason="Over", by=cast.shen, at=AT + DAY, lift_measures=True
    )

    measure.refresh_from_db()
    assert (closed.closed_at, measure.lifted_at) == (AT + DAY, AT + DAY)
    types = Act.objects.order_by("id").values_list("type", flat=True)
    assert list(types)[-2:] == ["measure.lifted.v1", "incident.closed.v1"]


def test_an_expired_measure_does_not_stand_in_the_way(
    cast: Cast, incident: Incident, measure: Measure
) -> None:
    closed = close_incident(incident=incident, reason="Over", by=cast.shen, at=AT + 30 * DAY)

    assert not closed.is_open


def test_nothing_can_be_changed_in_a_closed_incident(cast: Cast, incident: Incident) -> None:
    close_incident(incident=incident, reason="Over", by=cast.shen, at=AT + DAY)

    with pytest.raises(IncidentClosed):
        set_grade(
            incident=incident, grade="I", criterion="c", legal_basis="l", by=cast.shen, at=AT + DAY
        )
    with pytest.raises(IncidentClosed):
        form_group(
            incident=incident, name_zh="组", chair=cast.units["zj-cdc"], by=cast.shen, at=AT + DAY
        )
    with pytest.raises(IncidentClosed):
        close_incident(incident=incident, reason="Over", by=cast.shen, at=AT + DAY)


def test_a_closed_incident_can_be_opened_again(cast: Cast, incident: Incident) -> None:
    with pytest.raises(IncidentNotClosed):
        reopen_incident(incident=incident, reason="Why", by=cast.shen, at=AT)
    close_incident(incident=incident, reason="Over", by=cast.shen, at=AT + DAY)

    again = reopen_incident(incident=incident, reason="New cases", by=cast.shen, at=AT + 2 * DAY)

    assert again.is_open
    assert again.close_reason == ""

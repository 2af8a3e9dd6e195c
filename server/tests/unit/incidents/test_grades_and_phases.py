"""Response levels with their history, phases and waves."""

from collections.abc import Callable

import pytest
from unit.incidents.conftest import AT, DAY, HOUR, LAW

from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.change import ReasonMissing, TextMissing
from tongzhou.incidents.actions.change_phase import PhaseUnchanged, UnknownPhase, change_phase
from tongzhou.incidents.actions.set_grade import (
    GradeExpiresTooEarly,
    GradeExpiresTooLate,
    GradeNeedsExpiry,
    UnknownGrade,
    set_grade,
)
from tongzhou.incidents.models import Incident
from tongzhou.ledger.models import Act


def test_up_down_and_extension_keep_the_whole_history(
    cast: Cast, incident: Incident, last_act: Callable[[], Act]
) -> None:
    outcomes = []
    for step, (grade, criterion) in enumerate(
        [("I", "Spreading"), ("II", "Fewer cases"), ("I", "More"), ("I", "Still"), ("III", "Few")]
    ):
        at = AT + step * DAY
        set_grade(
            incident=incident, grade=grade, criterion=criterion, legal_basis=LAW,
            expires_at=at + 14 * DAY, by=cast.shen, at=at,
        )  # fmt: skip
        outcomes.append(last_act().outcome)

    assert outcomes == ["set", "lowered", "raised", "extended", "lowered"]
    history = incident.grades.order_by("at")
    assert [(row.grade, row.criterion) for row in history] == [
        ("I", "Spreading"), ("II", "Fewer cases"), ("I", "More"), ("I", "Still"), ("III", "Few"),
    ]  # fmt: skip
    assert {row.approver_id for row in history} == {cast.shen.id}
    assert Incident.objects.get(id=incident.id).grade == "III"


def test_the_act_tells_level_basis_and_expiry(
    cast: Cast, incident: Incident, last_act: Callable[[], Act]
) -> None:
    set_grade(
        incident=incident, grade="I", criterion="Spreading", legal_basis=LAW,
        expires_at=AT + DAY, by=cast.shen, at=AT,
    )  # fmt: skip

    act = last_act()
    assert (act.basis, act.evidence, act.due_at) == ("law", LAW, AT + DAY)
    assert (act.data["grade"], act.data["before"], act.data["code"]) == ("I", "", "zj-2020")
    assert (act.visibility, act.phase, act.area) == ("public", "watch", "33")
    assert act.with_units == [cast.units["hz-command"].id]


@pytest.mark.parametrize(
    ("fields", "refusal", "field"),
    [
        ({"grade": "V"}, UnknownGrade, "grade"),
        ({"criterion": " "}, TextMissing, "criterion"),
        ({"legal_basis": ""}, TextMissing, "legal_basis"),
        ({"expires_at": AT}, GradeExpiresTooEarly, "expires_at"),
        ({"expires_at": AT + 367 * DAY}, GradeExpiresTooLate, "expires_at"),
    ],
)
def test_a_level_needs_criterion_basis_and_a_future_expiry(
    cast: Cast,
    incident: Incident,
    fields: dict[str, object],
    refusal: type[Exception],
    field: str,
) -> None:
    given = {"grade": "I", "criterion": "c", "legal_basis": LAW, **fields}

    with pytest.raises(refusal) as refused:
        set_grade(incident=incident, by=cast.shen, at=AT, **given)

    assert refused.value.field == field  # type: ignore[attr-defined]
    assert not incident.grades.exists()


def test_the_same_level_with_the_same_expiry_changes_nothing(
    cast: Cast, incident: Incident
) -> None:
    def grade() -> None:
        set_grade(
            incident=incident, grade="I", criterion="c", legal_basis=LAW, expires_at=AT + DAY,
            by=cast.shen, at=AT,
        )  # fmt: skip

    grade()
    with pytest.raises(GradeNeedsExpiry):
        grade()


def test_responding_again_begins_a_new_wave(cast: Cast, incident: Incident) -> None:
    phases = ["respond", "sustain", "recover", "respond", "watch", "respond", "prepare"]
    for step, phase in enumerate(phases):
        change_phase(
            incident=incident, phase=phase, reason="Cases", by=cast.shen, at=AT + step * HOUR
        )

    waves = [(row.phase, row.wave) for row in incident.phases.order_by("at", "id")]
    assert waves == [
        ("watch", 1), ("respond", 1), ("sustain", 1), ("recover", 1), ("respond", 2),
        ("watch", 2), ("respond", 3), ("prepare", 3),
    ]  # fmt: skip
    found = Incident.objects.get(id=incident.id)
    assert (found.phase, found.wave) == ("prepare", 3)


def test_acts_after_the_change_carry_the_new_phase(
    cast: Cast, incident: Incident, last_act: Callable[[], Act]
) -> None:
    change_phase(incident=incident, phase="respond", reason="Cases", by=cast.shen, at=AT)

    assert (last_act().phase, last_act().data["before"]) == ("respond", "watch")


def test_a_phase_change_needs_another_known_phase_and_a_reason(
    cast: Cast, incident: Incident
) -> None:
    with pytest.raises(UnknownPhase):
        change_phase(incident=incident, phase="panic", reason="r", by=cast.shen, at=AT)
    with pytest.raises(PhaseUnchanged):
        change_phase(incident=incident, phase="watch", reason="r", by=cast.shen, at=AT)
    with pytest.raises(ReasonMissing):
        change_phase(incident=incident, phase="respond", reason="", by=cast.shen, at=AT)

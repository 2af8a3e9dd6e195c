"""What holds for every act in this room: somebody may do it, somebody who sees the object
may not, somebody else does not find it, and nothing is left behind when it fails."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from unit.incidents.conftest import AT, DAY, HOUR, LAW
from unit.rows import rows

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.incidents import models
from tongzhou.incidents.actions import change
from tongzhou.incidents.actions.answer_signal import answer_signal
from tongzhou.incidents.actions.assess_signal import assess_signal
from tongzhou.incidents.actions.change_group import change_group
from tongzhou.incidents.actions.change_phase import change_phase
from tongzhou.incidents.actions.close_incident import close_incident
from tongzhou.incidents.actions.complete_decision import complete_decision
from tongzhou.incidents.actions.convene_group import convene_group
from tongzhou.incidents.actions.dissolve_group import dissolve_group
from tongzhou.incidents.actions.edit_incident import edit_incident
from tongzhou.incidents.actions.form_group import form_group
from tongzhou.incidents.actions.lift_measure import lift_measure
from tongzhou.incidents.actions.note_timeliness import note_timeliness
from tongzhou.incidents.actions.read_contact import read_contact
from tongzhou.incidents.actions.record_counts import CountRow, record_counts
from tongzhou.incidents.actions.record_decision import record_decision
from tongzhou.incidents.actions.reopen_incident import reopen_incident
from tongzhou.incidents.actions.see_decision import see_decision
from tongzhou.incidents.actions.set_grade import set_grade
from tongzhou.incidents.actions.start_measure import start_measure
from tongzhou.incidents.actions.tell_units import tell_units
from tongzhou.kernel.errors import NotAllowed, NotFound
from tongzhou.ledger.models import Act

TABLES = (
    models.Signal,
    models.SignalAnswer,
    models.Assessment,
    models.Incident,
    models.IncidentParty,
    models.GradeChange,
    models.PhaseChange,
    models.WorkingGroup,
    models.Decision,
    models.DecisionSeen,
    models.TimelinessNote,
    models.Measure,
    models.DailyCount,
)


@dataclass
class World:
    """The objects that the acts are done to."""

    cast: Cast
    signal: models.Signal
    incident: models.Incident
    group: models.WorkingGroup
    decision: models.Decision
    measure: models.Measure


@dataclass(frozen=True)
class Case:
    """One act: how it is done, by whom it is allowed, by whom (who sees the object) not, and
    what it is called in the ledger."""

    do: Callable[[World, Post], Any]
    allowed: str
    refused: str
    type: str
    kind: str
    before: Callable[[World], Any] = lambda _world: None


LATER = AT + 2 * HOUR


def _assess(world: World) -> None:
    assess_signal(
        signal=world.signal, verdict="watch", reasons="Unclear", by=world.cast.shen, at=AT
    )


def _close(world: World) -> None:
    close_incident(
        incident=world.incident, reason="Over", by=world.cast.shen, at=LATER, lift_measures=True
    )


def _counts(world: World, by: Post) -> object:
    row = CountRow(world.cast.areas["3301"], AT.date(), 5, 0, 0)
    return record_counts(
        incident=world.incident, rows=[row], source="CDC", as_of=AT, by=by, at=LATER
    )


CASES = {
    "assess_signal": Case(
        lambda w, by: assess_signal(
            signal=w.signal, verdict="incident", reasons="A cluster", by=by, at=LATER
        ),
        "qiu", "bai", "signal.assessed.v1", "deliberate",
    ),
    "answer_signal": Case(
        lambda w, by: answer_signal(signal=w.signal, answer="Thank you", by=by, at=LATER),
        "bai", "gu", "signal.answered.v1", "answer", before=_assess,
    ),
    "read_contact": Case(
        lambda w, by: read_contact(signal=w.signal, by=by, at=LATER),
        "qiu", "bai", "signal.contact_read.v1", "",
    ),
    "edit_incident": Case(
        lambda w, by: edit_incident(
            incident=w.incident, reason="Known now", agent="SARS-CoV-2", by=by, at=LATER
        ),
        "shen", "lou", "incident.edited.v1", "clarify",
    ),
    "tell_units": Case(
        lambda w, by: tell_units(
            incident=w.incident, units=[w.cast.units["wz-command"]], by=by, at=LATER
        ),
        "shen", "lou", "incident.told.v1", "share",
    ),
    "set_grade": Case(
        lambda w, by: set_grade(
            incident=w.incident, grade="I", criterion="Spreading", legal_basis=LAW, by=by, at=LATER
        ),
        "shen", "lou", "incident.graded.v1", "decide",
    ),
    "change_phase": Case(
        lambda w, by: change_phase(
            incident=w.incident, phase="respond", reason="Cases", by=by, at=LATER
        ),
        "shen", "lou", "incident.phase_changed.v1", "decide",
    ),
    "form_group": Case(
        lambda w, by: form_group(
            incident=w.incident, name_zh="物资组", chair=w.cast.units["zj-health"], by=by, at=LATER
        ),
        "shen", "tang", "group.formed.v1", "convene",
    ),
    "change_group": Case(
        lambda w, by: change_group(
            group=w.group, chair=w.cast.units["zj-cdc"], members=[], by=by, at=LATER
        ),
        "shen", "tang", "group.changed.v1", "convene",
    ),
    "dissolve_group": Case(
        lambda w, by: dissolve_group(group=w.group, reason="Done", by=by, at=LATER),
        "shen", "tang", "group.dissolved.v1", "decide",
    ),
    "convene_group": Case(
        lambda w, by: convene_group(group=w.group, topic="Beds", by=by, at=LATER),
        "tang", "lou", "group.convened.v1", "convene",
    ),
    "record_decision": Case(
        lambda w, by: record_decision(
            incident=w.incident, text="Buy masks", owner=w.cast.units["hz-health"],
            due_at=AT + DAY, by=by, at=LATER,
        ),
        "tang", "lou", "decision.recorded.v1", "decide",
    ),
    "complete_decision": Case(
        lambda w, by: complete_decision(decision=w.decision, outcome="Ready", by=by, at=LATER),
        "xia", "lou", "decision.completed.v1", "answer",
    ),
    "see_decision": Case(
        lambda w, by: see_decision(decision=w.decision, by=by, at=LATER),
        "lou", "gu", "decision.seen.v1", "answer",
    ),
    "note_timeliness": Case(
        lambda w, by: note_timeliness(
            incident=w.incident, stretch="notify", sort="enabler", text="A rota", by=by, at=LATER
        ),
        "qiu", "lou", "timeliness.noted.v1", "clarify",
    ),
    "start_measure": Case(
        lambda w, by: start_measure(
            incident=w.incident, title_zh="测温", area=w.cast.areas["3301"], legal_basis=LAW,
            stop_rule="No new case for 14 days", expires_at=AT + DAY, by=by, at=LATER,
        ),
        "tang", "lou", "measure.started.v1", "decide",
    ),
    "lift_measure": Case(
        lambda w, by: lift_measure(measure=w.measure, reason="Not needed", by=by, at=LATER),
        "tang", "lou", "measure.lifted.v1", "decide",
    ),
    "record_counts": Case(_counts, "qiu", "tang", "counts.recorded.v1", "report"),
    "close_incident": Case(
        lambda w, by: close_incident(
            incident=w.incident, reason="Over", by=by, at=LATER, lift_measures=True
        ),
        "shen", "lou", "incident.closed.v1", "decide",
    ),
    "reopen_incident": Case(
        lambda w, by: reopen_incident(incident=w.incident, reason="Again", by=by, at=LATER),
        "shen", "lou", "incident.reopened.v1", "decide", before=_close,
    ),
}  # fmt: skip

every_act = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


@pytest.fixture
def world(
    cast: Cast,
    signal: models.Signal,
    incident: models.Incident,
    group: models.WorkingGroup,
    decision: models.Decision,
    measure: models.Measure,
) -> World:
    """Everything at once."""
    return World(cast, signal, incident, group, decision, measure)


@every_act
def test_it_happens_and_stands_in_the_ledger_once(world: World, case: Case) -> None:
    case.before(world)
    before = set(Act.objects.values_list("id", flat=True))

    case.do(world, world.cast.posts[case.allowed])

    written = Act.objects.exclude(id__in=before).exclude(type="measure.lifted.v1")
    if case.type == "measure.lifted.v1":
        written = Act.objects.exclude(id__in=before)
    (act,) = written
    by = world.cast.posts[case.allowed]
    assert (act.type, act.kind, act.by_post, act.by_unit) == (
        case.type, case.kind, by.id, by.unit_id,
    )  # fmt: skip
    assert act.at == LATER
    assert by.unit_id in act.audience
    assert world.cast.units["wz-trade"].id not in act.audience


@every_act
def test_a_post_without_the_permission_is_refused(world: World, case: Case) -> None:
    case.before(world)
    before = rows(TABLES)

    with pytest.raises(NotAllowed):
        case.do(world, world.cast.posts[case.refused])

    assert rows(TABLES) == before


@every_act
def test_another_organisation_finds_nothing(world: World, case: Case) -> None:
    case.before(world)

    with pytest.raises(NotFound):
        case.do(world, world.cast.ou)


@every_act
def test_a_failing_ledger_leaves_nothing_behind(
    world: World, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.before(world)
    before = rows(TABLES)

    class LedgerIsDown(Exception):
        pass

    def fail(*_args: object, **_fields: object) -> None:
        raise LedgerIsDown

    monkeypatch.setattr(change, "append", fail)
    for name in ("assess_signal", "answer_signal", "read_contact"):
        monkeypatch.setattr(f"tongzhou.incidents.actions.{name}.append", fail)

    with pytest.raises(LedgerIsDown):
        case.do(world, world.cast.posts[case.allowed])

    assert rows(TABLES) == before

"""A small world with one of everything in it, none of it the outsider's: what stands behind
the addresses of ``page_rows.py`` and ``operation_rows.py``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from tongzhou.actors.actions.invite_person import invite_person
from tongzhou.actors.actions.issue_token import issue_token
from tongzhou.actors.models import ApiToken, Invitation
from tongzhou.actors.vocabulary import Role
from tongzhou.demo.cast import Cast, assemble
from tongzhou.incidents import uploads
from tongzhou.incidents.actions.assess_signal import assess_signal
from tongzhou.incidents.actions.form_group import form_group
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.incidents.actions.record_counts import CountRow, record_counts
from tongzhou.incidents.actions.record_decision import record_decision
from tongzhou.incidents.actions.report_signal import report_signal
from tongzhou.incidents.actions.set_grade import set_grade
from tongzhou.incidents.actions.start_measure import start_measure
from tongzhou.incidents.models import (
    CountsFile,
    Decision,
    Incident,
    Measure,
    Signal,
    Verdict,
    WorkingGroup,
)
from tongzhou.ledger.models import Act
from tongzhou.tasks.actions.attach_file import attach_file
from tongzhou.tasks.actions.comment_task import comment_task
from tongzhou.tasks.actions.send_task import send_task
from tongzhou.tasks.models import Attachment, Basis, Task

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEXT: Final = "Bring 400 masks to the gate, quietly"
#: Words of objects that the outsider has nothing to do with. None of them may ever reach it,
#: whatever it asks for.
SECRETS: Final = {
    "title of the task": "Masks for the hidden gate",
    "title of another task": "Masks for the hidden door",
    "comment on the task": TEXT,
    "name of the file": "hidden-list.csv",
    "text of the signal": "Hidden cough in the third house",
    "name of the reporter": "Zhang Hidden",
    "telephone of the reporter": "13800000000",
    "reasons of the assessment": "Hidden reasons",
    "name of the group": "Hidden group",
    "text of the decision": "Hidden decision",
    "title of the incident": "Hidden incident",
    "title of its measure": "Hidden measure",
    "source of the counts": "Hidden source",
}
FILE: Final = b"date,city_code,confirmed,cured,dead\n2020-01-24,3301,12,0,0\n"


@dataclass(frozen=True)
class World:
    """The objects, and the moment at which the world stands."""

    cast: Cast
    at: datetime
    task: Task
    other_task: Task
    attachment: Attachment
    signal: Signal
    incident: Incident
    shown_incident: Incident
    group: WorkingGroup
    decision: Decision
    measure: Measure
    counts: CountsFile
    act: UUID
    token: ApiToken
    invitation: Invitation
    invitation_key: str
    #: What the modules of ``rooms`` made, by the name of the module.
    of: dict[str, Any] = field(default_factory=dict)

    @property
    def later(self) -> str:
        """A moment that lies ahead, as JSON has it."""
        return (self.at + 3 * DAY).isoformat()

    @property
    def later_local(self) -> str:
        """The same as a browser's own control sends it."""
        return (self.at + 3 * DAY).strftime("%Y-%m-%dT%H:%M")


def make(*, now: datetime) -> World:
    """Makes the world, through the acts. Everything in it is still in force at ``now``."""
    at = now - HOUR
    cast = assemble(at=now - DAY)
    signal = report_signal(
        text=SECRETS["text of the signal"],
        area=cast.areas["330106002901"],
        contact_name=SECRETS["name of the reporter"],
        contact_phone=SECRETS["telephone of the reporter"],
        at=at,
    )
    assess_signal(
        signal=signal,
        verdict=Verdict.WATCH,
        reasons=SECRETS["reasons of the assessment"],
        by=cast.ye,
        at=at,
    )
    incident = _incident(
        cast, at, title=SECRETS["title of the incident"], code="hidden", public=False
    )
    group = form_group(
        incident=incident,
        name_zh="隐名组",
        name_en=SECRETS["name of the group"],
        chair=cast.units["zj-health"],
        members=[cast.units["zj-cdc"]],
        by=cast.shen,
        at=at,
    )
    decision = record_decision(
        incident=incident,
        text=SECRETS["text of the decision"],
        owner=cast.units["hz-health"],
        due_at=now + DAY,
        by=cast.shen,
        at=at,
    )
    measure = start_measure(
        incident=incident,
        title_zh="隐名措施",
        title_en=SECRETS["title of its measure"],
        area=cast.areas["3301"],
        legal_basis="Article 49",
        stop_rule="No new case",
        expires_at=now + 14 * DAY,
        by=cast.shen,
        at=at,
    )
    record_counts(
        incident=incident,
        rows=[CountRow(cast.areas["3301"], date(2020, 1, 23), 6, 0, 0)],
        source=SECRETS["source of the counts"],
        as_of=at,
        by=cast.shen,
        at=at,
    )
    counts = uploads.keep(
        file=SimpleUploadedFile("counts.csv", FILE),
        incident=incident,
        source=SECRETS["source of the counts"],
        as_of=at,
        within="",
        by=cast.shen,
        at=at,
    )
    task = _task(cast, at, now, title=SECRETS["title of the task"], incident=incident)
    act = Act.objects.get(about_kind="task", about_id=task.id, type="task.dispatched.v1").id
    comment_task(task=task, text=TEXT, by=cast.lou, at=at)
    file = SimpleUploadedFile(SECRETS["name of the file"], b"a,b\n1,2\n")
    token, _text = issue_token(
        label="reading", scopes=[], expires_at=now + DAY, by=cast.shen, at=at
    )
    invitation, key = invite_person(
        unit=cast.units["beishan-street"], role=Role.GRID_WORKER, by=cast.ye, at=at
    )
    return World(
        cast=cast,
        at=now,
        task=task,
        other_task=_task(cast, at, now, title=SECRETS["title of another task"], incident=incident),
        attachment=attach_file(task=task, file=file, by=cast.lou, at=at),
        signal=signal,
        incident=incident,
        shown_incident=_incident(cast, at, title="Shown incident", code="shown", public=True),
        group=group,
        decision=decision,
        measure=measure,
        counts=counts,
        act=act,
        token=token,
        invitation=invitation,
        invitation_key=key,
    )


def _incident(cast: Cast, at: datetime, *, title: str, code: str, public: bool) -> Incident:
    incident = open_incident(
        code=code,
        title_zh=title,
        title_en=title,
        area=cast.areas["33"],
        told=[cast.units["hz-command"]],
        public=public,
        by=cast.shen,
        at=at,
    )
    grade: Mapping[str, str] = {
        "grade": "I",
        "criterion": "As the plan says",
        "legal_basis": "Plan",
    }
    set_grade(incident=incident, **grade, by=cast.shen, at=at)
    incident.refresh_from_db()
    return incident


def _task(cast: Cast, at: datetime, now: datetime, *, title: str, incident: Incident) -> Task:
    return send_task(
        title=title,
        lead=cast.units["beishan-street"],
        area=cast.areas["330106002"],
        incident=incident,
        due_at=now + DAY,
        basis=Basis.ORDER,
        assisting=[cast.units["baoshi-property"]],
        informed=[cast.units["lvyuan-volunteers"]],
        by=cast.lou,
        at=at,
    )

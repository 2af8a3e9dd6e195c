"""Timeliness of detection, notification and early response."""

from django.utils import timezone
from ninja import Router, Status

from tongzhou.actors.session import PostRequest
from tongzhou.incidents.actions.note_timeliness import note_timeliness
from tongzhou.incidents.actions.record_milestone import NoTarget, record_milestone
from tongzhou.incidents.models import Incident
from tongzhou.incidents.queries import lists, timeliness
from tongzhou.incidents.schemas.reports import MilestoneIn, NoteIn, TimelinessNoteOut, TimelinessOut
from tongzhou.kernel import clock
from tongzhou.kernel.api.values import Code

router = Router(tags=["incidents"])


@router.get("/incidents/{code}/timeliness", response=TimelinessOut)
def timeliness_of(request: PostRequest, code: Code) -> TimelinessOut:
    """The three stretches against the target in force today, what is met, what is missed."""
    return _out(lists.find(code, visible_to=request.holder))


@router.post("/incidents/{code}/milestones", response={201: TimelinessOut})
def milestone(request: PostRequest, code: Code, body: MilestoneIn) -> Status[TimelinessOut]:
    """Records a date, or that an action does not apply; recorded again it corrects. Needs
    `milestone.record`."""
    found = lists.find(code, visible_to=request.holder)
    record_milestone(incident=found, **body.model_dump(), by=request.holder, at=clock.now())
    return Status(201, _out(found))


@router.post("/incidents/{code}/timeliness-notes", response={201: TimelinessNoteOut})
def timeliness_note(request: PostRequest, code: Code, body: NoteIn) -> Status[TimelinessNoteOut]:
    """Notes a bottleneck or an enabler. Needs `milestone.record`."""
    found = lists.find(code, visible_to=request.holder)
    made = note_timeliness(incident=found, **body.model_dump(), by=request.holder, at=clock.now())
    return Status(201, TimelinessNoteOut.of(made))


def _out(incident: Incident) -> TimelinessOut:
    at = clock.now()
    found = timeliness.of(incident, on=timezone.localdate(at), at=at)
    if found is None:
        raise NoTarget()
    return TimelinessOut.of(found)

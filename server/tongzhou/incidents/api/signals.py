"""Early signals. To report one and to follow its ticket takes no account."""

from datetime import timedelta
from typing import Final, Literal

from ninja import Router, Status

from tongzhou.actors.auth import ANYONE, MaybeRequest
from tongzhou.actors.session import PostRequest
from tongzhou.incidents.actions.answer_signal import answer_signal
from tongzhou.incidents.actions.assess_signal import assess_signal
from tongzhou.incidents.actions.read_contact import read_contact
from tongzhou.incidents.actions.report_signal import report_signal
from tongzhou.incidents.models import Signal, SignalContact
from tongzhou.incidents.queries import lists, signals
from tongzhou.incidents.schemas.signals import (
    AnswerIn,
    AssessmentIn,
    AssessmentOut,
    ContactOut,
    SignalDetail,
    SignalIn,
    SignalOut,
    SignalStateName,
    TicketOut,
)
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Code, Cursor, Limit, Search
from tongzhou.kernel.client_address import client_address
from tongzhou.kernel.rate import Rate
from tongzhou.places import queries as places

router = Router(tags=["signals"])

#: Tickets cannot be guessed; this keeps anybody from trying.
LOOK_UPS: Final = Rate("ticket", most=60, every=timedelta(minutes=10))


@router.post("/signals", response={201: TicketOut}, auth=ANYONE)
def report(request: MaybeRequest, body: SignalIn) -> Status[TicketOut]:
    """Reports an early signal, with an account or without one. Keep the ticket number: the
    answer comes there."""
    fields = body.model_dump() | {"area": places.named(body.area, field="area")}
    signal = report_signal(**fields, by=request.holder, at=clock.now())
    return Status(201, TicketOut.of(signals.Ticket(signal, 0, signals.due(signal))))


@router.get("/tickets/{ticket}", response=TicketOut, auth=ANYONE)
def ticket(request: MaybeRequest, ticket: Code) -> TicketOut:
    """How far a reported signal has come, for whoever knows its ticket number."""
    LOOK_UPS.count(client_address(request))
    return TicketOut.of(signals.by_ticket(ticket))


@router.get("/signals", response=Page[SignalOut])
def signal_list(
    request: PostRequest,
    q: Search = "",
    state: SignalStateName | Literal["waiting"] | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[SignalOut]:
    """Signals of the area that your unit answers for, and your own reports; the latest
    first. `waiting`: nobody has answered yet."""
    page = signals.listed(
        visible_to=request.holder, q=q, state=state or "", cursor=cursor, limit=limit
    )
    return Page[SignalOut].model_construct(
        items=[SignalOut.of(signal) for signal in page.rows], next=page.next or None
    )


@router.get("/signals/{ticket}", response=SignalDetail)
def signal(request: PostRequest, ticket: Code) -> SignalDetail:
    """One signal with its assessments."""
    return _detail(signals.find(ticket, visible_to=request.holder))


@router.post("/signals/{ticket}/assess", response={201: AssessmentOut})
def assess(request: PostRequest, ticket: Code, body: AssessmentIn) -> Status[AssessmentOut]:
    """Gives your assessment. Two people may, each once. Needs `signal.assess`."""
    found = signals.find(ticket, visible_to=request.holder)
    made = assess_signal(signal=found, **body.model_dump(), by=request.holder, at=clock.now())
    return Status(201, AssessmentOut.of(made))


@router.post("/signals/{ticket}/answer", response=SignalDetail)
def answer(request: PostRequest, ticket: Code, body: AnswerIn) -> SignalDetail:
    """Answers the reporter. A second answer corrects the first. Needs `signal.answer`."""
    found = signals.find(ticket, visible_to=request.holder)
    incident = (
        lists.find(body.incident, visible_to=request.holder) if body.incident is not None else None
    )
    answered = answer_signal(
        signal=found, answer=body.answer, incident=incident, by=request.holder, at=clock.now()
    )
    return _detail(answered)


@router.post("/signals/{ticket}/contact", response=ContactOut)
def contact(request: PostRequest, ticket: Code) -> ContactOut:
    """How to reach the reporter. Reading it is an act in the ledger. Needs `signal.assess`."""
    found = signals.find(ticket, visible_to=request.holder)
    return ContactOut.of(read_contact(signal=found, by=request.holder, at=clock.now()))


def _detail(signal: Signal) -> SignalDetail:
    made = signal.assessments.select_related("post__unit").order_by("at", "id")
    return SignalDetail.model_construct(
        signal=SignalOut.of(signal),
        assessments=[AssessmentOut.of(assessment) for assessment in made],
        has_contact=SignalContact.objects.filter(signal=signal).exists(),
    )

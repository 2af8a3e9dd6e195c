"""Signals, tickets, assessments and answers."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field

from tongzhou.incidents.models import Assessment, Signal, SignalContact
from tongzhou.incidents.queries.signals import Ticket, due
from tongzhou.incidents.schemas.names import IncidentName, PostName
from tongzhou.kernel.api.values import Code, Input, Output, Text
from tongzhou.places.schemas import AreaName

ChannelName = Literal["web", "phone", "paper", "sms", "api"]
SignalStateName = Literal["received", "assessing", "answered"]
VerdictName = Literal["incident", "watch", "dismiss"]
Written = Annotated[str, Field(min_length=1, max_length=20_000)]


class SignalIn(Input):
    """What somebody noticed. ``area`` is a code; ``contact_*`` is seen by assessors only."""

    text: Annotated[str, Field(min_length=1, max_length=4_000)]
    area: Code
    place: Annotated[str, Field(max_length=200)] = ""
    channel: ChannelName = "api"
    contact_name: Annotated[str, Field(max_length=200)] = ""
    contact_phone: Annotated[str, Field(max_length=200)] = ""


class TicketOut(Output):
    """What the holder of a ticket number may know. ``promised_by`` is when an assessment is
    due; ``answer`` is empty until there is one."""

    ticket: str
    state: SignalStateName
    reported_at: datetime
    promised_by: datetime
    assessments: int
    answer: str
    answered_at: datetime | None
    incident: IncidentName | None

    @classmethod
    def of(cls, ticket: Ticket) -> Self:
        """From the query. Only a public incident is named."""
        signal = ticket.signal
        public = signal.incident is not None and signal.incident.public
        return cls.model_construct(
            ticket=signal.ticket,
            state=signal.state,
            reported_at=signal.reported_at,
            promised_by=ticket.due_at,
            assessments=ticket.assessed,
            answer=signal.answer,
            answered_at=signal.answered_at,
            incident=IncidentName.named(signal.incident) if public and signal.incident else None,
        )


class SignalOut(Output):
    """A signal in a list."""

    id: UUID
    ticket: str
    text: str
    area: AreaName
    place: str
    channel: ChannelName
    state: SignalStateName
    reported_at: datetime
    due_at: datetime
    incident: IncidentName | None
    answer: str
    answered_at: datetime | None

    @classmethod
    def of(cls, signal: Signal) -> Self:
        """From the model."""
        return cls.model_construct(
            id=signal.id,
            ticket=signal.ticket,
            text=signal.text,
            area=AreaName.named(signal.area),
            place=signal.place,
            channel=signal.channel,
            state=signal.state,
            reported_at=signal.reported_at,
            due_at=due(signal),
            incident=IncidentName.named(signal.incident) if signal.incident else None,
            answer=signal.answer,
            answered_at=signal.answered_at,
        )


class AssessmentIn(Input):
    """One assessor's view: the four questions of IHR Annex 2 (null: not known), the verdict
    and the reasons."""

    verdict: VerdictName
    reasons: Written
    serious: bool | None = None
    unusual: bool | None = None
    spread: bool | None = None
    travel_trade: bool | None = None


class AssessmentOut(Output):
    """An assessment. ``notifiable``: at least two questions are answered with yes."""

    by: PostName
    at: datetime
    verdict: VerdictName
    reasons: str
    serious: bool | None
    unusual: bool | None
    spread: bool | None
    travel_trade: bool | None
    notifiable: bool

    @classmethod
    def of(cls, found: Assessment) -> Self:
        """From the model, with post and unit joined."""
        return cls.model_construct(
            by=PostName.of(found.post),
            at=found.at,
            verdict=found.verdict,
            reasons=found.reasons,
            serious=found.serious,
            unusual=found.unusual,
            spread=found.spread,
            travel_trade=found.travel_trade,
            notifiable=found.notifiable,
        )


class SignalDetail(Output):
    """A signal with its assessments, in the order they were made."""

    signal: SignalOut
    assessments: list[AssessmentOut]
    has_contact: bool


class AnswerIn(Input):
    """The answer that the reporter reads; ``incident`` is the code of the one it led to."""

    answer: Text
    incident: Code | None = None


class ContactOut(Output):
    """How to reach the reporter."""

    name: str
    phone: str

    @classmethod
    def of(cls, contact: SignalContact) -> Self:
        """From the model."""
        return cls.model_construct(name=contact.name, phone=contact.phone)

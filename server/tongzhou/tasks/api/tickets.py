"""Tickets: to ask and to follow one takes no account. Whistles; the three rates."""

from datetime import date, datetime, time, timedelta
from typing import Literal

from django.utils import timezone
from ninja import Status

from tongzhou.actors.auth import ANYONE, MaybeRequest
from tongzhou.actors.session import PostRequest
from tongzhou.incidents.api.signals import LOOK_UPS
from tongzhou.kernel import clock
from tongzhou.kernel.api.values import Code
from tongzhou.kernel.client_address import client_address
from tongzhou.mandates.models import Duty
from tongzhou.tasks import queries, rules
from tongzhou.tasks.actions.blow_whistle import blow_whistle
from tongzhou.tasks.actions.evaluate import evaluate_ticket
from tongzhou.tasks.actions.read_requester import read_requester
from tongzhou.tasks.actions.register_ticket import register_ticket
from tongzhou.tasks.actions.reopen_ticket import reopen_ticket
from tongzhou.tasks.actions.take_sms import take_sms
from tongzhou.tasks.api.routing import router
from tongzhou.tasks.models import Channel, Ticket
from tongzhou.tasks.naming import UnitBook, area_named, duty_named, incident_named
from tongzhou.tasks.queries import rates as found_rates
from tongzhou.tasks.queries import tickets
from tongzhou.tasks.queries import whistles as found_whistles
from tongzhou.tasks.schemas import EvaluateIn, Number, TaskReasonIn
from tongzhou.tasks.schemas.tickets import (
    FollowedOut,
    RatesOut,
    RegisteredOut,
    RequesterOut,
    SmsIn,
    SmsOut,
    TicketIn,
    WhistleIn,
    WhistleOut,
)


@router.post("/hotline/tickets", response={201: RegisteredOut}, auth=ANYONE)
def register(request: MaybeRequest, body: TicketIn) -> Status[RegisteredOut]:
    """Asks for something, with an account or without one. Keep the number: the answer comes
    there. A desk may name class, unit and channel."""
    post = request.holder
    units = UnitBook([*([body.lead] if body.lead else []), *body.assisting])
    duty: Duty | None = duty_named(body.duty) if body.duty and post else None
    ticket = register_ticket(
        text=body.text,
        area=area_named(body.area),
        place=body.place,
        contact_name=body.contact_name,
        contact_phone=body.contact_phone,
        channel=(body.channel or Channel.API) if post else Channel.API,
        class_code=body.class_code if post else "",
        duty=duty,
        lead=units.get(body.lead, field="lead") if body.lead and post else None,
        assisting=units.list(body.assisting, field="assisting") if post else [],
        by=post,
        at=clock.now(),
    )
    return Status(201, RegisteredOut.of(ticket, known=post is not None))


@router.get("/hotline/tickets/{ticket}", response=FollowedOut, auth=ANYONE)
def follow(request: MaybeRequest, ticket: Code) -> FollowedOut:
    """How far a ticket is, for whoever knows its number."""
    LOOK_UPS.count(client_address(request))
    return FollowedOut.of(tickets.by_number(ticket))


@router.post("/hotline/tickets/{ticket}/evaluate", response=FollowedOut, auth=ANYONE)
def evaluate_by_number(request: MaybeRequest, ticket: Code, body: EvaluateIn) -> FollowedOut:
    """Whoever holds the number judges the answer."""
    evaluate_ticket(ticket=_held(request, ticket), **body.model_dump(), at=clock.now())
    return FollowedOut.of(tickets.by_number(ticket))


@router.post("/hotline/tickets/{ticket}/reopen", response=FollowedOut, auth=ANYONE)
def reopen_by_number(request: MaybeRequest, ticket: Code, body: TaskReasonIn) -> FollowedOut:
    """Whoever holds the number says why it is not solved."""
    reopen_ticket(ticket=_held(request, ticket), reason=body.reason, at=clock.now())
    return FollowedOut.of(tickets.by_number(ticket))


def _held(request: MaybeRequest, number: str) -> Ticket:
    LOOK_UPS.count(client_address(request))
    return tickets.by_number(number).ticket


@router.post("/hotline/sms", response=SmsOut)
def sms(request: PostRequest, body: SmsIn) -> SmsOut:
    """A text message from a gateway: with the number of a ticket in it, it asks how far that
    is; without, it becomes a ticket. Answers with what to send back."""
    post = request.holder
    area = area_named(body.area) if body.area else post.unit.area
    reply = take_sms(sender=body.sender, text=body.text, area=area, by=post, at=clock.now())
    return SmsOut(text=reply.text, ticket=reply.ticket)


@router.get("/hotline/rates", response=list[RatesOut])
def rates(
    request: PostRequest,
    by: Literal["unit", "area", "class", "channel", "month"] = "unit",
    since: date | None = None,
    until: date | None = None,
) -> list[RatesOut]:
    """Answered in time, solved and satisfied of what your unit may see; groups of fewer than
    three are left out."""
    at = clock.now()
    today = timezone.localtime(at).date()
    first, last = since or today - timedelta(days=90), until or today
    found = found_rates.rates(
        visible_to=request.holder,
        by=by,
        since=_start(first),
        until=_start(last + timedelta(days=1)),
        at=at,
        zone=str(timezone.get_current_timezone()),
    )
    weights = rules.hotline(at=at)[1].weights
    return [RatesOut.of(one, one.weighted(weights)) for one in found if one.shown]


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@router.post("/tasks/{int:number}/requester", response=RequesterOut)
def requester(request: PostRequest, number: Number) -> RequesterOut:
    """How to reach whoever asked a ticket; that you looked is an act."""
    task = queries.target(visible_to=request.holder, number=number)
    found = read_requester(task=task, by=request.holder, at=clock.now())
    return RequesterOut(name=found.name, phone=found.phone)


@router.post("/whistles", response={201: WhistleOut}, summary="Blow the whistle")
def blow(request: PostRequest, body: WhistleIn) -> Status[WhistleOut]:
    """Calls departments to a place; each call is a task of its own."""
    post = request.holder
    whistle = blow_whistle(
        kind=body.kind,
        ground=body.ground,
        text=body.text,
        place=body.place,
        units=UnitBook(body.units).list(body.units, field="units"),
        area=area_named(body.area) if body.area else post.unit.area,
        duty=duty_named(body.duty) if body.duty else None,
        incident=incident_named(body.incident, visible_to=post) if body.incident else None,
        by=post,
        at=clock.now(),
    )
    return Status(201, WhistleOut.of(whistle))


@router.get("/whistles/{int:number}", response=WhistleOut, summary="A whistle")
def whistle(request: PostRequest, number: Number) -> WhistleOut:
    """A whistle with the tasks that its calls are."""
    found = found_whistles.find(number, visible_to=request.holder, at=clock.now())
    return WhistleOut(
        id=found.whistle.id,
        number=found.whistle.number,
        calls=[row.call.task.number for row in found.calls],
    )

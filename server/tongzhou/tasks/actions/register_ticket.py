import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import TICKET_REGISTER
from tongzhou.incidents.actions.report_signal import ALPHABET, LONGEST_LINE, LONGEST_TEXT
from tongzhou.incidents.models import AUTHORITIES, Signal
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.library.kinds.hotline import Hotline, TicketClass
from tongzhou.mandates.models import Duty
from tongzhou.places.models import Area
from tongzhou.tasks import rules
from tongzhou.tasks.actions.create_task import keep_draft
from tongzhou.tasks.actions.desk import desk_for
from tongzhou.tasks.actions.dispatch_task import dispatch_task
from tongzhou.tasks.actions.mandate import require_open
from tongzhou.tasks.actions.merge_tasks import merge_tasks
from tongzhou.tasks.actions.participants import require_active
from tongzhou.tasks.actions.transition import record
from tongzhou.tasks.acts import TICKET_REGISTERED
from tongzhou.tasks.choices import require_choice
from tongzhou.tasks.models import Basis, Channel, Form, Requester, Task, Ticket, Work

#: So much of the first line stands in lists.
TITLE_LENGTH = 60


class TicketEmpty(Invalid):
    """A ticket without a word of what is asked."""

    code = "ticket-empty"
    message = _("Please write what it is about.")


class TicketTooLong(Invalid):
    """More text than a ticket takes."""

    code = "ticket-too-long"
    message = _("This is too long: at most %(limit)s characters.")


class UnknownClass(Invalid):
    """A class that the template does not have."""

    code = "unknown-class"
    message = _("“%(value)s” is no class of tickets. Choose one of: %(possible)s.")


class TicketElsewhere(Invalid):
    """A desk took in what is asked in an area that it does not answer for."""

    code = "ticket-elsewhere"
    message = _("%(unit)s is no desk for %(area)s. Whoever asks can write at the public page.")


class NoTicketsInExercise(Conflict):
    """Somebody real asks while the desk practises."""

    code = "no-tickets-in-exercise"
    message = _("Tickets come from real people. Leave the exercise to register one.")


def register_ticket(
    *,
    text: str,
    area: Area,
    at: datetime,
    channel: str,
    by: Post | None = None,
    class_code: str = "",
    place: str = "",
    contact_name: str = "",
    contact_phone: str = "",
    duty: Duty | None = None,
    lead: Unit | None = None,
    assisting: Sequence[Unit] = (),
    repeat_of: Task | None = None,
    id: UUID | None = None,
) -> Ticket:
    """Takes in what somebody asks for and gives it a number: at the desk (``by``), or without
    an account, when it goes to the desk of the area. With ``lead`` it is dispatched in the same
    step, with ``repeat_of`` it goes into the ticket whose matter it repeats. How soon there must
    be an answer follows from the class; how to reach the requester stands beside the ticket and
    never in the ledger.

    Raises TicketEmpty, TicketTooLong, UnknownClass, UnknownChoice (of the channel), NoDesk,
    NoTemplate, NotAllowed, NoTicketsInExercise, TicketElsewhere, UnitInactive, DutyRetired,
    DutyForbidden, and what merging raises.
    """
    _check(text, place=place, contact_name=contact_name, contact_phone=contact_phone)
    require_choice(channel, Channel.values, field="channel")
    template, hotline = rules.hotline(at=at)
    of = class_of(hotline, class_code)
    require_open(duty)
    if by is not None:
        permissions.require(by=by, word=TICKET_REGISTER)
        if by.exercise:
            raise NoTicketsInExercise()
        if by.unit.sector not in AUTHORITIES or not by.answers_for(area):
            raise TicketElsewhere(field="area", unit=by.unit.name, area=area.name)
    if lead is not None:
        require_active([lead], field="lead")
    require_active(assisting, field="assisting")
    desk = by.unit if by is not None else desk_for(area, at=at, levels=hotline.desks)
    with transaction.atomic():
        task = Task(
            id=id or new_id(),
            form=Form.TICKET,
            title=title_of(text),
            body=text.strip(),
            work=Work.SERVE,
            basis=Basis.LAW,
            basis_note=hotline.number,
            asker=desk,
            asker_post=by,
            lead=lead or desk,
            area=area,
            duty=duty,
            due_at=at + of.feedback,
        )
        keep_draft(task, assisting=assisting, by=by, at=at)
        ticket = Ticket.objects.create(
            task=task,
            number=_new_number(),
            channel=channel,
            class_code=of.code,
            place=place.strip(),
            template=template,
            registered_at=at,
        )
        if contact_name.strip() or contact_phone.strip():
            Requester.objects.create(
                ticket=ticket, name=contact_name.strip(), phone=contact_phone.strip()
            )
        record(
            TICKET_REGISTERED,
            task=task,
            by=by,
            at=at,
            with_units=[desk.id],
            data={"desk": str(desk.id), "channel": channel, "class": of.code},
        )
        if by is not None and repeat_of is not None:
            ticket.task = merge_tasks(task=task, into=repeat_of, by=by, at=at)
        elif by is not None and lead is not None:
            ticket.task = dispatch_task(task=task, by=by, at=at)
    return ticket


def title_of(text: str) -> str:
    """The first line, or as much of it as a list shows."""
    line = text.strip().splitlines()[0].strip()
    return line if len(line) <= TITLE_LENGTH else f"{line[: TITLE_LENGTH - 1]}…"


def _check(text: str, **lines: str) -> None:
    if not text.strip():
        raise TicketEmpty(field="text")
    if len(text.strip()) > LONGEST_TEXT:
        raise TicketTooLong(field="text", limit=LONGEST_TEXT)
    for field, value in lines.items():
        if len(value.strip()) > LONGEST_LINE:
            raise TicketTooLong(field=field, limit=LONGEST_LINE)


def class_of(hotline: Hotline, code: str) -> TicketClass:
    """The class of this code, or the default one. Raises UnknownClass."""
    found = hotline.ticket_class(code or hotline.default_class)
    if found is None:
        possible = ", ".join(one.code for one in hotline.classes)
        raise UnknownClass(field="class_code", value=code[:80], possible=possible)
    return found


def _new_number() -> str:
    """Of the same kind as that of a signal, so that both are looked up in one place; drawn
    again in the unlikely case that it is taken."""
    while True:
        letters = [secrets.choice(ALPHABET) for _place in range(8)]
        number = f"TZ-{''.join(letters[:4])}-{''.join(letters[4:])}"
        taken = Signal.objects.filter(ticket=number).exists()
        if not taken and not Ticket.objects.filter(number=number).exists():
            return number

"""What the API takes and gives about tickets and whistles."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from tongzhou.kernel.api.values import Code, Input, Line, Moment, Output, Text
from tongzhou.tasks.models import Ticket, Whistle
from tongzhou.tasks.queries.rates import Rate, Rates
from tongzhou.tasks.queries.tickets import Followed
from tongzhou.tasks.schemas.values import Units


class TicketIn(Input):
    """What somebody asks. Without an account it goes to the desk of the area; class, unit and
    channel are for a desk."""

    text: Text
    area: Code
    place: Line = ""
    contact_name: Line = ""
    contact_phone: Line = ""
    channel: Annotated[str, Field(max_length=20)] = ""
    class_code: Annotated[str, Field(max_length=80)] = ""
    duty: Code | None = None
    lead: Code | None = None
    assisting: Units = []


class RegisteredOut(Output):
    """The number of a ticket and the promised time; `task` for those who have an account."""

    number: str
    due_at: Moment
    task: int | None

    @classmethod
    def of(cls, ticket: Ticket, *, known: bool) -> "RegisteredOut":
        """From the ticket."""
        number = ticket.task.number if known else None
        return cls(number=ticket.number, due_at=ticket.task.due_at, task=number)


class FollowedOut(Output):
    """A ticket as whoever holds its number may know it. `stage`: received, dispatched, handled,
    answered, closed or withdrawn; `answer` is empty until there is one."""

    number: str
    stage: str
    registered_at: Moment
    due_at: Moment
    handled_by: str
    answer: str
    solved: bool | None
    satisfied: bool | None

    @classmethod
    def of(cls, found: Followed) -> "FollowedOut":
        """From the look-up."""
        return cls(
            number=found.ticket.number,
            stage=found.stage,
            registered_at=found.ticket.registered_at,
            due_at=found.task.due_at,
            handled_by=found.handled_by,
            answer=found.task.result if found.answered else "",
            solved=found.ticket.solved,
            satisfied=found.ticket.satisfied,
        )


class RequesterOut(Output):
    """How to reach whoever asked."""

    name: str
    phone: str


class SmsIn(Input):
    """A text message that a gateway hands in. Without `area` it is that of the gateway's unit."""

    sender: Annotated[str, Field(max_length=40)]
    text: Text
    area: Code | None = None


class SmsOut(Output):
    """What to send back, and the number of the ticket."""

    text: str
    ticket: str


class RateOut(Output):
    """Good of those known; `percent` is null where fewer than three are known."""

    good: int | None
    known: int
    missing: int
    percent: float | None

    @classmethod
    def of(cls, rate: Rate) -> "RateOut":
        """From the figure; what is not shown is not given either."""
        shown = rate.percent is not None
        good = rate.good if shown else None
        return cls(good=good, known=rate.known, missing=rate.missing, percent=rate.percent)


class RatesOut(Output):
    """The three rates of one group."""

    code: str
    label: str
    n: int
    answered: RateOut
    solved: RateOut
    satisfied: RateOut
    weighted: float | None

    @classmethod
    def of(cls, one: Rates, weighted: float | None) -> "RatesOut":
        """From the figures."""
        return cls(
            code=one.code,
            label=one.label,
            n=one.n,
            answered=RateOut.of(one.answered),
            solved=RateOut.of(one.solved),
            satisfied=RateOut.of(one.satisfied),
            weighted=weighted,
        )


class WhistleIn(Input):
    """Departments called to a place; `kind` and `ground` are codes of the whistle template."""

    kind: Code
    ground: Code
    text: Text
    place: Line
    units: Units
    area: Code | None = None
    duty: Code | None = None
    incident: Code | None = None


class WhistleOut(Output):
    """A whistle, and the numbers of the tasks that its calls are."""

    id: UUID
    number: int
    calls: list[int]

    @classmethod
    def of(cls, whistle: Whistle) -> "WhistleOut":
        """From the whistle."""
        calls = whistle.calls.order_by("task__number").values_list("task__number", flat=True)
        return cls(id=whistle.id, number=whistle.number, calls=list(calls))

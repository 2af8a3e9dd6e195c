"""Tickets and whistles of the room of tasks."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, Final

from contract.rows import OWN, PUBLIC, Build, operation, page, read, say, send
from contract.world import World

from tongzhou.tasks.actions.blow_whistle import blow_whistle
from tongzhou.tasks.actions.register_ticket import register_ticket
from tongzhou.tasks.models import Call, Channel, Ticket

SECRETS: Final = {
    "words of the ticket": "Hidden puddle",
    "who asked the ticket": "Li Hidden",
    "words of the whistle": "Hidden cluster",
}


def furnish(world: World) -> SimpleNamespace:
    """A ticket that the city's desk sent to the street, and a whistle of the street."""
    at = world.task.created_at
    cast = world.cast
    ticket = register_ticket(
        text=SECRETS["words of the ticket"],
        area=cast.areas["330106002"],
        channel=Channel.PHONE,
        contact_name=SECRETS["who asked the ticket"],
        lead=cast.units["beishan-street"],
        by=cast.lou,
        at=at,
    )
    whistle = blow_whistle(
        kind="emergency",
        ground="beyond-power",
        text=SECRETS["words of the whistle"],
        place="East gate",
        area=cast.areas["330106002"],
        units=[cast.units["zj-health"]],
        by=cast.ye,
        at=at,
    )
    return SimpleNamespace(ticket=ticket, whistle=whistle)


def _ticket(world: World) -> Ticket:
    found: Ticket = world.of["tickets"].ticket
    return found


def of_ticket(world: World) -> Mapping[str, Any]:
    return {"number": _ticket(world).task.number}


def by_number(world: World) -> Mapping[str, Any]:
    return {"ticket": _ticket(world).number}


def of_whistle(world: World) -> Mapping[str, Any]:
    return {"number": world.of["tickets"].whistle.number}


def of_call(world: World) -> Mapping[str, Any]:
    whistle = world.of["tickets"].whistle
    return {"number": Call.objects.select_related("task").get(whistle=whistle).task.number}


def judged(world: World) -> Mapping[str, Any]:
    return {"number": _ticket(world).number, "solved": "yes", "satisfied": "yes"}


_NEW: Final = {
    "text": "Water at the gate", "class_code": "normal", "area": "330106002", "channel": "phone",
}  # fmt: skip
_WHISTLE: Final = {
    "kind": "emergency", "ground": "beyond-power", "text": "Fever", "place": "Gate",
    "units": "zj-health", "area": "330106002",
}  # fmt: skip
_ASKED: Final = {
    "once": "0190d3a0-0000-7000-8000-0000000000b1", "area": "330106", "text": "Rubbish",
}  # fmt: skip


def _with(body: Mapping[str, Any], **more: Any) -> Build:
    return lambda world: {**body, **more}


PAGES: Final = (
    page("hotline", read(**OWN)),
    page("hotline-export", read(**OWN)),
    page("hotline-rates", read(**OWN)),
    page("hotline-rates-csv", read(**OWN)),
    page("ticket-hints", read(**OWN), query="?text=Hidden+puddle&area=330106002"),
    page("ticket-new", read(**OWN), send(302, _with(_NEW), outsider=422)),
    page("task-requester", send(200, by="ye"), args=of_ticket),
    page("task-slip", read(), args=of_ticket),
    page("whistles", read(**OWN)),
    page("whistle", read(), args=of_whistle),
    page("whistle-check", read(**OWN), query="?units=zj-health"),
    page("whistle-new", read(**OWN), send(302, _with(_WHISTLE), by="ye", outsider=422)),
    page("ask", read(**PUBLIC), send(302, _with(_ASKED), outsider=302, visitor=302)),
    page(
        "ticket-said",
        send(409, judged, outsider=409, visitor=409),
        args=say(what="evaluate"),
        note="by its number, before there is an answer",
    ),
    page("task-act", read(by="ye"), send(302, say(reason="Not our road"), by="ye"),
         args=lambda world: {**of_ticket(world), "verb": "object"}, note="object to a ticket"),
    page("task-act", read(by="tang"), send(302, say(place="Gate", who="Two"), by="tang"),
         args=lambda world: {**of_call(world), "verb": "arrive"}, note="arrive at a whistle"),
)  # fmt: skip

OPERATIONS: Final = (
    operation("tasks_register", "POST", 201, 422, visitor=201,
              body=say(text="Rubbish", area="330106")),
    operation("tasks_follow", "GET", 200, 200, visitor=200, args=by_number),
    operation("tasks_evaluate_by_number", "POST", 409, 409, visitor=409, args=by_number,
              body=say(solved=True, satisfied=True)),
    operation("tasks_reopen_by_number", "POST", 409, 409, visitor=409, args=by_number,
              body=say(reason="Wet again")),
    operation("tasks_sms", "POST", 200, 200, body=say(
        sender="+8613800001111", text="Rubbish", area="330106002")),
    operation("tasks_rates", "GET", 200, 200),
    operation("tasks_requester", "POST", 200, by="ye", args=of_ticket),
    operation("tasks_blow", "POST", 201, 422, by="ye", body=say(
        kind="emergency", ground="beyond-power", text="Fever", place="Gate",
        units=["zj-health"], area="330106002")),
    operation("tasks_whistle", "GET", 200, args=of_whistle),
    operation("tasks_object_", "POST", 200, by="ye", args=of_ticket,
              body=say(reason="Not our road"), note="of a ticket"),
    operation("tasks_arrive", "POST", 200, by="tang", args=of_call,
              body=say(place="Gate", who="Two"), note="at a whistle"),
)  # fmt: skip

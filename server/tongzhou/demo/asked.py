"""A task as it is asked: everything that is settled before anybody answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tongzhou.demo.pairs import Pair
from tongzhou.demo.scenario import UnitRow
from tongzhou.demo.steps import Ref, Step, Value, area, task, unit

INCIDENT: Final = Ref("incident", "main")
#: On which authority society is asked, by the kind of organisation.
_SOCIETY_BASIS: Final = {
    "property": "law",
    "volunteers": "voluntary",
    "social": "voluntary",
    "residents": "voluntary",
}
BASIS_NOTES: Final = {
    "order": "指挥部通知 · Notice of the command",
    "law": "《中华人民共和国传染病防治法》 · Law on Infectious Diseases",
    "agreement": "联防联控机制 · Joint prevention and control mechanism",
    "voluntary": "",
}


@dataclass(frozen=True)
class Asked:
    """``key`` names the task in the plan; ``options`` are the pairs that its template fits;
    ``sent`` is True for a part, which the act that split the whole has sent already; ``reach``
    is the share of the units below to which an order to everybody is passed on."""

    key: str
    title: str
    topic: str
    asker: UnitRow
    lead: UnitRow
    work: str
    basis: str
    at: datetime
    due: datetime
    priority: int = 0
    assisting: tuple[UnitRow, ...] = ()
    informed: tuple[UnitRow, ...] = ()
    parent: str = ""
    options: Sequence[Pair] = ()
    sent: bool = False
    reach: float = 0.0


def basis_for(route: str, *, asker: UnitRow, lead: UnitRow) -> str:
    """The authority that such a task rests on: an order only down the line of command."""
    if asker.code in lead.line:
        return "order"
    if lead.society or asker.society:
        return _SOCIETY_BASIS.get(lead.kind if lead.society else asker.kind, "agreement")
    return "law" if route == "region" else "agreement"


def sending(asked: Asked, *, by: str, body: str, incident: Ref = INCIDENT) -> Step:
    """The step that drafts and dispatches the task."""
    args: dict[str, Value] = {
        "title": asked.title,
        "body": body,
        "lead": unit(asked.lead.code),
        "area": area(asked.lead.area),
        "due_at": asked.due,
        "basis": asked.basis,
        "basis_note": BASIS_NOTES[asked.basis],
        "work": asked.work,
        "priority": asked.priority,
        "incident": incident,
        "assisting": tuple(unit(row.code) for row in asked.assisting),
        "informed": tuple(unit(row.code) for row in asked.informed),
    }
    if asked.parent:
        args["parent"] = task(asked.parent)
    return Step(asked.at, "tasks.send_task", by, args, makes=asked.key)

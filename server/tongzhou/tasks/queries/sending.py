"""To whom a task was sent, in words: the lead, then the units that assist. The units that an
act was done with hold the asker and a former lead as well, who were merely told."""

from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import sentences
from tongzhou.ledger.queries import Line
from tongzhou.tasks.acts import TASK_DISPATCHED, TASK_FORWARDED

#: Type of act → the sentence with a lead alone, and with units that assist it.
_SENT: Final[Mapping[str, tuple[str | Promise, str | Promise]]] = {
    TASK_DISPATCHED.name: (
        _("%(by)s dispatched the task to %(lead)s"),
        _("%(by)s dispatched the task to %(lead)s; to assist: %(assisting)s"),
    ),
    TASK_FORWARDED.name: (
        _("%(by)s forwarded the task to %(lead)s"),
        _("%(by)s forwarded the task to %(lead)s; to assist: %(assisting)s"),
    ),
}


def recipients(lines: Iterable[Line]) -> set[UUID]:
    """The units that the sentences about these lines name."""
    return {
        UUID(unit)
        for line in lines
        if _names_lead(line)
        for unit in (line.act.data["lead"], *line.act.data.get("assisting", ()))
    }


def sent(line: Line, *, by: str, units: Mapping[UUID, sentences.Named]) -> str | None:
    """Who sent the task to whom. None for an act that does not say who leads: it sends
    nothing, or is from before dispatching said so."""
    act = line.act
    if not _names_lead(line) or UUID(act.data["lead"]) not in units:
        return None
    alone, with_others = _SENT[act.type]
    assisting = [units[u] for u in map(UUID, act.data.get("assisting", ())) if u in units]
    names = {"by": by, "lead": units[UUID(act.data["lead"])].name}
    if not assisting:
        return str(alone) % names
    return str(with_others) % {**names, "assisting": sentences.names(assisting)}


def _names_lead(line: Line) -> bool:
    return line.act.type in _SENT and "lead" in line.act.data

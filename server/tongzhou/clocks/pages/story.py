"""A clock told: its moments, behind and ahead, and the template that its limit comes from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongzhou.clocks.firing import lines_of
from tongzhou.clocks.queries import Row
from tongzhou.clocks.rules import Book
from tongzhou.clocks.running import Turn, moments
from tongzhou.library import queries as library

TURNS: Final[dict[Turn, tuple[str | Promise, str, str]]] = {
    Turn.WARNED: (_("Reminder"), "bell", "yellow"),
    Turn.MISSED: (_("End of the limit"), "alarm", "red"),
    Turn.ENDED: (_("End of the term"), "calendar-due", "grey"),
    Turn.ESCALATED: (_("Reported up the line"), "arrow-up", "orange"),
}
_TO: Final[dict[str, str | Promise]] = {
    "owner": _("whose limit it is"),
    "watchers": _("who waits"),
    "superior": _("the next unit above"),
    "top": _("the head of the line"),
}


@dataclass(frozen=True)
class Told:
    """A moment of a clock: what it brings, to whom, and whether it lies behind ("past"), comes
    ("ahead") or will not come any more ("spared")."""

    at: datetime
    title: str | Promise
    icon: str
    tone: str
    to: str
    kind: str


def moments_of(row: Row) -> list[Told]:
    """The moments of the clock in their order. What would go further up than the line reaches
    is left out."""
    clock = row.clock
    above = max((len(line) for line in lines_of(clock.owners).values()), default=0)
    level = 0
    calendar = Book().calendar(row.rule, clock.started_at)
    found = moments(row.rule, started_at=clock.started_at, due_at=clock.due_at, calendar=calendar)
    told = []
    for index, moment in enumerate(found):
        title, icon, tone = TURNS[moment.turn]
        level += moment.to.count("superior")
        if moment.to == ("superior",) and level > above:
            continue
        kind = "past" if index < clock.step else "ahead" if clock.is_open else "spared"
        to = ", ".join(str(_TO[name]) for name in moment.to)
        told.append(Told(moment.at, title, icon, tone if kind == "past" else "grey", to, kind))
    return told


def template_of(row: Row) -> library.Version:
    """The template with its source and how sure it is."""
    return library.version(row.clock.version)

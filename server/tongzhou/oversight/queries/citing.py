"""What a finding, an answer or a letter rests on: tasks, findings, acts, measures and time
limits that were missed, quoted by number or id and kept with the name that they had."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import sentences
from tongzhou.actors.models import Post
from tongzhou.clocks import queries as clocks
from tongzhou.incidents.models import Measure
from tongzhou.kernel.errors import Invalid, NotFound
from tongzhou.ledger import queries as ledger
from tongzhou.oversight.queries import findings
from tongzhou.tasks import queries as tasks

MOST: Final = 20
#: So many of the limits missed last are searched by name.
_LATEST: Final = 200
_SEPARATORS = re.compile(r"[\s,，;；、]+")
_TASK = re.compile(r"^T-?(\d{1,15})$", re.IGNORECASE)
_FINDING = re.compile(r"^F-?(\d{1,15})$", re.IGNORECASE)


class CitedUnknown(Invalid):
    """Something is quoted that does not exist, or that the post may not see."""

    code = "cited-unknown"
    message = _(
        "“%(text)s” is no task (T-1001), finding (F-1001), act, measure or missed time limit that "
        "you can see."
    )


class CitedNotMissed(Invalid):
    """A time limit is quoted that nobody missed."""

    code = "cited-not-missed"
    message = _("“%(text)s” was not missed. Only a time limit that was missed is evidence.")


class CitedTooMany(Invalid):
    """More is quoted than anybody reads."""

    code = "cited-too-many"
    message = _("At most %(most)d things can be quoted.")


@dataclass(frozen=True)
class Cited:
    """One thing that is quoted."""

    kind: str
    id: str
    label: str

    @property
    def url(self) -> str:
        """Its page ("" when it has none). What the reader may not see answers 404 there."""
        match self.kind:
            case "task" | "finding":
                return reverse(self.kind, args=[self.label.split(" ")[0].rpartition("-")[2]])
            case "act" | "clock":
                return reverse(self.kind, args=[self.id])
        return ""

    def as_json(self) -> dict[str, str]:
        """As it is stored."""
        return {"kind": self.kind, "id": self.id, "label": self.label}


def stored(rows: Iterable[dict[str, Any]]) -> list[Cited]:
    """As they were stored."""
    return [Cited(**row) for row in rows]


def read(text: str, *, visible_to: Post, field: str = "cites") -> list[Cited]:
    """The things that a text names, separated by blanks or commas. Raises CitedUnknown,
    CitedNotMissed, CitedTooMany."""
    parts = list(dict.fromkeys(part for part in _SEPARATORS.split(text.strip()) if part))
    require_few(parts, field=field)
    return [_one(part, visible_to=visible_to, field=field) for part in parts]


def require_few(things: Sequence[object], *, field: str = "cites") -> None:
    """Raises CitedTooMany."""
    if len(things) > MOST:
        raise CitedTooMany(field=field, most=MOST)


def together(*several: Iterable[Cited]) -> list[Cited]:
    """Things named in several places, each once. Raises CitedTooMany."""
    found = list({(one.kind, one.id): one for some in several for one in some}.values())
    require_few(found)
    return found


def missed(*, visible_to: Post, q: str = "", limit: int = 12) -> list[Cited]:
    """Of the time limits missed last that the post may see, those whose name (limit, object,
    owner) holds all words of ``q``. As many queries as there are kinds of objects."""
    there = clocks.visible(visible_to).filter(missed_at__isnull=False)
    rows = clocks.rows_of(list(there.order_by("-missed_at", "id")[:_LATEST]), reader=visible_to)
    words = q.casefold().split()[:8]
    named = [_of_clock(row) for row in rows]
    return [one for one in named if all(word in one.label.casefold() for word in words)][:limit]


def _one(text: str, *, visible_to: Post, field: str) -> Cited:
    try:
        if found := _TASK.match(text):
            task = tasks.task_for(visible_to=visible_to, number=int(found[1]))
            return Cited("task", str(task.id), f"{task.reference} {task.title}"[:200])
        if found := _FINDING.match(text):
            finding = findings.find(int(found[1]), visible_to=visible_to)
            return Cited("finding", str(finding.id), f"{finding.reference} {finding.what}"[:200])
        by_id = _by_id(UUID(text), visible_to, field)
    except (NotFound, ValueError):
        by_id = None
    if by_id is None:
        raise CitedUnknown(field=field, text=text[:80])
    return by_id


def _by_id(id: UUID, post: Post, field: str) -> Cited | None:
    line = ledger.find(id)
    if line is not None:
        act = line.act
        known = (
            act.visibility == "public"
            or act.by_unit == post.unit_id
            or post.unit_id in act.audience
        )
        return Cited("act", str(id), sentences.tell([line])[0].sentence[:200]) if known else None
    measure = Measure.objects.select_related("incident").filter(id=id).first()
    if measure is not None and measure.incident.relations_of(post):
        return Cited("measure", str(id), measure.title[:200])
    clock = clocks.find(id, visible_to=post)
    if clock.clock.missed_at is None:
        raise CitedNotMissed(field=field, text=clock.title[:80])
    return _of_clock(clock)


def _of_clock(row: clocks.Row) -> Cited:
    owners = ", ".join(unit.name for unit in row.owners)
    label = " · ".join(filter(None, (row.title, row.subject.label, owners)))
    return Cited("clock", str(row.clock.id), label[:200])


def as_json(cites: Sequence[Cited]) -> list[dict[str, str]]:
    """As they are stored."""
    return [cited.as_json() for cited in cites]

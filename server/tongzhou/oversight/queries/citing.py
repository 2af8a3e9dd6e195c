"""What a finding, an answer or a letter rests on: tasks, findings, acts and measures, quoted
by number or id and kept with the name that they had."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import sentences
from tongzhou.actors.models import Post
from tongzhou.incidents.models import Measure
from tongzhou.kernel.errors import Invalid, NotFound
from tongzhou.ledger import queries as ledger
from tongzhou.oversight.queries import findings
from tongzhou.tasks import queries as tasks

MOST: Final = 20
_SEPARATORS = re.compile(r"[\s,，;；、]+")
_TASK = re.compile(r"^T-?(\d{1,15})$", re.IGNORECASE)
_FINDING = re.compile(r"^F-?(\d{1,15})$", re.IGNORECASE)


class CitedUnknown(Invalid):
    """Something is quoted that does not exist, or that the post may not see."""

    code = "cited-unknown"
    message = _(
        "“%(text)s” is no task (T-1001), finding (F-1001), act or measure that you can see."
    )


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
            case "act":
                return reverse("act", args=[self.id])
        return ""

    def as_json(self) -> dict[str, str]:
        """As it is stored."""
        return {"kind": self.kind, "id": self.id, "label": self.label}


def stored(rows: Iterable[dict[str, Any]]) -> list[Cited]:
    """As they were stored."""
    return [Cited(**row) for row in rows]


def read(text: str, *, visible_to: Post, field: str = "cites") -> list[Cited]:
    """The things that a text names, separated by blanks or commas. Raises CitedUnknown,
    CitedTooMany."""
    parts = list(dict.fromkeys(part for part in _SEPARATORS.split(text.strip()) if part))
    if len(parts) > MOST:
        raise CitedTooMany(field=field, most=MOST)
    return [_one(part, visible_to=visible_to, field=field) for part in parts]


def _one(text: str, *, visible_to: Post, field: str) -> Cited:
    try:
        if found := _TASK.match(text):
            task = tasks.task_for(visible_to=visible_to, number=int(found[1]))
            return Cited("task", str(task.id), f"{task.reference} {task.title}"[:200])
        if found := _FINDING.match(text):
            finding = findings.find(int(found[1]), visible_to=visible_to)
            return Cited("finding", str(finding.id), f"{finding.reference} {finding.what}"[:200])
        by_id = _by_id(UUID(text), visible_to)
    except (NotFound, ValueError):
        by_id = None
    if by_id is None:
        raise CitedUnknown(field=field, text=text[:80])
    return by_id


def _by_id(id: UUID, post: Post) -> Cited | None:
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
    return None


def as_json(cites: Sequence[Cited]) -> list[dict[str, str]]:
    """As they are stored."""
    return [cited.as_json() for cited in cites]

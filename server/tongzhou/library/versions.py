"""Versions as everybody else reads them: unchangeable, typed, kept by id."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from tongzhou.library.document import Confidence, Force, Source
from tongzhou.library.kinds.base import Body, Text, bodies, title_of
from tongzhou.library.models import TemplateVersion

#: What is needed of the tables, in the order in which it is read.
_COLUMNS: Final = (
    "id", "template_id", "template__kind", "template__key", "template__jurisdiction", "number",
    "title_zh", "title_en", "valid_from", "valid_to", "until", "legal_force", "source_text",
    "source_url", "confidence", "marks", "body", "shipped", "reason", "at",
)  # fmt: skip
_MOST_KEPT: Final = 2000
_kept: "OrderedDict[UUID, Body]" = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Version:
    """One version of a template. ``valid_to`` is what it says of itself, ``until`` the last
    day on which it is in force (another one may have taken its place). ``marks`` are the
    confidences of single values by their path in the body."""

    id: UUID
    template: UUID
    kind: str
    key: str
    jurisdiction: str
    number: int
    title: Text
    valid_from: date
    valid_to: date | None
    until: date | None
    legal_force: str
    source: Source
    confidence: str
    marks: dict[str, str]
    body: Any
    shipped: int | None
    reason: str
    at: datetime

    @property
    def reference(self) -> str:
        """How people name it."""
        return f"{self.kind}/{self.key} · {self.jurisdiction} · {self.number}"

    @property
    def kind_title(self) -> Text:
        """What its kind is called."""
        return title_of(self.kind)

    @property
    def force_label(self) -> str:
        """What it rests on, in words."""
        return str(Force(self.legal_force).label)

    @property
    def confidence_label(self) -> str:
        """How well it is known, in words."""
        return str(Confidence(self.confidence).label)

    def holds_on(self, day: date) -> bool:
        """True when it is in force on that day."""
        return self.valid_from <= day and (self.until is None or day <= self.until)


def read(rows: "QuerySet[TemplateVersion]") -> list[Version]:
    """The versions of these rows, by one query; bodies that this process has seen are not
    checked again."""
    return [_version(*row) for row in rows.values_list(*_COLUMNS)]


def _version(
    id: UUID, template: UUID, kind: str, key: str, jurisdiction: str, number: int,
    title_zh: str, title_en: str, valid_from: date, valid_to: date | None, until: date | None,
    legal_force: str, source_text: str, source_url: str, confidence: str,
    marks: dict[str, str], body: str, shipped: int | None, reason: str, at: datetime,
) -> Version:  # fmt: skip
    return Version(
        id=id,
        template=template,
        kind=kind,
        key=key,
        jurisdiction=jurisdiction,
        number=number,
        title=Text.model_construct(zh=title_zh, en=title_en),
        valid_from=valid_from,
        valid_to=valid_to,
        until=until,
        legal_force=legal_force,
        source=Source(text=source_text, url=source_url or None),  # type: ignore[arg-type]
        confidence=confidence,
        marks=marks,
        body=_body(id, kind, body),
        shipped=shipped,
        reason=reason,
        at=at,
    )


def _body(id: UUID, kind: str, written: str) -> Body:
    with _lock:
        found = _kept.get(id)
        if found is not None:
            _kept.move_to_end(id)
            return found
    made = bodies()[kind].model_validate_json(written)
    with _lock:
        _kept[id] = made
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return made

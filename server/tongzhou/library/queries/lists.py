"""Templates in a list: which, in force on which day, for whom."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import get_language

from tongzhou.kernel.api.cursor import decode, encode
from tongzhou.library import lookup, profile
from tongzhou.library.codes import word_of
from tongzhou.library.document import COMMON, NATIONAL, PROFILES
from tongzhou.library.kinds.base import bodies, title_of
from tongzhou.library.models import TemplateVersion
from tongzhou.places.models import Area


@dataclass(frozen=True)
class Filters:
    """What is wanted: words, a kind, a jurisdiction ("": those in use under the country
    profile; "all"; "local"; or a code), a confidence, a legal force, and whether also
    templates of which no version is in force on the day."""

    q: str = ""
    kind: str = ""
    jurisdiction: str = ""
    confidence: str = ""
    force: str = ""
    show: str = ""

    @property
    def narrowed(self) -> bool:
        """True when something was asked for."""
        return any((self.q, self.kind, self.jurisdiction, self.confidence, self.force, self.show))


@dataclass(frozen=True)
class Row:
    """A template by the version that is in force on the day, else by its last one."""

    version: UUID
    template: UUID
    kind: str
    key: str
    jurisdiction: str
    number: int
    title_zh: str
    title_en: str
    valid_from: date
    until: date | None
    legal_force: str
    confidence: str
    #: Worked out beside the columns.
    in_force: bool = False
    jurisdiction_name: str = ""

    @property
    def title(self) -> str:
        """The title in the active language."""
        return self.title_zh if (get_language() or "").startswith("zh") else self.title_en

    @property
    def kind_title(self) -> str:
        """What its kind is called."""
        return str(title_of(self.kind))

    @property
    def force_label(self) -> str:
        """What it rests on."""
        return word_of(self.legal_force)

    @property
    def confidence_label(self) -> str:
        """How well it is known."""
        return word_of(self.confidence)


@dataclass(frozen=True)
class Page:
    """Some rows, and the cursor of the following ones ("" on the last page)."""

    rows: list[Row]
    next: str


_COLUMNS = (
    "id", "template_id", "template__kind", "template__key", "template__jurisdiction", "number",
    "title_zh", "title_en", "valid_from", "until", "legal_force", "confidence",
)  # fmt: skip
_ORDER = ("template__kind", "template__key", "template__jurisdiction")


def listed(*, on: date, filters: Filters, cursor: str = "", limit: int = 50) -> Page:
    """Templates by kind, key and jurisdiction. Two queries at most, however many rows.
    Raises CursorInvalid."""
    found = _chosen(on, filters)
    if cursor:
        kind, key, jurisdiction = decode(cursor, [str, str, str])
        found = found.filter(
            Q(template__kind__gt=kind)
            | Q(template__kind=kind, template__key__gt=key)
            | Q(template__kind=kind, template__key=key, template__jurisdiction__gt=jurisdiction)
        )
    rows = _rows(found, on, limit + 1)
    more = len(rows) > limit
    rows = rows[:limit]
    last = rows[-1] if more else None
    return Page(rows, encode([last.kind, last.key, last.jurisdiction]) if last else "")


def all_rows(*, on: date, filters: Filters) -> list[Row]:
    """Every row of the list; a library has some hundreds."""
    return _rows(_chosen(on, filters), on, 5000)


def _rows(found: "QuerySet[TemplateVersion]", on: date, limit: int) -> list[Row]:
    read = [Row(*values) for values in found.values_list(*_COLUMNS)[:limit]]
    names = jurisdiction_names(row.jurisdiction for row in read)
    return [
        replace(
            row,
            in_force=row.valid_from <= on and (row.until is None or on <= row.until),
            jurisdiction_name=names[row.jurisdiction],
        )
        for row in read
    ]


def _chosen(on: date, filters: Filters) -> "QuerySet[TemplateVersion]":
    found = TemplateVersion.objects.filter(template__kind__in=list(bodies()))
    others = TemplateVersion.objects.filter(template=OuterRef("template"))
    if filters.show == "all":
        later = others.filter(number__gt=OuterRef("number"))
        found = found.filter(
            lookup.holding(on) | ~Exists(others.filter(lookup.holding(on))) & ~Exists(later)
        )
    else:
        found = found.filter(lookup.holding(on))
    return _narrowed(found, filters).order_by(*_ORDER)


def _narrowed(found: "QuerySet[TemplateVersion]", filters: Filters) -> "QuerySet[TemplateVersion]":
    if filters.kind:
        found = found.filter(template__kind=filters.kind)
    match filters.jurisdiction:
        case "":
            other = [name for name in PROFILES if name != profile.current()]
            found = found.exclude(template__jurisdiction__in=other)
        case "all":
            pass
        case "local":
            found = found.exclude(template__jurisdiction__in=NATIONAL)
        case code:
            found = found.filter(template__jurisdiction=code)
    if filters.confidence:
        found = found.filter(confidence=filters.confidence)
    if filters.force:
        found = found.filter(legal_force=filters.force)
    for word in filters.q.split()[:8]:
        found = found.filter(
            Q(title_zh__icontains=word)
            | Q(title_en__icontains=word)
            | Q(template__key__icontains=word)
            | Q(source_text__icontains=word)
            | Q(body__icontains=word)
        )
    return found


def jurisdiction_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of jurisdictions: areas by one query, the others by their words."""
    wanted = set(codes)
    names = {code: word_of(code) for code in wanted & {COMMON, *PROFILES}}
    local = wanted - set(names)
    if local:
        for area in Area.objects.filter(code__in=local).only("code", "name_zh", "name_en"):
            names[area.code] = area.name
    return {code: names.get(code, code) for code in wanted}


def ended(*, on: date) -> list[UUID]:
    """The versions whose time was over on that day: what rests on them still has to be looked
    at. One query."""
    rows = TemplateVersion.objects.filter(until__lt=on)
    return list(rows.values_list("id", flat=True))

"""What a report is made of, before it is HTML or Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from actscope.definition import Definition

LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A text in both languages; ``in_`` gives one of them."""

    en: str
    zh: str

    def in_(self, language: str) -> str:
        """The text in ``language`` (``en`` or ``zh``)."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under a head; numbers stay numbers, ``None`` is shown as a dash."""

    head: Sequence[str]
    rows: Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One figure of a report: what it shows (``title``), a sentence that tells the reader what to
    see (``lead``), a picture (SVG) or a table or both, and what it rests on."""

    title: str
    lead: str = ""
    picture: str = ""
    table: Table | None = None
    definition: Definition | None = None
    n: int | None = None
    missing: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Exhibits under a heading; ``id`` is its place in the address."""

    id: str
    title: str
    exhibits: Sequence[Exhibit] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report in one language. ``facts``: what it was made from and by (label, value), so that it
    can be made again."""

    language: str
    title: str
    lead: str
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]

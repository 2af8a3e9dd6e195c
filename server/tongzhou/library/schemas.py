"""The library in the JSON API."""

from datetime import date
from typing import Any, Self
from uuid import UUID

from pydantic import AwareDatetime, Field

from tongzhou.kernel.api.values import Input, Line, Output
from tongzhou.library.document import ConfidenceCode, Document, ForceCode, Source
from tongzhou.library.kinds.base import Text
from tongzhou.library.queries.detail import Published
from tongzhou.library.queries.lists import Row
from tongzhou.library.versions import Version


class Bilingual(Output):
    """Words in both languages."""

    zh: str
    en: str

    @classmethod
    def of(cls, text: Text) -> Self:
        """From words of a template."""
        return cls.model_construct(zh=text.zh, en=text.en)


class TemplateRow(Output):
    """A template by the version that is in force on the day asked for, else by its last."""

    version: UUID
    kind: str
    key: str
    jurisdiction: str
    number: int
    title: Bilingual
    valid_from: date
    in_force_until: date | None
    legal_force: ForceCode
    confidence: ConfidenceCode
    in_force: bool

    @classmethod
    def of(cls, row: Row) -> Self:
        """From a row of the list."""
        return cls.model_construct(
            version=row.version,
            kind=row.kind,
            key=row.key,
            jurisdiction=row.jurisdiction,
            number=row.number,
            title=Bilingual.model_construct(zh=row.title_zh, en=row.title_en),
            valid_from=row.valid_from,
            in_force_until=row.until,
            legal_force=row.legal_force,
            confidence=row.confidence,
            in_force=row.in_force,
        )


class SourceOut(Output):
    """Where a template was taken from."""

    text: str
    url: str | None

    @classmethod
    def of(cls, source: Source) -> Self:
        """From a template."""
        url = str(source.url) if source.url is not None else None
        return cls.model_construct(text=source.text, url=url)


class VersionOut(Output):
    """A version. `valid_to` is what it says of itself; `in_force_until` the last day on which
    it is in force, since another may have taken its place. `marks`: the confidence of single
    values by their path in `body`."""

    id: UUID
    kind: str
    key: str
    jurisdiction: str
    number: int
    title: Bilingual
    valid_from: date
    valid_to: date | None
    in_force_until: date | None
    legal_force: ForceCode
    source: SourceOut
    confidence: ConfidenceCode
    marks: dict[str, ConfidenceCode]
    body: dict[str, Any]
    shipped: int | None = Field(description="Version of the text that came with the software.")
    reason: str
    published_at: AwareDatetime

    @classmethod
    def of(cls, version: Version) -> Self:
        """From a version."""
        return cls.model_construct(
            id=version.id,
            kind=version.kind,
            key=version.key,
            jurisdiction=version.jurisdiction,
            number=version.number,
            title=Bilingual.of(version.title),
            valid_from=version.valid_from,
            valid_to=version.valid_to,
            in_force_until=version.until,
            legal_force=version.legal_force,
            source=SourceOut.of(version.source),
            confidence=version.confidence,
            marks=version.marks,
            body=version.body.model_dump(mode="json"),
            shipped=version.shipped,
            reason=version.reason,
            published_at=version.at,
        )


class Beside(Output):
    """A version in the history of a template."""

    id: UUID
    number: int
    valid_from: date
    in_force_until: date | None
    reason: str
    by_unit: str | None
    replaced_by: int | None

    @classmethod
    def of(cls, entry: Published) -> Self:
        """From a line of the history."""
        return cls.model_construct(
            id=entry.version.id,
            number=entry.version.number,
            valid_from=entry.version.valid_from,
            in_force_until=entry.version.until,
            reason=entry.version.reason,
            by_unit=entry.post.unit.code if entry.post is not None else None,
            replaced_by=entry.replaced_by,
        )


class TemplateDetail(Output):
    """A template: the version in force on the day (null where none is), and all versions."""

    in_force: VersionOut | None
    versions: list[Beside]


class KindOut(Output):
    """A kind of template, and the JSON Schema of a whole file of it."""

    kind: str
    title: Bilingual
    file_schema: dict[str, Any]


class PublishIn(Input):
    """A version to publish. `replaces`: the id of the version whose place it takes."""

    document: Document
    reason: Line
    replaces: UUID | None = None
    take_place: bool = Field(False, description="Take the place of the version it overlaps.")


class FileIn(Input):
    """A file."""

    name: str = Field(min_length=1, max_length=120)
    content: str = Field(max_length=262_144, description="YAML")


class ImportIn(Input):
    """Files to bring in: all are published, or none is."""

    files: list[FileIn] = Field(min_length=1, max_length=100)
    reason: Line
    take_place: bool = False
    dry_run: bool = False


class TemplateFaultOut(Output):
    """What is wrong with a file, and where."""

    file: str
    line: int
    field: str
    code: str
    detail: str


class ImportLine(Output):
    """What became of a file: `new`, `next`, `unchanged` or `refused`."""

    file: str
    becomes: str
    number: int | None
    faults: list[TemplateFaultOut]


class TemplateImportOut(Output):
    """What became of all files. `written`: something was published."""

    written: bool
    dry_run: bool
    lines: list[ImportLine]


class ProfileOut(Output):
    """The country profile in use."""

    profile: str
    profiles: list[str]


class ProfileIn(Input):
    """Which country profile, and why."""

    profile: str = Field(max_length=20)
    reason: Line

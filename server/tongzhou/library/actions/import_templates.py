from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import LIBRARY_EDIT
from tongzhou.kernel.errors import NothingChanged, Refusal
from tongzhou.library.actions.publish_version import publish_version
from tongzhou.library.checks import rank
from tongzhou.library.digests import digest
from tongzhou.library.models import TemplateVersion
from tongzhou.library.reading import Fault, FileUnfit, Read, read

#: Files of one import; a library has some hundreds.
MOST_FILES = 500


@dataclass(frozen=True)
class File:
    """A file as it came."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Line:
    """What becomes of one file: "new" (first version), "next" (a further one), "unchanged"
    (a version says exactly this), "refused" (``faults`` say why)."""

    file: str
    becomes: str
    read: Read | None = None
    number: int | None = None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Report:
    """What becomes of all files. Either all that are new are published, or none is."""

    lines: tuple[Line, ...]
    dry_run: bool

    @property
    def refused(self) -> tuple[Line, ...]:
        """The files that stand in the way."""
        return tuple(line for line in self.lines if line.becomes == "refused")

    @property
    def published(self) -> tuple[Line, ...]:
        """What was published, or would be."""
        return tuple(line for line in self.lines if line.becomes in ("new", "next"))

    @property
    def written(self) -> bool:
        """True when something was published."""
        return bool(self.published) and not self.refused and not self.dry_run


class _Undo(Exception):
    """Takes back what was tried."""


def import_templates(
    *,
    files: Sequence[File],
    reason: str,
    by: Post,
    at: datetime,
    take_place: bool = False,
    dry_run: bool = False,
) -> Report:
    """Publishes the templates in the files, each as the next version of its key; what a
    version says already is left alone, so that the same import again changes nothing. One
    refused file, and none is published. ``take_place``: a file that overlaps a version takes
    its place instead of being refused.

    Refusals of single files are in the report, with file, line and field. Raises NotAllowed.
    """
    permissions.require(by=by, word=LIBRARY_EDIT)
    lines = [_read(file) for file in files]
    try:
        with transaction.atomic():
            for place in _in_order(lines):
                lines[place] = _one(files[place], lines[place], reason, by, at, take_place)
            if dry_run or any(line.becomes == "refused" for line in lines):
                raise _Undo
    except _Undo:
        pass
    return Report(tuple(lines), dry_run)


def _in_order(lines: Sequence[Line]) -> list[int]:
    """Templates that name what other rooms know come last: another file may bring it."""

    def place(n: int) -> int:
        found = lines[n].read
        return rank(found.document.kind) if found is not None else 0

    return sorted(range(len(lines)), key=place)


def _read(file: File) -> Line:
    try:
        return Line(file.name, "unchanged", read(file.content, file=file.name))
    except FileUnfit as unfit:
        return Line(file.name, "refused", faults=unfit.faults)


def _one(file: File, line: Line, reason: str, by: Post, at: datetime, take_place: bool) -> Line:
    found = line.read
    if found is None:
        return line
    document = found.document
    same = TemplateVersion.objects.filter(
        template__kind=document.kind,
        template__key=document.key,
        template__jurisdiction=document.jurisdiction,
    )
    if same.filter(digest=digest(found)).exists():
        return line
    try:
        with transaction.atomic():
            made = publish_version(read=found, reason=reason, by=by, at=at, take_place=take_place)
    except NothingChanged:
        return line
    except FileUnfit as unfit:
        return replace(line, becomes="refused", faults=unfit.faults)
    except Refusal as refusal:
        place = refusal.field if refusal.field != "reason" else ""
        fault = Fault(file.name, _line_of(file, place), place, refusal.code, str(refusal))
        return replace(line, becomes="refused", faults=(fault,))
    becomes = "new" if made.number == 1 else "next"
    return replace(line, becomes=becomes, number=made.number)


def _line_of(file: File, field: str) -> int:
    """The line of a field of the file's first level."""
    for number, text in enumerate(file.content.decode("utf-8-sig").splitlines(), 1):
        if field and text.startswith(f"{field}:"):
            return number
    return 1

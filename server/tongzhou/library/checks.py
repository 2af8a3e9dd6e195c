"""What a template names that belongs to other rooms. The library knows nothing of duties: the
room that owns a kind registers what must be there, and publishing asks it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone

from tongzhou.kernel.errors import Sentence
from tongzhou.library.document import Document
from tongzhou.library.reading import Fault, FileUnfit, Read


@dataclass(frozen=True)
class Miss:
    """Something that is named in the body and is not there: its place, a stable code, and a
    sentence."""

    path: tuple[str | int, ...]
    code: str
    sentence: Sentence


#: Takes the document, its typed body, and the day on which all that it names must be there.
Check = Callable[[Document, Any, date], Iterable[Miss]]
_CHECKS: Final[dict[str, Check]] = {}
_NAMED: Final[dict[str, tuple[str, ...]]] = {}


def checked(kind: str, *, names: tuple[str, ...] = ()) -> Callable[[Check], Check]:
    """Registers what bodies of a kind may name, and of which other kinds that is. Raises
    ValueError when somebody has already."""

    def registered(check: Check) -> Check:
        if kind in _CHECKS:
            raise ValueError(f"kind {kind!r} is checked already")
        _CHECKS[kind] = check
        _NAMED[kind] = names
        return check

    return registered


def rank(kind: str) -> int:
    """Templates of a higher rank may name what those of a lower one bring: of one import they
    are published later."""
    return 1 + max(map(rank, _NAMED[kind]), default=0) if kind in _NAMED else 0


def missing(read: Read, *, at: datetime) -> list[Fault]:
    """What the template names and nobody knows, with file, line and field."""
    document = read.document
    check = _CHECKS.get(document.kind)
    if check is None:
        return []
    day = max(document.valid_from, timezone.localdate(at))
    return [
        read.fault(("body", *miss.path), miss.code, str(miss.sentence))
        for miss in check(document, read.body, day)
    ]


def require_known(read: Read, *, at: datetime) -> None:
    """Raises FileUnfit with everything that the template names and nobody knows."""
    faults = missing(read, at=at)
    if faults:
        raise FileUnfit(sorted(faults, key=lambda fault: fault.line))

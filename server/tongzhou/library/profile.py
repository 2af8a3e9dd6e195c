"""The country profile in use, and the words it has.

It is asked for each label of a level or phase, so it is kept by the process and read again
after a second: whoever switches sees it at once, the other processes a second later.
"""

import time
from dataclasses import dataclass
from threading import Lock
from typing import Final, Literal

from django.db import OperationalError, ProgrammingError, connection
from django.utils.functional import Promise, lazystr
from django.utils.translation import get_language
from psycopg.errors import UndefinedTable

from tongzhou.kernel import clock
from tongzhou.library import lookup
from tongzhou.library.document import PROFILES
from tongzhou.library.kinds.profile import ProfileBody
from tongzhou.library.models import ProfileChoice

DEFAULT: Final = "cn"
#: The template that holds a profile's words.
KEY: Final = "words"
_SECONDS: Final = 1.0


@dataclass(frozen=True)
class InUse:
    """The profile in use, and its words; none before the shipped templates are there."""

    name: str
    body: ProfileBody | None


_lock = Lock()
_kept: InUse | None = None
_kept_until = 0.0


def current() -> str:
    """The name of the profile in use: "cn" or "int"."""
    return in_use().name


def in_use() -> InUse:
    """The profile in use. Two small queries a second at most, else none."""
    global _kept, _kept_until
    with _lock:
        if _kept is not None and time.monotonic() < _kept_until:
            return _kept
    found = _read()
    keep(found)
    return found


def keep(found: InUse | None, *, seconds: float = _SECONDS) -> None:
    """Keeps this as the profile in use for so long; None: read it again when next asked."""
    global _kept, _kept_until
    with _lock:
        _kept, _kept_until = found, time.monotonic() + seconds


def _read() -> InUse:
    try:
        return _chosen()
    except (OperationalError, ProgrammingError) as error:
        # Django checks the labels of choices before there are tables, or without a database.
        missing = isinstance(error, OperationalError) or isinstance(error.__cause__, UndefinedTable)
        if connection.in_atomic_block or not missing:
            raise
        return InUse(DEFAULT, None)


def _chosen() -> InUse:
    latest = ProfileChoice.objects.order_by("-at", "-id").values_list("profile", flat=True)
    name = latest.first() or DEFAULT
    return InUse(name if name in PROFILES else DEFAULT, words_of(name))


def words_of(profile: str) -> ProfileBody | None:
    """The words of a profile as they are in force today."""
    try:
        found = lookup.find("profile", KEY, on=clock.now().date(), profile=profile)
    except lookup.NoTemplate:
        return None
    return found.body if isinstance(found.body, ProfileBody) else None


def word(key: str) -> str | None:
    """What the profile in use calls this, in the active language; None where it has no word."""
    body = in_use().body
    found = body.words.get(key) if body is not None else None
    return found.here if found is not None else None


_labels: dict[tuple[str, str], Promise] = {}


def label(sort: Literal["grades", "phases"], code: str, plain: object) -> Promise:
    """The word for a code in the profile in use, looked up when it is shown. ``plain`` is
    shown where no language is active: while migrations are made or run, nothing of the
    library may be asked for."""
    found = _labels.get((sort, code))
    if found is None:
        # Made once each: a promise is a class of its own, and lists show hundreds.
        found = _labels[sort, code] = lazystr(_Shown(sort, code, plain))
    return found


@dataclass(frozen=True)
class _Shown:
    """What becomes text when it is asked for."""

    sort: Literal["grades", "phases"]
    code: str
    plain: object

    def __str__(self) -> str:
        body = in_use().body if get_language() is not None else None
        if body is None:
            return str(self.plain)
        words = body.grades if self.sort == "grades" else body.phases
        word = words.get(self.code)
        return str(self.plain) if word is None else word.here

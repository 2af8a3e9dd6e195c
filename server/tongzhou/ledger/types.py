"""The kinds of collaboration and the register of act types.

A type is past tense, dotted, versioned and never reused. Each room declares its own in
``acts.py``; the sentence beside it is what the ledger page shows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

KINDS = (
    "report",
    "share",
    "ask",
    "answer",
    "dispatch",
    "joint_action",
    "transfer",
    "serve",
    "convene",
    "deliberate",
    "decide",
    "pledge",
    "supervise",
    "clarify",
)
BASES = ("order", "agreement", "voluntary", "law")
_NAME = re.compile(r"^[a-z_]+\.[a-z_]+\.v[1-9][0-9]*$")


@dataclass(frozen=True)
class ActType:
    """``name`` as it stands in the ledger; ``kind`` of collaboration ("" where the act is
    none, e.g. having seen something); a sentence in both languages with the places
    ``{by}`` (the unit that acted) and ``{with_units}``."""

    name: str
    kind: str
    en: str
    zh: str

    def sentence(self, *, by: str, with_units: str) -> str:
        """The sentence in the active language, with names filled in."""
        template = self.zh if (get_language() or "").startswith("zh") else self.en
        return template.format(by=by, with_units=with_units)


_DECLARED: dict[str, ActType] = {}


def declare(name: str, *, kind: str = "", en: str, zh: str) -> ActType:
    """Declares an act type. Raises ValueError for a malformed or taken name, or an
    unknown kind: a mistake of the programmer, found at import."""
    if not _NAME.match(name):
        raise ValueError(f"malformed act type {name!r}")
    if name in _DECLARED:
        raise ValueError(f"act type {name!r} is declared twice")
    if kind and kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}")
    _DECLARED[name] = ActType(name=name, kind=kind, en=en, zh=zh)
    return _DECLARED[name]


def declared() -> Mapping[str, ActType]:
    """All act types by name."""
    return dict(_DECLARED)


def find(name: str) -> ActType | None:
    """The type, or None for an act whose type is no longer declared."""
    return _DECLARED.get(name)

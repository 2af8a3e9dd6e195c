"""The kinds of collaboration and the register of act types.

A type is past tense, dotted, versioned and never reused. Each room declares its own in
``acts.py``; the sentence beside it is what the ledger page shows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from string import Formatter

from django.utils.module_loading import autodiscover_modules
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
_OPTIONAL = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True)
class ActType:
    """``name`` as it stands in the ledger; ``kind`` of collaboration ("" where the act is
    none, e.g. having seen something); a sentence in both languages with the places
    ``{by}`` (the unit that acted), ``{with_units}``, and others, each the key of units in the
    act's data. What stands in brackets is said only where the act has the units in it."""

    name: str
    kind: str
    en: str
    zh: str

    @cached_property
    def named(self) -> frozenset[str]:
        """The places of units that stand in the act's data."""
        return frozenset(_places(self.en) - {"by", "with_units"})

    def sentence(self, *, by: str, with_units: str, **named: str) -> str:
        """The sentence in the active language, with names filled in; of acts that do not
        name a unit yet, ``with_units`` stands in its place."""

        def kept(part: re.Match[str]) -> str:
            return part[1] if all(named.get(place) for place in _places(part[1])) else ""

        template = self.zh if (get_language() or "").startswith("zh") else self.en
        others = {place: named.get(place) or with_units for place in self.named}
        return _OPTIONAL.sub(kept, template).format(by=by, with_units=with_units, **others)


def _places(template: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(template) if name}


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


def known() -> Mapping[str, ActType]:
    """As ``declared``, with the acts of every room that is installed: for whoever reads names
    of types from data, perhaps before the rooms above were loaded."""
    autodiscover_modules("acts")
    return declared()

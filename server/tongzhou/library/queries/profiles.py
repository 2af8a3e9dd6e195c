"""The country profiles beside each other, and the history of the choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tongzhou.library import lookup, profile, versions
from tongzhou.library.codes import word_of
from tongzhou.library.document import PROFILES
from tongzhou.library.kinds.base import Text, title_of
from tongzhou.library.models import ProfileChoice, TemplateVersion
from tongzhou.library.versions import Version


@dataclass(frozen=True)
class Words:
    """Words of one sort, each code with its word in every profile."""

    title: str
    rows: list[tuple[str, list[str]]]


def words() -> list[Words]:
    """Levels, phases and other words in every profile."""
    found = [profile.words_of(name) for name in PROFILES]
    return [
        _group(_("Response levels"), [b.grades if b else {} for b in found]),
        _group(_("Phases"), [b.phases if b else {} for b in found]),
        _group(_("Other words"), [b.words if b else {} for b in found]),
    ]


def _group(title: str, columns: list[Mapping[str, Text]]) -> Words:
    codes = dict.fromkeys(code for column in columns for code in column)
    return Words(
        title, [(c, [column[c].here if c in column else "–" for column in columns]) for c in codes]
    )


@dataclass(frozen=True)
class Kind:
    """The templates of a kind that are in force, by profile."""

    title: str
    columns: list[list[Version]]


def in_force_by_profile(*, on: date) -> list[Kind]:
    """What is in force in each profile alone, by kind. One query."""
    rows = TemplateVersion.objects.filter(lookup.holding(on), template__jurisdiction__in=PROFILES)
    read = versions.read(rows.order_by("template__kind", "template__key"))
    kinds = dict.fromkeys(version.kind for version in read)
    return [
        Kind(
            str(title_of(kind)),
            [[v for v in read if v.kind == kind and v.jurisdiction == p] for p in PROFILES],
        )
        for kind in kinds
    ]


def history(*, limit: int = 20) -> list[tuple[str, ProfileChoice]]:
    """The last choices, the latest first, each with the name of the profile."""
    rows = ProfileChoice.objects.select_related("post__unit", "post__person")
    return [(word_of(row.profile), row) for row in rows.order_by("-at", "-id")[:limit]]

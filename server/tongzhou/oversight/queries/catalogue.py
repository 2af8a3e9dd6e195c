"""The catalogue of fields: a list, one of them, and which are like another."""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import Invalid, NotFound
from tongzhou.oversight.models import Field

#: From here on two names are taken to mean the same.
ALIKE: Final = 0.6
#: Words that say nothing of what a field is about.
_EMPTY: Final = frozenset({"number", "of", "the", "total", "daily", "count", "today", "in", "and"})
_EMPTY_ZH: Final = ("人数", "总数", "当日", "今日", "情况", "每日", "的", "数", "量")


class FieldUnknown(Invalid):
    """A code of no field of the catalogue."""

    code = "field-unknown"
    message = _("There is no field with the code “%(code)s” in the catalogue.")


@dataclass(frozen=True)
class Likeness:
    """A field with how much its name is like the one given, from 0 to 1."""

    field: Field
    share: float

    @property
    def percent(self) -> int:
        """The same in percent."""
        return round(100 * self.share)


def listed(
    *, visible_to: Post, q: str = "", kept: str = "", cursor: str = "", limit: int = 50
) -> Slice[Field]:
    """Fields by code, with the number of requests that ask for each: whose name or code holds
    ``q``; ``kept`` "yes": that stand somewhere already. The catalogue is known to everybody
    who is signed in. Raises CursorInvalid."""
    found = Field.objects.select_related("owner").annotate(requests=Count("asked"))
    for word in q.split()[:8]:
        found = found.filter(
            Q(name_zh__icontains=word) | Q(name_en__icontains=word) | Q(code__icontains=word)
        )
    if kept == "yes":
        found = found.exclude(kept_in="")
    return slice_of(found, by=[("code", str)], cursor=cursor, limit=limit)


def find(code: str, *, visible_to: Post) -> Field:
    """One field. Raises NotFound."""
    found = Field.objects.select_related("owner").filter(code=code).first()
    if found is None:
        raise NotFound(field="field")
    return found


def named(codes: Sequence[str]) -> list[Field]:
    """The fields that a request names, in its order; one query. Raises FieldUnknown, ``row``
    being the place in the list."""
    found = {row.code: row for row in Field.objects.select_related("owner").filter(code__in=codes)}
    for place, code in enumerate(codes, start=1):
        if code not in found:
            raise FieldUnknown(field="wanted", row=place, code=code)
    return [found[code] for code in codes]


def fields(ids: Collection[UUID]) -> dict[UUID, Field]:
    """Fields by id."""
    return Field.objects.select_related("owner").in_bulk(list(ids))


def alike(*names: str, but: str = "", limit: int = 5) -> list[Likeness]:
    """The fields whose Chinese or English name is like one of the names, the most alike
    first. One query; the catalogue holds some hundreds of fields."""
    wanted = [grams for name in names if (grams := _grams(name))]
    found = []
    for field in Field.objects.select_related("owner").exclude(code=but):
        own = [grams for name in (field.name_zh, field.name_en) if (grams := _grams(name))]
        share = max((_dice(one, other) for one in wanted for other in own), default=0.0)
        if share >= ALIKE:
            found.append(Likeness(field, share))
    return sorted(found, key=lambda like: (-like.share, like.field.code))[:limit]


def _grams(name: str) -> frozenset[str]:
    """What a name is compared by: words of Latin script without those that say nothing, pairs
    of characters of Chinese."""
    text = unicodedata.normalize("NFKC", name).casefold()
    for empty in _EMPTY_ZH:
        text = text.replace(empty, "")
    found: set[str] = set()
    for word in _words(text):
        if word.isascii():
            if word not in _EMPTY:
                found.add(word.removesuffix("s"))
        else:
            found.update(word[place : place + 2] for place in range(max(1, len(word) - 1)))
    return frozenset(found)


def _words(text: str) -> Iterable[str]:
    word = ""
    for character in text:
        alike_before = not word or word[-1].isascii() == character.isascii()
        if character.isalnum() and alike_before:
            word += character
            continue
        if word:
            yield word
        word = character if character.isalnum() else ""
    if word:
        yield word


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))

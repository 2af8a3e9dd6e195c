"""Which columns a person means by ``A1-A5,-C4``."""

from collections.abc import Sequence
from dataclasses import dataclass

from actscope.counting import ColumnMissingError
from actscope.errors import InputError


class ItemRepeatedError(InputError):
    """One item twice in one scale would count twice."""

    code = "item_repeated"
    en = "The item “{field}” is named more than once."
    zh = "题目“{field}”被重复列出。"


class ItemReversedError(InputError):
    """A reversed item where the direction of items does not matter."""

    code = "item_reversed_here"
    en = "“{value}”: items are not reversed here; name it without the minus."
    zh = "“{value}”：此处不作反向计分，请去掉减号。"


class ScaleUnreadableError(InputError):
    """A scale that is not of the form NAME=column,column."""

    code = "scale_unreadable"
    en = "“{value}” is not a scale: write NAME=column,column, with a minus before reversed items."
    zh = "“{value}”不是量表：请写成“名称=列,列”，反向题前加减号。"


class ScaleRepeatedError(InputError):
    """Two scales of one name."""

    code = "scale_repeated"
    en = "There are two scales of the name “{value}”."
    zh = "有两个名为“{value}”的量表。"


@dataclass(frozen=True, slots=True)
class Scale:
    """A named list of items; ``reversed`` are those of them that are worded the other way."""

    name: str
    items: tuple[str, ...]
    reversed: frozenset[str] = frozenset()


def scales_of(texts: Sequence[str], columns: Sequence[str]) -> tuple[Scale, ...]:
    """The scales of ``NAME=column,column,-reversed``, each in one text; ``a-b`` is a range of
    ``columns``, which stand in file order.

    Raises ``ScaleUnreadableError``, ``ScaleRepeatedError``, ``ItemRepeatedError``,
    ``ColumnMissingError``.
    """
    scales: dict[str, Scale] = {}
    for text in texts:
        name, mark, listed = (part.strip() for part in text.partition("="))
        if not (name and mark and listed):
            raise ScaleUnreadableError(value=text)
        if name in scales:
            raise ScaleRepeatedError(value=name)
        items, reversed_ = scale_items(listed, columns)
        scales[name] = Scale(name, items, reversed_)
    return tuple(scales.values())


def items_of(text: str, columns: Sequence[str]) -> tuple[str, ...]:
    """The columns that ``a-b`` or ``a,b,c`` names; raises ``ItemReversedError``,
    ``ItemRepeatedError``, ``ColumnMissingError``."""
    items, reversed_ = scale_items(text, columns)
    if reversed_:
        raise ItemReversedError(value=text)
    return items


def scale_items(text: str, columns: Sequence[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The columns that ``a-b`` or ``a,-b,c`` names, and those of them that are reversed; raises
    ``ItemRepeatedError``, ``ColumnMissingError``."""
    items: list[str] = []
    reversed_: set[str] = set()
    for part in (part.strip() for part in text.split(",")):
        if part.startswith("-") and part not in columns:
            named = _part(part[1:].strip(), columns)
            reversed_.update(named)
        else:
            named = _part(part, columns)
        for name in named:
            if name in items:
                raise ItemRepeatedError(field=name)
            items.append(name)
    return tuple(items), frozenset(reversed_)


def _part(part: str, columns: Sequence[str]) -> Sequence[str]:
    """One column or a range of them; a column whose own name has a hyphen comes first."""
    if part in columns:
        return (part,)
    for place, sign in enumerate(part):
        first, last = part[:place].strip(), part[place + 1 :].strip()
        if sign == "-" and first in columns and last in columns:
            low, high = sorted((columns.index(first), columns.index(last)))
            return columns[low : high + 1]
    # Of a range with one end that is there, the other end is what is missing.
    first, _, last = (end.strip() for end in part.partition("-"))
    raise ColumnMissingError(field=last if first in columns and last else part)

"""Pages of a list by keyset: each page begins behind the last row of the one before, so a
page costs the same wherever it lies, and rows that come in between shift nothing."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

import orjson
from django.db.models import F, Field, Func, Model, QuerySet, Value
from django.db.models.constants import LOOKUP_SEP
from django.db.models.lookups import GreaterThan, LessThan
from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.api.values import Output
from tongzhou.kernel.errors import Invalid

T = TypeVar("T")
M = TypeVar("M", bound=Model)
Key = str | int | UUID | datetime | date


class CursorInvalid(Invalid):
    """A cursor that this list did not give out."""

    code = "cursor-invalid"
    message = _("This is not a page of this list. Start again without a cursor.")


class Page(Output, Generic[T]):
    """A page of a list; ``next`` is the cursor of the following page, null on the last."""

    items: list[T]
    next: str | None


@dataclass(frozen=True)
class Slice(Generic[M]):
    """The rows of one page and the cursor of the next ("" on the last page)."""

    rows: list[M]
    next: str


def encode(keys: Sequence[Key]) -> str:
    """The cursor of the page that begins behind the row with these keys."""
    return base64.urlsafe_b64encode(orjson.dumps(list(keys))).rstrip(b"=").decode()


def decode(cursor: str, kinds: Sequence[type[Key]]) -> list[Any]:
    """The keys in a cursor, one of each kind. Raises CursorInvalid."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        values = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if not isinstance(values, list) or len(values) != len(kinds):
            raise CursorInvalid(field="cursor")
        return [_key(value, kind) for value, kind in zip(values, kinds, strict=True)]
    except (binascii.Error, UnicodeEncodeError, ValueError, TypeError, OverflowError) as error:
        raise CursorInvalid(field="cursor") from error


def _key(value: Any, kind: type[Key]) -> Key:
    if kind is int:
        if type(value) is not int or not -(2**63) <= value < 2**63:
            raise ValueError
        return value
    if not isinstance(value, str) or "\x00" in value:
        raise ValueError
    if kind is UUID:
        return UUID(value)
    if kind is datetime:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError
        return moment
    if kind is date:
        return date.fromisoformat(value)
    return value


def slice_of(
    rows: QuerySet[M, M],
    *,
    by: Sequence[tuple[str, type[Key]]],
    cursor: str = "",
    limit: int = 50,
    descending: bool = False,
) -> Slice[M]:
    """One page of ``rows``, sorted by the fields ``by`` (name, kind of value; never null,
    the last one unique), all ascending or all descending. Raises CursorInvalid."""
    names = [name for name, _kind in by]
    sign = "-" if descending else ""
    ordered = rows.order_by(*[sign + name for name in names])
    if cursor:
        keys = decode(cursor, [kind for _name, kind in by])
        here = Func(*[F(name) for name in names], function="ROW", output_field=Field())
        there = Func(
            *[Value(key, _field(rows, name)) for key, name in zip(keys, names, strict=True)],
            function="ROW",
            output_field=Field(),
        )
        behind = LessThan(here, there) if descending else GreaterThan(here, there)
        ordered = ordered.filter(behind)
    found = list(ordered[: limit + 1])
    if len(found) <= limit:
        return Slice(found, "")
    return Slice(found[:limit], encode([_value(found[limit - 1], name) for name in names]))


def _field(rows: QuerySet[M, M], name: str) -> "Field[Any, Any]":
    model: Any = rows.model
    *way, last = name.split(LOOKUP_SEP)
    for step in way:
        model = model._meta.get_field(step).related_model
    found: Field[Any, Any] = model._meta.get_field(last)
    return found


def _value(row: Model, name: str) -> Any:
    value: Any = row
    for step in name.split(LOOKUP_SEP):
        value = getattr(value, step)
    return value

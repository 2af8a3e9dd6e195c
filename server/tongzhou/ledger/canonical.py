"""The one written form of an act, and its hash.

The form is the JSON object of RFC 8785 (keys in order, no spaces, UTF-8) over the fields
of ``FIELDS`` plus ``position``; numbers are whole, so nothing depends on how fractions are
written. The hash of a leaf is that of RFC 6962 §2.1: SHA-256(0x00 ‖ form).
"""

import hashlib
from collections.abc import Sequence
from typing import Any

import orjson

# Text of a timestamp costs a quarter of to_char; ``_time`` puts it into the written form.
_TIME = "({0} AT TIME ZONE 'UTC')::text"
_TIMES = {"at", "recorded_at", "asked_at", "due_at"}
_UUIDS = {"id", "by_post", "by_unit", "incident", "about_id"}
_LISTS = {"with_units", "audience"}
FIELDS = (
    "id",
    "type",
    "at",
    "recorded_at",
    "by_post",
    "by_unit",
    "with_units",
    "kind",
    "incident",
    "phase",
    "area",
    "about_kind",
    "about_id",
    "basis",
    "asked_at",
    "due_at",
    "outcome",
    "evidence",
    "visibility",
    "audience",
    "origin",
    "data",
)


def _column(name: str) -> str:
    qualified = f"a.{name}"
    if name in _TIMES:
        return _TIME.format(qualified)
    if name in _LISTS:
        return f"array_to_string({qualified}, ',')"
    if name in _UUIDS or name == "data":
        return f"{qualified}::text"
    return qualified


#: What a query selects (from ``ledger_act a``) so that its rows can be hashed here.
COLUMNS = ", ".join(_column(name) for name in FIELDS)
_LIST_PLACES = tuple(FIELDS.index(name) for name in sorted(_LISTS))
_TIME_PLACES = tuple(FIELDS.index(name) for name in sorted(_TIMES))
_DATA = FIELDS.index("data")


def content(row: Sequence[Any]) -> dict[str, Any]:
    """The fields of an act by name, from a row of ``COLUMNS``."""
    values = list(row)
    for place in _LIST_PLACES:
        values[place] = values[place].split(",") if values[place] else []
    for place in _TIME_PLACES:
        if values[place] is not None:
            values[place] = _time(values[place])
    values[_DATA] = orjson.loads(values[_DATA])
    return dict(zip(FIELDS, values, strict=True))


def _time(text: str) -> str:
    """ "2020-01-23 01:00:00.5" → "2020-01-23T01:00:00.500000Z"."""
    return f"{text[:10]}T{text[11:19]}.{text[20:]:0<6}Z"


def written(act: dict[str, Any], position: int) -> bytes:
    """The written form of an act at its position."""
    return orjson.dumps({**act, "position": position}, option=orjson.OPT_SORT_KEYS)


def leaf(form: bytes) -> bytes:
    """The hash of a written form as a leaf of the tree."""
    return hashlib.sha256(b"\x00" + form).digest()


def block_hash(
    *, number: int, first: int, last: int, root: bytes, previous: bytes, sealed_at: str
) -> bytes:
    """The hash of a block's header; ``sealed_at`` as written in the form of an act."""
    header = {
        "number": number,
        "first": first,
        "last": last,
        "root": root.hex(),
        "previous": previous.hex(),
        "sealed_at": sealed_at,
    }
    return hashlib.sha256(orjson.dumps(header, option=orjson.OPT_SORT_KEYS)).digest()

"""Event logs in XES (IEEE 1849), read event by event: the file may be larger than memory.

Each event becomes a row, in the order of the file. ``case`` is the trace's ``concept:name``;
attributes of the event come under their own keys, those of its trace under ``case:`` and the key.
"""

import gzip
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from lxml import etree

from actscope.acts.loaded import Source, UnreadableError

CASE = "case"
_VALUES = frozenset({"string", "date", "int", "float", "boolean", "id"})
_ROWS = 50_000


def load(path: Path, *, wanted: Collection[str]) -> Source:
    """The columns of ``wanted``, all of them text. Raises ``UnreadableError``."""
    names: dict[str, None] = {CASE: None}
    pieces: list[pa.Table] = []
    rows: list[dict[str, str]] = []
    kept = list(dict.fromkeys(wanted))
    schema = pa.schema([(name, pa.string()) for name in kept])

    def flush() -> None:
        pieces.append(pa.Table.from_pylist(rows, schema=schema))
        rows.clear()

    try:
        for event in _events(path):
            names.update(dict.fromkeys(event))
            rows.append(event)
            if len(rows) == _ROWS:
                flush()
    except (etree.XMLSyntaxError, OSError, EOFError) as error:
        raise UnreadableError("file_unreadable", value=str(error).partition("\n")[0]) from error
    flush()
    table = pa.concat_tables(pieces)
    return Source(tuple(names), table.select([name for name in kept if name in names]))


def _events(path: Path) -> Iterator[dict[str, str]]:
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
    with gzip.open(path) if packed else path.open("rb") as file:
        # Entities are left alone: a log must not reach for other files or grow without end.
        walk = etree.iterparse(
            file, events=("end",), tag=("{*}event", "{*}trace"), resolve_entities=False
        )
        for _, element in walk:
            if etree.QName(element).localname == "event":
                continue
            yield from _of_trace(element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _of_trace(trace: Any) -> Iterator[dict[str, str]]:
    shared = {f"case:{key}": value for key, value in _attributes(trace).items()}
    if "case:concept:name" in shared:
        shared[CASE] = shared["case:concept:name"]
    for event in trace.iterchildren("{*}event"):
        yield shared | _attributes(event)


def _attributes(element: Any) -> dict[str, str]:
    return {
        child.get("key"): child.get("value")
        for child in element
        if isinstance(child.tag, str)
        and etree.QName(child).localname in _VALUES
        and child.get("key")
        and child.get("value") is not None
    }

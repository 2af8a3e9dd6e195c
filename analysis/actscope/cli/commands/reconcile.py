"""``actscope reconcile F --name c``: one organisation under many spellings, merged with reasons.

The table of names (``--table``) can be edited and applied (``--apply``) to this file or the next.
"""

import argparse
import csv
from pathlib import Path
from typing import Any

import pyarrow as pa

from actscope.acts.reading import read_columns
from actscope.acts.schema import Column
from actscope.cli import options as shared
from actscope.cli.answer import Answer, aligned
from actscope.errors import InputError
from actscope.reconcile.links import REASONS
from actscope.reconcile.reconcile import THRESHOLD, Reconciliation, reconcile

_LINK = {
    "one": "a name",
    "two": "another",
    "reason": "code of the reason",
    "similarity": "share of signs in common, 0 to 1",
    "together": "snapshots in which both stand; null without --snapshot",
}
SHAPE: Any = {
    "n": "rows with a name",
    "missing": "rows without",
    "spellings": "names as written",
    "organisations": "names after merging",
    "names": [
        {
            "name": "as written",
            "canonical": "as it is called from now on",
            "count": "rows",
            "snapshots": "in how many; null without --snapshot",
            "reason": "why it is called otherwise; null where it is not",
        }
    ],
    "merges": [_LINK],
    "undecided": [_LINK],
    "reasons": "each reason in en and zh",
    "definition": {"en": "meaning", "zh": "含义", "source": "where it comes from"},
}
TABLE = ("name", "canonical", "count", "reason")


class NameRepeatedError(InputError):
    """An applied table that calls one name two ways."""

    code = "name_repeated"
    en = "Row {row}: the name “{value}” stands in an earlier row of the applied table."
    zh = "第 {row} 行：名称“{value}”在对照表前面的行中已出现。"


class FileNotWrittenError(InputError):
    """A table that could not be written."""

    code = "file_not_written"
    en = "The file “{value}” cannot be written."
    zh = "无法写入文件“{value}”。"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the sub-command takes."""
    shared.file(parser, "file", "rows with a column of names")
    parser.add_argument("--name", required=True, help="the column of names")
    parser.add_argument("--snapshot", help="the column that tells snapshots apart")
    parser.add_argument(
        "--threshold",
        type=float,
        default=THRESHOLD,
        help=f"how alike names with a slip must be, 0.5 to 1 ({THRESHOLD})",
    )
    parser.add_argument("--apply", help="a table name, canonical that a person has edited")
    parser.add_argument("--table", help="write the table of names to this CSV file")


def run(options: argparse.Namespace) -> Answer:
    """The merges."""
    columns = {"name": _text(options.name)}
    if options.snapshot:
        columns["snapshot"] = _text(options.snapshot)
    table = read_columns(options.file, columns, table="names").table
    result = reconcile(
        table["name"].to_pylist(),
        snapshots=table["snapshot"].to_pylist() if options.snapshot else None,
        threshold=options.threshold,
        decided=_decided(options.apply) if options.apply else None,
    )
    if options.table:
        _write(result, Path(options.table))
    value = result.to_dict()
    value["reasons"] = {code: {"en": en, "zh": zh} for code, (en, zh) in REASONS.items()}
    return Answer(value={key: value[key] for key in SHAPE}, lines=_lines(result, options.language))


def _text(name: str) -> Column:
    return Column(name=name, type="text", en="a name", zh="名称", required=True)


def _decided(path: str) -> dict[str, str]:
    columns = {
        name: Column(name=name, type="text", en=name, zh=name, required=True, filled=True)
        for name in TABLE[:2]
    }
    table: pa.Table = read_columns(path, columns, table="applied").table
    decided: dict[str, str] = {}
    for row, held in enumerate(table.to_pylist(), 1):
        if held["name"] in decided:
            raise NameRepeatedError(row=row, field="name", value=held["name"])
        decided[held["name"]] = held["canonical"]
    return decided


def _write(result: Reconciliation, path: Path) -> None:
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(TABLE)
            writer.writerows([getattr(row, field) for field in TABLE] for row in result.names)
    except OSError:
        raise FileNotWrittenError(field="table", value=str(path)) from None


def _lines(result: Reconciliation, language: str) -> list[str]:
    place = 1 if language == "zh" else 0
    merged = [
        (row.canonical, row.name, row.count, REASONS[row.reason][place])
        for row in result.names
        if row.reason
    ]
    loose = [
        (link.one, link.two, link.similarity, REASONS[link.reason][place])
        for link in result.undecided
    ]
    return [
        *aligned(("called", "written", "rows", "why"), merged),
        "",
        "to be decided",
        *aligned(("one", "two", "alike", "why"), loose),
        "",
        f"{result.spellings} spellings, {result.organisations} organisations "
        f"(n {result.n}, missing {result.missing})",
        result.definition.zh if language == "zh" else result.definition.en,
    ]

"""``actscope tables``: what the tables are made of that the library knows by name."""

import argparse
from typing import Any

from actscope.acts.schema import SCHEMAS, Column
from actscope.cli.answer import Answer, aligned

SHAPE: Any = {
    "tables": [
        {
            "name": "name of the table",
            "columns": [
                {
                    "name": "name of the column",
                    "type": "text, whole, number, time, texts or json",
                    "must": "required, filled, unique",
                    "words": "the values allowed; empty: any",
                    "en": "meaning",
                    "zh": "含义",
                }
            ],
        }
    ]
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the sub-command takes."""
    parser.add_argument("name", nargs="?", choices=tuple(SCHEMAS), help="one of them only")


def run(options: argparse.Namespace) -> Answer:
    """The tables."""
    chosen = [schema for schema in SCHEMAS.values() if options.name in (None, schema.name)]
    lines = []
    for schema in chosen:
        rows = [(c.name, c.type, must(c), getattr(c, options.language)) for c in schema.columns]
        lines += [schema.name, *aligned(("column", "type", "must", "meaning"), rows), ""]
    tables = [{"name": s.name, "columns": [_column(c) for c in s.columns]} for s in chosen]
    return Answer(value={"tables": tables}, lines=lines)


def must(column: Column) -> str:
    """What a column must be, in words."""
    held = {"required": column.required, "filled": column.filled, "unique": column.unique}
    return ", ".join(name for name, holds in held.items() if holds)


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": column.type,
        "must": must(column),
        "words": list(column.words),
        "en": column.en,
        "zh": column.zh,
    }

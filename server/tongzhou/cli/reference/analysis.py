"""``actscope.md``: the tables that the analysis reads, and what it says of bad input."""

import importlib
import pkgutil

import actscope
from actscope.acts import SCHEMAS, SENTENCES, Column
from actscope.errors import refusals
from tongzhou.cli.reference.markdown import code, codes, page, table


def text() -> str:
    """The page."""
    parts = [
        "The library `actscope` reads Parquet, CSV (UTF-8), DuckDB, XES and XLSX. Times are ISO "
        "8601 with an offset; in CSV a list is joined by `;`; only an empty cell is empty. "
        "`tongzhou ledger export` writes the table of acts. See also [its commands]"
        "(actscope-cli.md) and the library's own README in `analysis/`."
    ]
    for schema in SCHEMAS.values():
        rows = [[code(c.name), c.type, _must(c), c.en, c.zh] for c in schema.columns]
        parts += [
            f"## Table of {schema.name}",
            table(["column", "type", "must", "meaning", "含义"], rows),
        ]
        parts += [
            f"{code(c.name)} is one of {codes(c.words)}"
            + ("; another word is a warning." if c.open_words else ".")
            for c in schema.columns
            if c.words
        ]
    problems = [[code(name), s.level, s.en, s.zh] for name, s in SENTENCES.items()]
    parts += ["## Problems", table(["code", "level", "sentence", "句子"], problems)]
    parts += ["## Refusals", table(["code", "sentence", "句子"], _refusals())]
    return page("Tables of the analysis", *parts)


def _refusals() -> list[list[str]]:
    """What the measures say of input that cannot give a right answer."""
    for module in pkgutil.walk_packages(actscope.__path__, "actscope."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    told = {(one.code, one.en, one.zh) for one in refusals()}
    return [[code(name), en, zh] for name, en, zh in sorted(told)]


def _must(column: Column) -> str:
    held = {"required": column.required, "filled": column.filled, "unique": column.unique}
    return ", ".join(name for name, holds in held.items() if holds)

"""``--where COLUMN=VALUE``: only some rows of a table."""

import argparse
from collections.abc import Collection

import pyarrow as pa

from actscope.acts.schema import Column
from actscope.errors import InputError


class NoRowMatchesError(InputError):
    """A condition that no row fulfils."""

    code = "no_row_matches"
    en = "No row fulfils --where {value}."
    zh = "没有符合 --where {value} 的行。"


def argument(parser: argparse.ArgumentParser) -> None:
    """The argument; it may come several times, and then all must hold."""
    parser.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="COLUMN=VALUE",
        help="only the rows that hold this value",
    )


def columns(options: argparse.Namespace, taken: Collection[str | None]) -> dict[str, Column]:
    """The columns to read for it, under names of their own; those in ``taken`` are read as
    something else than text, which is wrong usage."""
    wanted = {}
    for place, condition in enumerate(options.where):
        column, sign, _ = condition.partition("=")
        if not sign or column in taken:
            options.usage(f"--where {condition}: COLUMN=VALUE is meant, of a column not used else")
        wanted[_name(place)] = Column(name=column, type="text", en=column, zh=column, required=True)
    return wanted


def kept(table: pa.Table, options: argparse.Namespace) -> pa.Table:
    """The rows for which every condition holds."""
    for place, condition in enumerate(options.where):
        value = condition.partition("=")[2]
        held = [one == value for one in table[_name(place)].to_pylist()]
        table = table.filter(pa.array(held, pa.bool_()))
        if held and not any(held):
            raise NoRowMatchesError(value=condition)
    return table


def _name(place: int) -> str:
    return f"where {place}"

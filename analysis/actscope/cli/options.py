"""Arguments that several sub-commands share."""

import argparse


def file(parser: argparse.ArgumentParser, name: str, what: str) -> None:
    """A table that must be given."""
    parser.add_argument(name, help=f"{what}: Parquet, CSV, DuckDB, XES or XLSX")


def zone(parser: argparse.ArgumentParser) -> None:
    """The zone of times that carry none."""
    parser.add_argument("--zone", help="time zone of times that carry none, e.g. Asia/Shanghai")


def seed(parser: argparse.ArgumentParser) -> None:
    """The seed of whatever is drawn."""
    parser.add_argument("--seed", type=natural, default=1, help="seed of the random draws")


def natural(text: str) -> int:
    """A whole number from 0 on, as argparse asks for a type."""
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from 0 on")
    return int(text)

"""Arguments that the actions share."""

import argparse


def answers(parser: argparse.ArgumentParser) -> None:
    """The file of answers."""
    parser.add_argument("file", help="a table of answers, one row per person: Parquet, CSV, XLSX …")


def use(parser: argparse.ArgumentParser, default: str) -> None:
    """Which answers count where some are missing."""
    parser.add_argument(
        "--missing",
        choices=("pairwise", "listwise"),
        default=default,
        help="pairwise: all who answered both items; listwise: only who answered all of them",
    )


def items(parser: argparse.ArgumentParser) -> None:
    """The items."""
    parser.add_argument(
        "--items", required=True, help="columns, separated by commas; a-b is a range in file order"
    )

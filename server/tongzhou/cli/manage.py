"""``tongzhou manage``: Django's own management commands (makemigrations, collectstatic, …)."""

import argparse

from django.core.management import execute_from_command_line

from tongzhou.cli.applications import told_plainly
from tongzhou.kernel.terminal import words

_ = words("cli")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Everything is handed on."""
    parser.add_argument(
        "arguments", nargs=argparse.REMAINDER, help=_("the management command and its options")
    )


def run(options: argparse.Namespace) -> int:
    """Runs the management command."""
    with told_plainly():
        execute_from_command_line(["tongzhou manage", *options.arguments])
    return 0

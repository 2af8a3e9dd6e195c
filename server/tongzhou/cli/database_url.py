"""``tongzhou database-url``: where psql and other tools find the database."""

import argparse
import sys

from tongzhou.kernel import database, embedded
from tongzhou.kernel.database_part import is_embedded
from tongzhou.kernel.terminal import words

_ = words("cli")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose, but the embedded server can be stopped again."""
    parser.add_argument(
        "--stop", action="store_true", help=_("stop an embedded server that was left running")
    )


def run(options: argparse.Namespace) -> int:
    """Prints the owner's address. The embedded server is left running for whoever asked."""
    if options.stop:
        if is_embedded():
            embedded.let_go()
        return 0
    print(database.owner_url())
    if is_embedded():
        embedded.keep()
        print(
            _("The embedded server stays up; “tongzhou database-url --stop” ends it."),
            file=sys.stderr,
        )
    return 0

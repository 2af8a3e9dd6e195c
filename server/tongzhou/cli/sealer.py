"""``tongzhou sealer``: gives acts their place in the ledger, alone or under ``serve``."""

import argparse

import psycopg

from tongzhou.kernel import database
from tongzhou.kernel.processes import follow_parent, tell_ready
from tongzhou.ledger import sealing


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to choose."""


def run(options: argparse.Namespace) -> int:
    """Seals until SIGINT or SIGTERM."""
    follow_parent()
    address = database.address("sealer")
    with database.told_plainly():
        psycopg.connect(address).close()  # ready is who has been let in
        tell_ready()
        sealing.main(address)
    return 0

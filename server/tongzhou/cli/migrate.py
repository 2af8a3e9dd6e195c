"""``tongzhou migrate``: tables, roles and rights, made or brought up to date by the owner."""

import argparse
import os
import sys

import psycopg
from django.core.management import call_command

from tongzhou.cli.applications import told_plainly
from tongzhou.cli.migrated import note
from tongzhou.kernel import database, embedded, grants
from tongzhou.kernel.database_part import ROLES, is_embedded
from tongzhou.kernel.terminal import Fault, words
from tongzhou.ledger.rights import RIGHTS

_ = words("cli")

#: Tables that only the ledger's own list opens.
PROTECTED = "ledger_"


def arguments(parser: argparse.ArgumentParser) -> None:
    """None but the loudness."""
    parser.add_argument("--quiet", action="store_true", help=_("say nothing when all is well"))


def run(options: argparse.Namespace) -> int:
    """Everything in order; running it again changes nothing."""
    migrate(verbosity=0 if options.quiet else 1)
    note()
    return 0


def migrate(*, verbosity: int = 0) -> None:
    """Makes the database (embedded server), the roles, the tables, and sets the rights.
    This process must work as owner. Raises Fault."""
    with told_plainly(), database.told_plainly():
        if is_embedded():
            address = database.address("owner", name=embedded.OWNER)
            with psycopg.connect(address, autocommit=True) as connection:
                grants.make_database(connection, database.NAME)
        with psycopg.connect(database.address("owner"), autocommit=True) as connection:
            with_roles = _make_roles(connection)
            call_command("migrate", interactive=False, verbosity=verbosity)
            call_command("createcachetable", verbosity=0)
            if with_roles:
                grants.apply(connection, RIGHTS, protected=PROTECTED)


def _make_roles(connection: psycopg.Connection) -> bool:
    without = os.environ.get(database.WITHOUT_ROLES) == "1"
    try:
        grants.make_roles(connection, sign_in=is_embedded())
    except grants.RolesNotAllowed as error:
        statements = "; ".join(f"CREATE ROLE {r}; GRANT {r} TO <owner>" for r in ROLES.values())
        if not without:
            raise Fault(
                "roles-not-allowed",
                _(
                    "This account may not make the roles that protect the acts. Let an "
                    "administrator of the server run: %(statements)s. Or set %(variable)s=1 to "
                    "go on without that protection."
                )
                % {"statements": statements, "variable": database.WITHOUT_ROLES},
            ) from error
        print(
            _("Warning: without roles of their own, all parts may change and delete acts."),
            file=sys.stderr,
        )
        return False
    return True

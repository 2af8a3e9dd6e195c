"""The roles of the database and their rights: one place, applied again after each migration.

The rights are given as data (``ledger/rights.py``): ``{role: {table: privileges}}``. Tables
with the prefix of a protected family get what is listed and nothing else; the web role may
read and write the rows of all others.
"""

from collections.abc import Mapping

import psycopg
from psycopg import sql

from tongzhou.kernel.database_part import ROLES, Part

Rights = Mapping[str, Mapping[str, tuple[str, ...]]]
_ROWS = sql.SQL("SELECT, INSERT, UPDATE, DELETE")
_TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY 1
"""


class RolesNotAllowed(Exception):
    """The owner may not make roles on this server."""


def make_database(connection: psycopg.Connection, name: str) -> None:
    """Makes the database when it is not there. ``connection``: autocommit, as owner."""
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    if found.fetchone() is None:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def make_roles(connection: psycopg.Connection, *, sign_in: bool) -> None:
    """Makes the roles that are missing, and lets the owner take them on. ``sign_in``: they
    may open sessions themselves (embedded server only). Raises RolesNotAllowed where the
    owner has no right to make roles."""
    kind = sql.SQL("LOGIN" if sign_in else "NOLOGIN")
    try:
        with connection.transaction():
            # Two installations on one server may do this at the same moment.
            connection.execute("SELECT pg_advisory_xact_lock(hashtext('tongzhou roles'))")
            for role in ROLES.values():
                name = sql.Identifier(role)
                found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
                if found.fetchone() is None:
                    connection.execute(sql.SQL("CREATE ROLE {} {}").format(name, kind))
                member = connection.execute(
                    "SELECT pg_has_role(current_user, %s, %s)", [role, _taking_on(connection)]
                ).fetchone()
                if not member or not member[0]:
                    connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(name))
    except psycopg.errors.InsufficientPrivilege as error:
        raise RolesNotAllowed(str(error)) from error


def _taking_on(connection: psycopg.Connection) -> str:
    """What the right to take a role on is called: since PostgreSQL 16, who makes a role is
    its member and still may not."""
    return "SET" if connection.info.server_version >= 160_000 else "MEMBER"


def apply(connection: psycopg.Connection, rights: Rights, *, protected: str) -> None:
    """Gives every role exactly its rights, in one transaction. ``rights``: by part (``web``,
    ``sealer``); ``protected``: prefix of the tables that only ``rights`` open."""
    with connection.transaction():
        tables = [row[0] for row in connection.execute(_TABLES)]
        guarded = [table for table in tables if table.startswith(protected)]
        # The list of migrations is written by the owner alone.
        open_tables = [t for t in tables if t not in guarded and t != "django_migrations"]
        for name in map(sql.Identifier, ROLES.values()):
            for statement in (
                "GRANT USAGE ON SCHEMA public TO {}",
                "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}",
                "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {}",
            ):
                connection.execute(sql.SQL(statement).format(name))
        web = sql.Identifier(ROLES["web"])
        _grant(connection, _ROWS, open_tables, web)
        _grant(connection, sql.SQL("SELECT"), ["django_migrations"], web, among=tables)
        connection.execute(
            sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(web)
        )
        for part, listed in rights.items():
            role = sql.Identifier(ROLES[_known(part)])
            for table, privileges in listed.items():
                words = sql.SQL(", ").join(sql.SQL(word) for word in privileges)
                _grant(connection, words, [table], role)


def _known(part: str) -> Part:
    if part == "web":
        return "web"
    if part == "sealer":
        return "sealer"
    raise ValueError(f"rights for an unknown part: {part!r}")


def _grant(
    connection: psycopg.Connection,
    privileges: sql.Composable,
    tables: list[str],
    role: sql.Identifier,
    *,
    among: list[str] | None = None,
) -> None:
    chosen = [table for table in tables if among is None or table in among]
    if chosen:
        names = sql.SQL(", ").join(sql.Identifier(table) for table in chosen)
        connection.execute(sql.SQL("GRANT {} ON {} TO {}").format(privileges, names, role))

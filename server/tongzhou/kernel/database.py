"""Which PostgreSQL is in use, and as whom: the one named by ``DATABASE_URL``, else the
embedded one.

Three roles share the work. The *owner* makes and changes the schema. Everything that serves
or works is ``tongzhou_web``, which has no right to change or delete an act. The sealer is
``tongzhou_sealer``, which may seal and nothing else. On the embedded server the two sign in
themselves; on a server of the user's own one account signs in and takes the role on.

Nothing here starts a server: that is for the command line and the test set-up.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from psycopg import Connection, OperationalError, ProgrammingError, sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.errors import UndefinedColumn, UndefinedTable

from tongzhou.kernel import embedded
from tongzhou.kernel.database_part import POOL, ROLES, Part, is_embedded, this_part
from tongzhou.kernel.terminal import Fault, words

_ = words("kernel")

NAME: Final = "tongzhou"
#: Where something to lose shows: the table, and which of its rows. An act that nobody did –
#: the shipped templates were taken in – is there in a new installation too.
_WITNESSES = {"ledger_act": "by_unit IS NOT NULL", "actors_person": "true"}
#: Where roles cannot be made (see ``grants``) the operator says so and goes on without them.
WITHOUT_ROLES: Final = "TONGZHOU_DB_WITHOUT_ROLES"


def address(part: Part, *, name: str | None = None) -> str:
    """How psycopg, ``psql`` or ``pg_dump`` connect as this part, as ``key=value`` pairs;
    ``name``: another database of the same server."""
    return make_conninfo(**_parameters(part, name=name))


def owner_url() -> str:
    """The owner's address as a URL, as ``tongzhou database-url`` prints it."""
    given = os.environ.get("DATABASE_URL")
    if given:
        return given
    # A host in the query, not in the authority: a folder is no host name.
    return f"postgresql://{embedded.OWNER}@/{NAME}?host={embedded.socket_folder()}"


def _parameters(part: Part, *, name: str | None = None) -> dict[str, Any]:
    if is_embedded():
        user = embedded.OWNER if part == "owner" else ROLES[part]
        parameters: dict[str, Any] = {
            "host": str(embedded.socket_folder()),
            "port": str(embedded.PORT),
            "user": user,
            "dbname": NAME,
        }
    else:
        try:
            parameters = dict(conninfo_to_dict(os.environ["DATABASE_URL"]))
        except ProgrammingError as error:
            raise Fault(
                "database-url",
                _("DATABASE_URL is not an address of a PostgreSQL database: %(reason)s")
                % {"reason": str(error).strip()},
            ) from error
        if part != "owner" and os.environ.get(WITHOUT_ROLES) != "1":
            options = [parameters.get("options"), f"-c role={ROLES[part]}"]
            parameters["options"] = " ".join(str(option) for option in options if option)
    return parameters | ({"dbname": name} if name else {})


def django_settings(part: Part | None = None, *, pool: bool | None = None) -> dict[str, Any]:
    """The entry of Django's DATABASES for a part (when None: TONGZHOU_DB_ROLE, else web).
    ``pool`` (when None: TONGZHOU_DB_POOL): keep a few connections open between requests;
    each is tried before use, so a database that was started again costs no failed request."""
    pooled = os.environ.get(POOL) == "1" if pool is None else pool
    chosen: Part = part or this_part()
    parameters = _parameters(chosen)
    entry: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": str(parameters.pop("dbname", NAME)),
        "USER": str(parameters.pop("user", "")),
        "PASSWORD": str(parameters.pop("password", "")),
        "HOST": str(parameters.pop("host", "")),
        "PORT": str(parameters.pop("port", "")),
        # The planner works on a statement a few times and then keeps the plan: for a list of
        # fifty, with the names of all units in it, planning takes longer than reading.
        "OPTIONS": {**parameters, "server_side_binding": True, "prepare_threshold": 5},
        "CONN_HEALTH_CHECKS": pooled,
        "TEST": {"NAME": os.environ.get("TONGZHOU_TEST_DB", "test_tongzhou")},
    }
    if pooled:
        entry["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 10, "timeout": 10}
    return entry


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turns a database that does not answer, or does not let this part in, into a Fault."""
    try:
        yield
    except OperationalError as error:
        raise unreachable(error) from error
    except (UndefinedTable, UndefinedColumn) as error:
        raise not_migrated() from error


def unreachable(error: Exception) -> Fault:
    """What the operator is told when the database does not answer."""
    return Fault(
        "database-unreachable",
        _("The database does not answer, or “tongzhou migrate” was never run: %(reason)s")
        % {"reason": str(error).strip()},
    )


def not_migrated() -> Fault:
    """What the operator is told when tables or columns are missing."""
    return Fault(
        "database-not-migrated",
        _("The database does not have the tables of this version. Run “tongzhou migrate”."),
    )


def holds_something(connection: Connection) -> bool:
    """True where there is something to lose: a unit's act, or somebody who can sign in."""
    for table, witness in _WITNESSES.items():
        there = connection.execute("SELECT to_regclass(%s)", [f"public.{table}"]).fetchone()
        if there and there[0] is not None:
            query = sql.SQL("SELECT EXISTS (SELECT 1 FROM {} WHERE {})").format(
                sql.Identifier(table), sql.SQL(witness)
            )
            row = connection.execute(query).fetchone()
            if row and row[0]:
                return True
    return False

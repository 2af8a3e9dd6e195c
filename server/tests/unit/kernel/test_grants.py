"""Rights in the database: what each role may do is what the list says, and nothing else."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from tongzhou.kernel import database_part, grants
from tongzhou.ledger.rights import RIGHTS

pytestmark = pytest.mark.django_db
Acting = Callable[[], AbstractContextManager[None]]
WEB = database_part.ROLES["web"]
WORDS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


def held(role: str, table: str) -> set[str]:
    """The privileges that ``role`` really has on ``table``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM unnest(%s::text[]) word WHERE has_table_privilege(%s, %s, word)",
            [list(WORDS), role, table],
        )
        return {row[0] for row in cursor.fetchall()}


def ledger_tables() -> list[str]:
    """All tables of the ledger."""
    return [name for name in connection.introspection.table_names() if name.startswith("ledger_")]


def test_tests_work_as_the_web_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")

        assert cursor.fetchone() == (database_part.ROLES["web"],)


@pytest.mark.parametrize("part", ["web", "sealer"])
def test_a_part_holds_exactly_its_rights_on_the_ledger(part: database_part.Part) -> None:
    found = {table: held(database_part.ROLES[part], table) for table in ledger_tables()}

    assert {table: words for table, words in found.items() if words} == {
        table: set(words) for table, words in RIGHTS[part].items() if table.startswith("ledger_")
    }


def test_nobody_who_serves_may_change_or_delete_an_act() -> None:
    for role in database_part.ROLES.values():
        assert not held(role, "ledger_act") & {"UPDATE", "DELETE", "TRUNCATE"}


def test_outside_of_the_ledger_the_sealer_can_only_say_that_it_lives() -> None:
    outside = [n for n in connection.introspection.table_names() if not n.startswith("ledger_")]

    found = {table: held(database_part.ROLES["sealer"], table) for table in outside}

    assert {table for table, words in found.items() if words} == {"kernel_beat"}
    assert found["kernel_beat"] == {"SELECT", "INSERT", "UPDATE", "DELETE"}


def test_the_list_of_migrations_is_only_read() -> None:
    assert held(WEB, "django_migrations") == {"SELECT"}


def test_the_web_role_makes_no_tables() -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE public.mine (id int)")


def test_a_table_of_the_ledger_that_is_not_listed_is_closed(as_owner: Acting) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE ledger_extra (id int)")
        cursor.execute("CREATE TABLE plain_extra (id int)")
        grants.apply(connection.connection, RIGHTS, protected="ledger_")

    assert held(WEB, "ledger_extra") == set()
    assert held(WEB, "plain_extra") == {"SELECT", "INSERT", "UPDATE", "DELETE"}


def test_applying_again_changes_nothing(as_owner: Acting) -> None:
    before = {t: held(WEB, t) for t in connection.introspection.table_names()}

    with as_owner():
        grants.apply(connection.connection, RIGHTS, protected="ledger_")

    after = {t: held(WEB, t) for t in connection.introspection.table_names()}
    assert after == before


def test_rights_for_an_unknown_part_are_refused(as_owner: Acting) -> None:
    with as_owner(), pytest.raises(ValueError, match="stranger"):
        grants.apply(
            connection.connection, {"stranger": {"ledger_act": ("SELECT",)}}, protected="ledger_"
        )


def test_an_owner_who_may_not_hand_out_roles_is_told(as_owner: Acting) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE ROLE tongzhou_plain_owner")
        cursor.execute("SET ROLE tongzhou_plain_owner")
        raw = connection.connection
        assert isinstance(raw, psycopg.Connection)

        with pytest.raises(grants.RolesNotAllowed):
            grants.make_roles(raw, sign_in=False)

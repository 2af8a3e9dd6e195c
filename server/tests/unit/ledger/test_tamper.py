"""What is done behind the application's back is found, and named."""

from collections.abc import Callable
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from unit.ledger.conftest import Seal as SealOnce
from unit.ledger.conftest import Write

from tongzhou.ledger import canonical
from tongzhou.ledger.models import Block, Seal
from tongzhou.ledger.verify import Fault, verify

Tamper = Callable[..., None]


@pytest.fixture
def chain(write: Write, seal: SealOnce) -> list[UUID]:
    """Nine acts in three blocks."""
    ids = [write(data={"n": n}) for n in range(9)]
    while seal(limit=3):
        pass
    return ids


@pytest.fixture
def tamper(as_owner: Callable) -> Tamper:
    """Runs a statement with all rights."""

    def run(statement: str, *values: object) -> None:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(statement, values)

    return run


def test_an_untouched_chain_is_whole(chain: list[UUID], raw: psycopg.Connection) -> None:
    found = verify(raw)

    assert (found.acts, found.blocks, found.verified, found.first_fault) == (9, 3, True, None)
    assert found.head == bytes(Block.objects.get(number=3).hash).hex()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_act SET outcome = 'better' WHERE id = %s",
        "UPDATE ledger_act SET at = at + interval '1 microsecond' WHERE id = %s",
        "UPDATE ledger_act SET by_unit = NULL WHERE id = %s",
        "UPDATE ledger_act SET with_units = array_append(with_units, id) WHERE id = %s",
        "UPDATE ledger_act SET data = '{\"n\": 5}' WHERE id = %s",
        "UPDATE ledger_act SET audience = ARRAY[id] WHERE id = %s",
    ],
)
def test_a_changed_act_is_named(
    chain: list[UUID], tamper: Tamper, raw: psycopg.Connection, change: str
) -> None:
    tamper(change, chain[4])

    assert verify(raw).first_fault == Fault("act-changed", 2, 5, str(chain[4]))


def test_a_deleted_act_is_named(chain: list[UUID], tamper: Tamper, raw: psycopg.Connection) -> None:
    tamper("DELETE FROM ledger_act WHERE id = %s", chain[3])

    assert verify(raw).first_fault == Fault("act-missing", 2, 4, str(chain[3]))


def test_an_act_deleted_with_its_seal_is_named_by_position(
    chain: list[UUID], tamper: Tamper, raw: psycopg.Connection
) -> None:
    tamper("DELETE FROM ledger_act WHERE id = %s", chain[3])
    tamper("DELETE FROM ledger_seal WHERE act_id = %s", chain[3])

    assert verify(raw).first_fault == Fault("act-missing", block=2, position=4)


def test_reordered_acts_are_named(
    chain: list[UUID], tamper: Tamper, raw: psycopg.Connection
) -> None:
    tamper("UPDATE ledger_seal SET position = -1 WHERE act_id = %s", chain[6])
    tamper("UPDATE ledger_seal SET position = 7 WHERE act_id = %s", chain[7])
    tamper("UPDATE ledger_seal SET position = 8 WHERE act_id = %s", chain[6])

    assert verify(raw).first_fault == Fault("act-changed", 3, 7, str(chain[7]))


def test_acts_that_change_places_between_blocks_are_named(
    chain: list[UUID], tamper: Tamper, raw: psycopg.Connection
) -> None:
    tamper("UPDATE ledger_seal SET block = 2 WHERE act_id = %s", chain[0])

    assert verify(raw).first_fault == Fault("act-moved", 1, 1, str(chain[0]))


def test_an_act_slipped_in_without_a_seal_is_named(
    chain: list[UUID], tamper: Tamper, raw: psycopg.Connection, write: Write
) -> None:
    act = write()
    tamper("DELETE FROM ledger_pending WHERE act_id = %s", act)

    assert verify(raw).first_fault == Fault("act-inserted", act=str(act))


def test_an_act_slipped_in_with_a_seal_is_named(
    chain: list[UUID], tamper: Tamper, raw: psycopg.Connection, write: Write
) -> None:
    act = write()
    tamper("DELETE FROM ledger_pending WHERE act_id = %s", act)
    tamper("INSERT INTO ledger_seal VALUES (10, %s, 3, '\\x00')", act)

    assert verify(raw).first_fault == Fault("act-inserted", 3, 10, str(act))


def test_a_seal_rewritten_to_fit_a_changed_act_breaks_the_root(
    chain: list[UUID], tamper: Tamper, raw: psycopg.Connection
) -> None:
    tamper("UPDATE ledger_act SET outcome = 'better' WHERE id = %s", chain[4])
    row = raw.execute(
        f"SELECT {canonical.COLUMNS} FROM ledger_act a WHERE id = %s", [chain[4]]
    ).fetchone()
    leaf = canonical.leaf(canonical.written(canonical.content(row), 5))
    tamper("UPDATE ledger_seal SET leaf = %s WHERE position = 5", leaf)

    assert verify(raw).first_fault == Fault("block-root", block=2, position=4)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE ledger_block SET sealed_at = now() WHERE number = 2", Fault("block-hash", 2)),
        ("UPDATE ledger_block SET previous = hash WHERE number = 2", Fault("block-hash", 2)),
        ("DELETE FROM ledger_block WHERE number = 2", Fault("block-gap", 3)),
        ("UPDATE ledger_block SET last = 5 WHERE number = 2", Fault("block-root", 2, 4)),
    ],
)
def test_a_changed_block_is_named(
    chain: list[UUID], tamper: Tamper, raw: psycopg.Connection, change: str, fault: Fault
) -> None:
    tamper(change)

    assert verify(raw).first_fault == fault


def test_a_cut_off_end_is_found_with_the_hash_noted_before(
    chain: list[UUID], tamper: Tamper, raw: psycopg.Connection
) -> None:
    head = verify(raw).head
    tamper("DELETE FROM ledger_act WHERE id = ANY(%s)", chain[6:])
    tamper("DELETE FROM ledger_seal WHERE position > 6")
    tamper("DELETE FROM ledger_block WHERE number = 3")

    assert verify(raw).verified
    assert verify(raw, head=head).first_fault == Fault("head-differs", block=2)


def test_pending_acts_are_no_fault(
    chain: list[UUID], raw: psycopg.Connection, write: Write
) -> None:
    write()

    assert verify(raw).verified
    assert Seal.objects.count() == 9

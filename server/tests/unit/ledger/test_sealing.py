"""The sealer: positions in commit order, blocks in a chain."""

from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction
from unit.ledger.conftest import AT, Write
from unit.ledger.conftest import Seal as SealOnce

from tongzhou.kernel.ids import new_id
from tongzhou.ledger import sealing
from tongzhou.ledger.models import Act, Block, Pending, Seal
from tongzhou.ledger.verify import verify


def test_it_seals_pending_acts_in_one_block(write: Write, seal: SealOnce) -> None:
    ids = [write() for _ in range(5)]

    sealed = seal()

    assert sealed == 5
    assert list(Seal.objects.order_by("position").values_list("act_id", flat=True)) == ids
    block = Block.objects.get()
    assert (block.number, block.first, block.last) == (1, 1, 5)
    assert not Pending.objects.exists()


def test_it_does_nothing_when_nothing_waits(seal: SealOnce) -> None:
    assert seal() == 0
    assert not Block.objects.exists()


def test_each_block_holds_the_hash_of_the_one_before(write: Write, seal: SealOnce) -> None:
    for _ in range(7):
        write()

    while seal(limit=3):
        pass

    blocks = list(Block.objects.order_by("number"))
    assert [(b.first, b.last) for b in blocks] == [(1, 3), (4, 6), (7, 7)]
    assert bytes(blocks[0].previous) == b"\x00" * 32
    assert [b.previous for b in blocks[1:]] == [b.hash for b in blocks[:-1]]


def test_a_crash_in_the_middle_leaves_no_half_block(
    write: Write, seal: SealOnce, raw: psycopg.Connection
) -> None:
    write()

    with transaction.atomic():
        seal()
        transaction.set_rollback(True)

    assert Pending.objects.count() == 1
    assert not Seal.objects.exists()
    assert seal() == 1
    assert verify(raw).verified


@pytest.mark.django_db(transaction=True)
def test_an_act_committed_later_gets_a_later_position() -> None:
    """The slow writer's act is the older one by id; a follower that has read the quick one
    would never see it, were positions given by id."""
    owner = psycopg.connect(**_as_owner(), autocommit=True)
    slow_writer = connection.copy()
    try:
        slow_writer.ensure_connection()
        slow_writer.connection.execute("BEGIN")
        slow = _insert(slow_writer.connection)
        quick = _insert(owner)

        assert sealing.seal_once(owner, at=AT) == 1
        slow_writer.connection.execute("COMMIT")
        assert sealing.seal_once(owner, at=AT) == 1
    finally:
        slow_writer.close()
        owner.close()

    assert slow < quick
    assert list(Seal.objects.order_by("position").values_list("act_id", flat=True)) == [quick, slow]


def _as_owner() -> dict[str, str]:
    settings = connection.settings_dict
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST"}
    return {key: str(settings[name]) for key, name in named.items() if settings[name]}


def _insert(raw: psycopg.Connection) -> UUID:
    act = new_id()
    raw.execute(
        "WITH act AS (INSERT INTO ledger_act (id, type, at, recorded_at, with_units, kind, phase, "
        "area, about_kind, about_id, basis, outcome, evidence, visibility, audience, origin, data) "
        "VALUES (%s, 'test.noted.v1', now(), now(), '{}', '', '', '', 'test', %s, '', '', '', "
        "'parties', '{}', 'local', '{}') RETURNING id) "
        "INSERT INTO ledger_pending SELECT id FROM act",
        [act, act],
    )
    return act


def test_acts_are_stored_as_they_were_written(write: Write, seal: SealOnce) -> None:
    write(outcome="good")
    seal()

    assert Act.objects.get().outcome == "good"

"""Writing an act: in the transaction of its change or not at all."""

from datetime import datetime

import pytest
from django.db import ProgrammingError, connection, transaction
from unit.ledger.conftest import AT, NOTED, Write

from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import NotCanonical, NotInTransaction, append
from tongzhou.ledger.models import Act, Pending


def test_it_writes_the_act_and_its_pending_line(write: Write) -> None:
    unit, partner, thing = new_id(), new_id(), new_id()

    act_id = write(
        by_unit=unit,
        with_units=[partner, unit, partner],
        about=("task", thing),
        basis="order",
        data={"number": 7, "tags": ["a", None, True]},
    )

    act = Act.objects.get(id=act_id)
    assert act.with_units == [partner]
    assert (act.about_kind, act.about_id, act.kind, act.basis) == ("task", thing, "report", "order")
    assert act.data == {"number": 7, "tags": ["a", None, True]}
    assert Pending.objects.filter(act_id=act_id).exists()


def test_it_leaves_nothing_when_the_change_is_rolled_back(write: Write) -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    assert not Act.objects.exists()
    assert not Pending.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_write_outside_of_a_transaction() -> None:
    with pytest.raises(NotInTransaction):
        append(NOTED, at=AT, about=("test", new_id()))


@pytest.mark.parametrize("data", [{"share": 0.5}, {"at": AT}, {"deep": [{"x": b"1"}]}, {1: "a"}])
def test_it_refuses_data_without_a_single_written_form(write: Write, data: dict) -> None:
    with pytest.raises(NotCanonical):
        write(data=data)


def test_it_refuses_a_time_without_zone(write: Write) -> None:
    with pytest.raises(ValueError, match="zone"):
        write(at=datetime(2020, 1, 23, 9, 0))  # noqa: DTZ001 – that is what is refused


def test_it_refuses_an_unknown_basis(write: Write) -> None:
    with pytest.raises(ValueError, match="basis"):
        write(basis="habit")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_act SET outcome = 'x'",
        "DELETE FROM ledger_act",
        "TRUNCATE ledger_act",
        "DELETE FROM ledger_pending",
        "INSERT INTO ledger_block VALUES (1, 1, 1, '', '', '', now())",
        "UPDATE ledger_seal SET position = position + 1",
        "DROP TABLE ledger_act",
        "ALTER TABLE ledger_act DISABLE TRIGGER ALL",
    ],
)
def test_the_web_role_can_change_nothing_that_was_written(write: Write, statement: str) -> None:
    write()

    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Act.objects.count() == 1

"""The database keeps the books: whatever is asked of it, nothing appears and nothing vanishes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from unit.funds.conftest import balances, yuan

from tongzhou.demo.cast import Cast
from tongzhou.funds.models import Account, Fund
from tongzhou.kernel.ids import new_id

Acting = Callable[[], AbstractContextManager[None]]


def refused(statement: str, *values: Any) -> bool:
    """True when the database takes the statement neither at once nor at the end."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, list(values))
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        return True
    return False


POSTING = """
WITH p AS (
    INSERT INTO funds_posting (id, kind, at, post_id, about_kind, reference)
    VALUES (%s, 'receive', now(), %s, '', '') RETURNING id
)
INSERT INTO funds_entry (id, posting_id, account_id, amount)
SELECT gen_random_uuid(), p.id, e.account, e.amount
FROM p, unnest(%s::uuid[], %s::bigint[]) AS e(account, amount)
"""


def test_raw_statements_cannot_unbalance_the_books(
    cast: Cast, fund: Fund, as_owner: Acting
) -> None:
    free = Account.objects.get(fund=fund, books="free").id
    outside = Account.objects.get(fund=None, books="givers").id
    held = Account.objects.get(fund=fund, books="held").id

    def posted(accounts: list[object], amounts: list[int]) -> bool:
        return not refused(POSTING, new_id(), cast.tang.id, accounts, amounts)

    with as_owner():
        assert not posted([free], [5])
        assert not posted([free, outside], [5, -4])
        assert not posted([], [])
        assert not posted([free, held], [-yuan(1001), yuan(1001)])
        assert not posted([free, held], [yuan(1), -yuan(1)])
        assert posted([free, outside], [5, -5])
        assert refused("UPDATE funds_account SET balance = 1 WHERE id = %s", free)
        assert refused("UPDATE funds_entry SET amount = amount + 1")
        assert refused("DELETE FROM funds_entry")
        assert refused("DELETE FROM funds_posting")
        assert refused("UPDATE funds_fund SET purposes = '{}', area_id = NULL, currency = 'USD'")
        assert refused(
            "INSERT INTO funds_account (id, books, balance, floor) VALUES (%s, 'users', 5, 0)",
            new_id(),
        )
    assert balances(fund) == (yuan(1000) + 5, 0, 0)


@pytest.mark.parametrize("books", ["held", "goods"])
def test_only_what_is_at_hand_may_be_overdrawn(cast: Cast, fund: Fund, books: str) -> None:
    assert Account.objects.get(fund=fund, books=books).floor == 0

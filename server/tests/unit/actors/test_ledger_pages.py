"""The ledger as pages: state of the chain, one act, its proof."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.kernel import clock
from tongzhou.kernel.ids import new_id
from tongzhou.ledger import check_proof, sealing
from tongzhou.ledger.models import Act

SignedIn = Callable[[Post], Client]


@pytest.fixture
def sealed(cast: Cast, as_sealer: Callable[..., object]) -> list[Act]:
    """The acts that made the cast, sealed."""
    connection.ensure_connection()
    with as_sealer():  # type: ignore[attr-defined]
        sealing.seal_once(connection.connection, at=datetime(2020, 1, 24, tzinfo=UTC))
    return list(Act.objects.order_by("id"))


def told_to(acts: list[Act], unit: UUID) -> Act:
    """An act that this unit made."""
    return next(act for act in acts if act.by_unit == unit and act.visibility != "public")


def test_the_page_tells_how_long_the_chain_is(
    cast: Cast, sealed: list[Act], signed_in: SignedIn
) -> None:
    content = signed_in(cast.ou).get(reverse("ledger")).content.decode()

    assert f"{len(sealed):,}" in content
    assert "up to date" in content


def test_an_act_is_looked_up_by_number_or_id(
    cast: Cast, sealed: list[Act], signed_in: SignedIn
) -> None:
    browser = signed_in(cast.shen)
    act = sealed[0]

    by_number = browser.get(reverse("ledger"), {"act": "#1"})
    by_id = browser.get(reverse("ledger"), {"act": str(act.id)})
    nothing = [browser.get(reverse("ledger"), {"act": w}) for w in ("x", "99999", str(new_id()))]

    assert by_number["Location"] == by_id["Location"] == reverse("act", args=[act.id])
    assert {response.status_code for response in nothing} == {404}


def test_the_proof_of_an_act_holds_without_a_database(
    cast: Cast, sealed: list[Act], signed_in: SignedIn
) -> None:
    act = sealed[3]
    browser = signed_in(cast.shen)

    page = browser.get(reverse("act", args=[act.id])).content.decode()
    proof = browser.get(reverse("act-proof", args=[act.id]))

    assert check_proof.check(proof.json()) in page
    assert "attachment" in proof["Content-Disposition"]


def test_an_act_is_for_those_it_was_told_to_and_for_those_who_verify(
    cast: Cast, sealed: list[Act], signed_in: SignedIn
) -> None:
    act = told_to(sealed, cast.an.unit_id)

    statuses = {
        name: signed_in(post).get(reverse("act", args=[act.id])).status_code
        for name, post in {"own": cast.bai, "verifies": cast.gu, "outside": cast.ou}.items()
    }

    assert statuses == {"own": 200, "verifies": 200, "outside": 404}
    assert signed_in(cast.ou).get(reverse("act-proof", args=[act.id])).status_code == 404


def test_an_act_that_is_not_sealed_has_no_proof_yet(
    cast: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    act = Act.objects.order_by("id")[0]
    browser = signed_in(cast.shen)

    page = browser.get(reverse("act", args=[act.id])).content.decode()

    assert "gets its number in a moment" in page
    assert browser.get(reverse("act-proof", args=[act.id])).status_code == 404
    assert "the sealer is behind" in browser.get(reverse("ledger")).content.decode()

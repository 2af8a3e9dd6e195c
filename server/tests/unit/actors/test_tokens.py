from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tongzhou.actors.actions.issue_token import (
    ExpiryImpossible,
    LabelMissing,
    ScopeNotHeld,
    TooManyTokens,
    issue_token,
)
from tongzhou.actors.actions.revoke_token import TokenRevokedAlready, revoke_token
from tongzhou.actors.models import ApiToken, Post
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed, NotFound
from tongzhou.ledger import queries as ledger

AT = datetime(2020, 1, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)


def issue(by: Post, **changes: Any) -> tuple[ApiToken, str]:
    given: dict[str, Any] = {
        "label": "report robot",
        "scopes": ["task.create"],
        "expires_at": AT + DAY,
    }
    return issue_token(**(given | changes), by=by, at=AT)


def test_it_is_made_for_the_post_and_its_text_is_not_kept(cast: Cast) -> None:
    token, text = issue(cast.tang)

    assert text.startswith("tz_")
    stored = ApiToken.objects.values().get()
    assert stored["scopes"] == ["task.create"]
    assert text.encode() not in bytes(stored["token_hash"])
    act = ledger.about("token", token.id)[0].act
    assert (act.type, act.data["scopes"]) == ("token.issued.v1", ["task.create"])


def test_a_role_without_the_permission_has_no_tokens(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        issue(cast.ren, scopes=[])


def test_a_token_has_no_more_than_its_post(cast: Cast) -> None:
    with pytest.raises(ScopeNotHeld):
        issue(cast.tang, scopes=["incident.open"])
    with pytest.raises(ScopeNotHeld):
        issue(cast.tang, scopes=["everything"])


def test_a_token_made_by_a_token_has_no_more_than_that(cast: Cast) -> None:
    cast.tang.scopes = frozenset({"token.issue"})

    with pytest.raises(ScopeNotHeld):
        issue(cast.tang)
    assert issue(cast.tang, scopes=["token.issue"])[0].scopes == ["token.issue"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"label": " "}, LabelMissing),
        ({"expires_at": AT}, ExpiryImpossible),
        ({"expires_at": AT + timedelta(days=400)}, ExpiryImpossible),
    ],
)
def test_it_refuses_what_cannot_be(
    cast: Cast, changes: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        issue(cast.tang, **changes)


def test_a_post_has_so_many_tokens(cast: Cast) -> None:
    for number in range(20):
        issue(cast.tang, label=str(number))

    with pytest.raises(TooManyTokens):
        issue(cast.tang)


def test_one_revokes_ones_own_once(cast: Cast) -> None:
    token, _text = issue(cast.tang)

    revoke_token(token=token, by=cast.tang, at=AT)

    assert ApiToken.objects.get().revoked_at == AT
    with pytest.raises(TokenRevokedAlready):
        revoke_token(token=token, by=cast.tang, at=AT)


def test_whoever_may_end_the_post_may_end_its_token(cast: Cast) -> None:
    token, _text = issue(cast.tang)

    assert revoke_token(token=token, by=cast.shen, at=AT).revoked_at == AT


@pytest.mark.parametrize("name", ["he", "xia", "ou"])
def test_for_others_it_is_not_there(cast: Cast, name: str) -> None:
    token, _text = issue(cast.tang)

    with pytest.raises(NotFound):
        revoke_token(token=token, by=cast.posts[name], at=AT)


def test_nothing_stays_when_the_ledger_fails(cast: Cast, broken_ledger: Any) -> None:
    with broken_ledger():
        issue(cast.tang)
    assert ApiToken.objects.count() == 0

    token, _text = issue(cast.tang)
    with broken_ledger():
        revoke_token(token=token, by=cast.tang, at=AT)
    assert ApiToken.objects.get().revoked_at is None

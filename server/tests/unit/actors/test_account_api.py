from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tongzhou.actors.models import Person, Post
from tongzhou.demo.cast import PASSWORD, Cast

Program = Callable[..., Client]


def send(client: Client, method: str, address: str, body: Any = None) -> Any:
    call = getattr(client, method)
    return call(f"/api/v1{address}", data=body, content_type="application/json")


def test_it_tells_who_one_is_and_what_one_may_do(cast: Cast, api_client: Program) -> None:
    told = api_client(cast.ye, scopes=["task.see"]).get("/api/v1/me").json()

    assert told["person"]["username"] == "ye"
    assert told["post"]["unit"]["code"] == "beishan-street"
    assert {p["unit"]["code"] for p in told["posts"]} == {"beishan-street", "xh-command"}
    assert told["permissions"] == ["task.see"]


def test_the_session_that_asks_speaks_the_language_at_once(
    cast: Cast, signed_in: Callable[[Post], Client], api_client: Program
) -> None:
    browser = signed_in(cast.ye)
    assert send(browser, "patch", "/me", {"language": "zh-hans"}).json()["language"] == "zh-hans"
    assert 'lang="zh' in browser.get("/today").text

    assert send(browser, "patch", "/me", {"language": "en"}).status_code == 200

    assert 'lang="en' in browser.get("/today").text
    # A program has no session whose language could change.
    assert send(api_client(cast.ye), "patch", "/me", {"language": "zh-hans"}).status_code == 200


def test_a_token_is_issued_listed_used_and_revoked(cast: Cast, api_client: Program) -> None:
    mine = api_client(cast.tang)
    body = {
        "label": "robot",
        "scopes": ["token.issue"],
        "expires_at": (timezone.now() + timedelta(days=2)).isoformat(),
    }

    made = send(mine, "post", "/me/tokens", body)
    robot = Client(headers={"Authorization": f"Bearer {made.json()['token']}"})

    assert made.status_code == 201
    assert made["Cache-Control"] == "no-store"
    assert robot.get("/api/v1/me").json()["permissions"] == ["token.issue"]
    assert made.json()["id"] in [t["id"] for t in mine.get("/api/v1/me/tokens").json()]
    assert send(robot, "post", f"/me/tokens/{made.json()['id']}/revoke").status_code == 200
    assert robot.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize(
    "moment",
    ["2020-01-23T08:00:00", "tomorrow", "9999-12-31T23:59:59-10:00", 7, "0001-01-01T00:00:00Z"],
)
def test_an_impossible_expiry_is_refused(cast: Cast, api_client: Program, moment: object) -> None:
    body = {"label": "robot", "expires_at": moment}

    assert send(api_client(cast.tang), "post", "/me/tokens", body).status_code == 422


def test_the_password_is_changed(cast: Cast, api_client: Program) -> None:
    body = {"old": PASSWORD, "new": "kettle orange bridge"}

    assert send(api_client(cast.tang), "post", "/me/password", body).status_code == 204
    assert Person.objects.get(username="tang").check_password("kettle orange bridge")


def test_guessing_it_ends_even_with_new_keys(cast: Cast, api_client: Program) -> None:
    client = api_client(cast.tang)

    tried = [
        client.post(
            "/api/v1/me/password",
            data={"old": "wrong", "new": "kettle orange bridge"},
            content_type="application/json",
            headers={"Idempotency-Key": f"k{number}"},
        ).status_code
        for number in range(11)
    ]

    assert tried == [422] * 10 + [429]


def test_the_language_is_kept(cast: Cast, api_client: Program) -> None:
    client = api_client(cast.tang)

    assert send(client, "patch", "/me", {"language": "zh-hans"}).json()["language"] == "zh-hans"
    assert send(client, "patch", "/me", {"language": "tlh"}).status_code == 422

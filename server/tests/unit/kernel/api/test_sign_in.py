"""Who sends a request: session, token, nobody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tongzhou.actors import keys
from tongzhou.actors.actions.end_post import end_post
from tongzhou.actors.models import ApiToken, Post
from tongzhou.demo.cast import Cast

Program = Callable[..., Client]
UNIT = {
    "code": "hz-taxi",
    "name_zh": "出租车队",
    "sector": "enterprise",
    "level": "city",
    "area": "3301",
}


def status(client: Client, method: str = "get", **more: Any) -> int:
    if method == "post":
        answer = client.post("/api/v1/units", data=UNIT, content_type="application/json", **more)
    else:
        answer = client.get("/api/v1/units", **more)
    return answer.status_code


def test_nobody_is_asked_to_sign_in(cast: Cast, client: Client) -> None:
    answer = client.get("/api/v1/units")

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] == "sign-in-needed"


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Bearer ", "Bearer tz_unknown", "Basic YTpi", "tz_x", "Bearer \x7f", "Bearer é"],
)
def test_a_token_that_is_none_opens_nothing(cast: Cast, client: Client, header: str) -> None:
    assert status(client, headers={"Authorization": header}) == 401


def test_an_expired_a_revoked_and_an_ended_token_open_nothing(
    cast: Cast, api_client: Program
) -> None:
    expired, revoked, ended = (api_client(p) for p in (cast.mei, cast.ji, cast.pan))
    now = timezone.now()
    ApiToken.objects.filter(post=cast.mei).update(expires_at=now)
    ApiToken.objects.filter(post=cast.ji).update(revoked_at=now)
    end_post(post=cast.pan, by=cast.an, at=now)

    assert [status(c) for c in (expired, revoked, ended)] == [401, 401, 401]


def test_a_broken_token_does_not_fall_back_on_the_session(
    cast: Cast, signed_in: Callable[[Post], Client]
) -> None:
    browser = signed_in(cast.an)

    assert status(browser) == 200
    assert status(browser, headers={"Authorization": "Bearer tz_unknown"}) == 401


def test_a_token_does_only_what_its_scopes_allow(cast: Cast, api_client: Program) -> None:
    reading = api_client(cast.an, scopes=[])
    making = api_client(cast.an, scopes=["unit.create"])

    assert status(reading) == 200
    assert status(reading, "post") == 403
    assert status(making, "post") == 201


def test_a_session_changes_nothing_without_the_proof_of_our_page(
    cast: Cast, signed_in: Callable[[Post], Client]
) -> None:
    browser = signed_in(cast.an)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies

    assert status(strict) == 200
    assert status(strict, "post") == 403
    page = strict.get("/me").content.decode()
    proof = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert status(strict, "post", headers={"X-CSRFToken": proof}) == 201


def test_a_token_needs_no_such_proof(cast: Cast, api_client: Program) -> None:
    program = api_client(cast.an)
    strict = Client(
        enforce_csrf_checks=True, headers={"Authorization": program.defaults["HTTP_AUTHORIZATION"]}
    )

    assert status(strict, "post") == 201


def test_the_last_use_is_noted_by_the_day(
    cast: Cast, api_client: Program, django_assert_num_queries: Any
) -> None:
    program = api_client(cast.mei)

    program.get("/api/v1/areas/3301")

    assert ApiToken.objects.get().last_used_on == timezone.now().date()
    # The token with post, person, unit and area; the area; those around it.
    with django_assert_num_queries(3):
        program.get("/api/v1/areas/3301")


def test_a_session_without_a_post_is_told_so(
    cast: Cast, signed_in: Callable[[Post], Client]
) -> None:
    browser = signed_in(cast.bai)
    end_post(post=cast.bai, by=cast.an, at=timezone.now())

    answer = browser.get("/api/v1/units")

    assert (answer.status_code, answer.json()["code"]) == (403, "no-post")


def test_visitors_are_slowed_down(cast: Cast, client: Client) -> None:
    body = {"token": keys.new_key(), "username": "neu", "password": "kettle orange bridge"}

    def answer(**headers: str) -> Any:
        return client.post(
            "/api/v1/invitations/accept",
            data=body,
            content_type="application/json",
            headers=headers,
        )

    tried = [answer(idempotency_key=f"k{number}").status_code for number in range(30)]
    refused = answer(idempotency_key="last")

    assert set(tried) == {404}
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= timedelta(minutes=10).total_seconds()

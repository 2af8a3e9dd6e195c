"""Signing in, the language, the post under which one works."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from tongzhou.actors.actions.deactivate_person import deactivate_person
from tongzhou.actors.actions.end_post import end_post
from tongzhou.actors.models import Post
from tongzhou.actors.pages import session as pages
from tongzhou.demo.cast import PASSWORD, Cast
from tongzhou.kernel.rate import Rate


def sign_in(client: Client, username: str, password: str = PASSWORD, **more: str) -> int:
    answer = client.post("/sign-in", {"username": username, "password": password, **more})
    return answer.status_code


def test_it_leads_to_the_page_that_was_asked_for(cast: Cast, client: Client) -> None:
    asked = client.get("/me")
    assert (asked.status_code, asked["Location"]) == (302, "/sign-in?next=/me")

    answer = client.post("/sign-in?next=/me", {"username": "tang", "password": PASSWORD})

    assert (answer.status_code, answer["Location"]) == (302, "/me")
    assert client.get("/me").status_code == 200


def test_the_user_name_is_taken_in_any_case(cast: Cast, client: Client) -> None:
    assert sign_in(client, "TANG") == 302


def test_a_wrong_password_and_an_unknown_name_read_alike(cast: Cast, client: Client) -> None:
    wrong = client.post("/sign-in", {"username": "tang", "password": "wrong"})
    unknown = client.post("/sign-in", {"username": "nobody", "password": "wrong"})

    assert wrong.status_code == unknown.status_code == 422
    sentence = "User name and password do not fit together."
    assert sentence in wrong.content.decode()
    assert sentence in unknown.content.decode()


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "javascript:0"])
def test_it_leads_to_no_other_site(cast: Cast, client: Client, target: str) -> None:
    form = {"username": "tang", "password": PASSWORD, "next": target}

    assert client.post("/sign-in", form)["Location"].startswith("/")


def test_five_wrong_passwords_lock_the_account_for_this_address(cast: Cast, client: Client) -> None:
    tried = [sign_in(client, name, "wrong") for name in ("tang", "Tang", "TANG", "tang", "tAng")]

    assert tried == [422, 422, 422, 422, 429]
    assert sign_in(client, "tang") == 429
    assert sign_in(client, "shen") == 302


def test_one_address_tries_so_often_only(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "ATTEMPTS", Rate("test", most=2, every=pages.ATTEMPTS.every))

    tried = [sign_in(client, f"nobody{number}", "wrong") for number in range(3)]

    assert tried == [422, 422, 429]


def test_a_closed_account_and_its_sessions_end(
    cast: Cast, client: Client, signed_in: Callable[[Post], Client]
) -> None:
    browser = signed_in(cast.bai)
    deactivate_person(person=cast.bai.person, by=cast.an, at=timezone.now())

    assert browser.get("/me").status_code == 302
    assert sign_in(client, "bai") == 422


def test_without_a_post_nothing_is_open(cast: Cast, signed_in: Callable[[Post], Client]) -> None:
    browser = signed_in(cast.bai)
    end_post(post=cast.bai, by=cast.an, at=timezone.now())

    answer = browser.get("/me")

    assert answer.status_code == 403
    assert "Your account holds no post" in answer.content.decode()


def test_signing_out_ends_the_session(cast: Cast, signed_in: Callable[[Post], Client]) -> None:
    browser = signed_in(cast.tang)

    assert browser.get("/sign-out").status_code == 405
    assert browser.post("/sign-out").status_code == 302
    assert browser.get("/me").status_code == 302


def test_the_post_is_switched_without_signing_out(
    cast: Cast, signed_in: Callable[[Post], Client]
) -> None:
    browser = signed_in(cast.ye)
    assert "Acting as street coordinator" in browser.get("/me").content.decode()

    browser.post("/post", {"post": str(cast.second_post.id), "next": "/me"})

    assert "Acting as department liaison" in browser.get("/me").content.decode()


def test_the_post_of_somebody_else_is_not_there(
    cast: Cast, signed_in: Callable[[Post], Client]
) -> None:
    browser = signed_in(cast.ye)

    assert browser.post("/post", {"post": str(cast.shen.id)}).status_code == 404
    assert browser.post("/post", {"post": "nonsense"}).status_code == 404
    assert "Acting as street coordinator" in browser.get("/me").content.decode()


def test_a_visitor_keeps_the_language_in_a_cookie(cast: Cast, client: Client) -> None:
    assert 'lang="en"' in client.get("/sign-in").content.decode()

    client.post("/language", {"language": "zh-hans", "next": "/sign-in"})

    assert 'lang="zh-Hans"' in client.get("/sign-in").content.decode()


def test_a_person_keeps_the_language_for_good(
    cast: Cast, client: Client, signed_in: Callable[[Post], Client]
) -> None:
    signed_in(cast.tang).post("/language", {"language": "zh-hans"})

    sign_in(client, "tang")

    assert 'lang="zh-Hans"' in client.get("/me").content.decode()


def test_an_unknown_language_is_refused(cast: Cast, client: Client) -> None:
    assert client.post("/language", {"language": "tlh"}).status_code == 422


def test_forms_need_the_proof_of_our_own_page(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/sign-in", {"username": "tang", "password": PASSWORD}).status_code == 403

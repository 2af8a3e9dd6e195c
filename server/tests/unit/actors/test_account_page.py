import re
from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from tongzhou.actors.actions.change_password import PASSWORD_TRIES
from tongzhou.actors.actions.revoke_token import revoke_token
from tongzhou.actors.models import ApiToken, Person, Post
from tongzhou.demo.cast import PASSWORD, Cast

Browser = Callable[[Post], Client]


def test_it_shows_all_posts(cast: Cast, signed_in: Browser) -> None:
    page = signed_in(cast.ye).get("/me").content.decode()

    assert "Beishan Subdistrict Office" in page
    assert "Xihu District Command" in page


def test_a_changed_password_keeps_this_session_and_ends_the_others(
    cast: Cast, signed_in: Browser
) -> None:
    here, there = signed_in(cast.tang), signed_in(cast.tang)

    answer = here.post("/me/password", {"old": PASSWORD, "password": "kettle orange bridge"})

    assert answer.status_code == 302
    assert here.get("/me").status_code == 200
    assert there.get("/me").status_code == 302


def test_a_wrong_password_is_told_at_its_field(cast: Cast, signed_in: Browser) -> None:
    answer = signed_in(cast.tang).post(
        "/me/password", {"old": "wrong", "password": "kettle orange bridge"}
    )

    assert answer.status_code == 422
    assert "This is not your present password." in answer.content.decode()


def test_guessing_the_password_ends(cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.tang)
    form = {"old": "wrong", "password": "kettle orange bridge"}

    tried = [browser.post("/me/password", form).status_code for _n in range(11)]

    assert tried == [422] * PASSWORD_TRIES.most + [429]


def test_a_token_is_shown_once_and_works(cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.tang)

    shown = browser.post("/me/tokens", {"label": "robot", "days": "30", "scopes": ["task.create"]})

    text = re.search(r"tz_[\w-]{43}", shown.content.decode())
    assert text is not None
    program = Client(headers={"Authorization": f"Bearer {text.group()}"})
    assert program.get("/api/v1/me").json()["permissions"] == ["task.create"]
    assert text.group() not in browser.get("/me").content.decode()


def test_a_token_is_revoked(cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.tang)
    browser.post("/me/tokens", {"label": "robot", "days": "30"})
    token = ApiToken.objects.get()

    assert browser.post(f"/me/tokens/{token.id}/revoke").status_code == 302
    assert browser.post(f"/me/tokens/{token.id}/revoke").status_code == 409


def test_the_token_of_somebody_else_is_not_there(cast: Cast, signed_in: Browser) -> None:
    signed_in(cast.tang).post("/me/tokens", {"label": "robot", "days": "30"})
    token = ApiToken.objects.get()

    assert signed_in(cast.xia).post(f"/me/tokens/{token.id}/revoke").status_code == 404
    revoke_token(token=token, by=cast.tang, at=timezone.now())


def test_a_permission_that_the_post_lacks_cannot_be_ticked(cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.tang)
    form = {"label": "robot", "days": "30", "scopes": ["incident.open"]}

    assert browser.post("/me/tokens", form).status_code == 422
    assert ApiToken.objects.count() == 0


def test_whoever_may_not_issue_tokens_is_not_asked(cast: Cast, signed_in: Browser) -> None:
    page = signed_in(cast.ren).get("/me").content.decode()

    assert "What is it for?" not in page
    assert Person.objects.get(username="ren").is_active

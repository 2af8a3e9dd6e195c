import re
from collections.abc import Callable

from django.test import Client

from tongzhou.actors.models import Invitation, Person, Post
from tongzhou.demo.cast import Cast

Browser = Callable[[Post], Client]
NEW = {"username": "neu", "name_zh": "新来", "password": "kettle orange bridge"}


def link_of(browser: Client) -> str:
    shown = browser.post(
        "/units/baoshi-community/invitations", {"role": "grid_worker", "days": "7", "label": "Xin"}
    )
    found = re.search(r"/invitation/[\w-]+", shown.content.decode())
    assert found is not None
    return found.group()


def test_a_visitor_takes_up_an_invitation(cast: Cast, client: Client, signed_in: Browser) -> None:
    link = link_of(signed_in(cast.mei))

    assert "Baoshi Residents&#x27; Committee" in client.get(link).content.decode()
    assert client.post(link, NEW)["Location"] == "/me"
    assert "Acting as grid worker" in client.get("/me").content.decode()
    assert client.get(link).status_code == 410


def test_somebody_with_an_account_takes_it_up_with_that(cast: Cast, signed_in: Browser) -> None:
    link = link_of(signed_in(cast.mei))
    browser = signed_in(cast.chu)

    assert "You are signed in as Chu Qing" in browser.get(link).content.decode()
    browser.post(link, {"own": "1"})

    assert "Acting as grid worker" in browser.get("/me").content.decode()
    assert Post.objects.filter(person=cast.chu.person).count() == 2


def test_what_is_wrong_is_told_and_the_link_stays_open(
    cast: Cast, client: Client, signed_in: Browser
) -> None:
    link = link_of(signed_in(cast.mei))

    answer = client.post(link, NEW | {"username": "mei"})

    assert answer.status_code == 422
    assert "The user name mei is taken." in answer.content.decode()
    assert client.post(link, NEW).status_code == 302


def test_an_unknown_link_is_told_plainly(cast: Cast, client: Client) -> None:
    answer = client.get("/invitation/guessed")

    assert answer.status_code == 404
    assert "There is no such invitation." in answer.content.decode()


def test_an_invitation_is_listed_and_withdrawn(
    cast: Cast, client: Client, signed_in: Browser
) -> None:
    browser = signed_in(cast.mei)
    link = link_of(browser)
    assert "Xin" in browser.get("/units/baoshi-community").content.decode()

    browser.post(f"/invitations/{Invitation.objects.get().id}/withdraw")

    assert client.get(link).status_code == 410
    assert "Xin" not in browser.get("/units/baoshi-community").content.decode()


def test_others_neither_invite_nor_withdraw(cast: Cast, signed_in: Browser) -> None:
    link_of(signed_in(cast.mei))
    other = signed_in(cast.he)

    form = {"role": "resident", "days": "7"}
    assert other.post("/units/baoshi-community/invitations", form).status_code == 403
    withdraw = f"/invitations/{Invitation.objects.get().id}/withdraw"
    assert other.post(withdraw).status_code == 404


def test_a_role_beyond_ones_own_cannot_be_chosen(cast: Cast, signed_in: Browser) -> None:
    form = {"role": "administrator", "days": "7"}

    answer = signed_in(cast.mei).post("/units/baoshi-community/invitations", form)

    assert answer.status_code == 422
    assert Invitation.objects.count() == 0


def test_a_post_is_ended(cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.lou)

    assert browser.post(f"/posts/{cast.ji.id}/end").status_code == 302
    assert browser.post(f"/posts/{cast.ji.id}/end").status_code == 409
    assert signed_in(cast.he).post(f"/posts/{cast.mei.id}/end").status_code == 404


def test_closing_an_account_asks_first(cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.lou)
    address = f"/people/{cast.ji.person_id}/deactivate"

    assert "Close the account of Ji An?" in browser.get(address).content.decode()
    assert Person.objects.get(username="ji").is_active
    assert browser.post(address).status_code == 302
    assert not Person.objects.get(username="ji").is_active


def test_people_of_others_are_not_there(cast: Cast, signed_in: Browser) -> None:
    address = f"/people/{cast.ji.person_id}/deactivate"

    for name in ("he", "ou", "mei"):
        assert signed_in(cast.posts[name]).get(address).status_code == 404

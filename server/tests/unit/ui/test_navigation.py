"""Links are shown once their address exists and the post may go there."""

from types import SimpleNamespace

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tongzhou.ui.navigation import Entry, Menu, address, links


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("books/", nothing, name="books"), path("", nothing, name="home")]
pytestmark = pytest.mark.urls(__name__)


def test_an_address_that_does_not_exist_is_empty() -> None:
    assert address("books") == "/books/"
    assert address("never-made") == ""


def test_a_link_that_needs_a_word_is_hidden_without_it() -> None:
    entry = Entry("books", "Books", "book", word="ledger_verify")

    assert links([entry], "/") == []
    assert links([entry], "/", SimpleNamespace(ledger_verify=False)) == []
    assert [link.url for link in links([entry], "/", SimpleNamespace(ledger_verify=True))] == [
        "/books/"
    ]


def test_only_the_start_itself_marks_the_start() -> None:
    entries = [Entry("home", "Home", "home"), Entry("books", "Books", "book")]

    assert [link.here for link in links(entries, "/books/7")] == [False, True]
    assert [link.here for link in links(entries, "/")] == [True, False]


def test_a_menu_holds_what_may_be_opened_and_says_that_one_is_in_it() -> None:
    menu = Menu("Reading", "book", (Entry("books", "Books", "book"), Entry("films", "Films", "tv")))

    (shown,) = links([menu], "/books/7")

    assert [link.label for link in shown.links] == ["Books"]
    assert shown.here


def test_a_menu_with_nothing_to_open_is_left_out() -> None:
    assert links([Menu("Seeing", "tv", (Entry("films", "Films", "tv"),))], "/") == []

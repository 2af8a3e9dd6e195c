"""Large pages are sent compressed; what compression could betray is not on them."""

import gzip
import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast

SignedIn = Callable[[Post], Client]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
#: The longest form: a list of 76 duties.
LONGEST = "/library/mandates/duties/cn/edit"


def asked(browser: Client, address: str) -> HttpResponse:
    """The answer to a browser that unpacks."""
    found = browser.get(address, headers={"Accept-Encoding": "gzip"})
    assert isinstance(found, HttpResponse)
    assert found.status_code == 200, address
    return found


@pytest.mark.parametrize("address", [LONGEST, "/library", "/clocks", "/duties/problems"])
def test_a_large_page_is_compressed(cast: Cast, signed_in: SignedIn, address: str) -> None:
    answer = asked(signed_in(cast.shen), address)

    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]


def test_the_longest_form_is_within_what_a_page_may_weigh(cast: Cast, signed_in: SignedIn) -> None:
    answer = asked(signed_in(cast.shen), LONGEST)

    assert len(gzip.decompress(answer.content)) > 400_000
    assert len(answer.content) < 100_000


def test_the_token_of_a_compressed_page_is_another_one_each_time(
    cast: Cast, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.shen)

    seen = [
        token
        for _ in range(3)
        for token in TOKEN.findall(gzip.decompress(asked(browser, LONGEST).content).decode())[:1]
    ]

    assert len(set(seen)) == 3


@pytest.mark.parametrize("address", ["/tasks", "/hotline", "/signals", "/units/beishan-street"])
def test_a_page_that_may_name_residents_is_not_compressed(
    cast: Cast, signed_in: SignedIn, address: str
) -> None:
    assert not asked(signed_in(cast.ye), address).has_header("Content-Encoding")

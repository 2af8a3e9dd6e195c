"""What stands before every page: no U+0000, and the address of the sender."""

import pytest
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from tongzhou.kernel.client_address import client_address


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/units?q=%00", "/units/%00", "/sign-in?next=%00"])
def test_a_page_with_u0000_in_its_address_is_refused(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


@pytest.mark.django_db
def test_a_cookie_with_u0000_is_refused(client: Client) -> None:
    answer = client.get("/sign-in", headers={"Cookie": r'sessionid="abcdefgh\000"'})

    assert answer.status_code == 400


@pytest.mark.django_db
def test_other_addresses_pass(client: Client) -> None:
    assert client.get("/sign-in?next=%2500").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.7", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (2, "6.6.6.6, 203.0.113.7, 10.0.0.1", "203.0.113.7"),
        (2, "203.0.113.7", "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_are_believed(
    rf: RequestFactory, settings: Settings, proxies: int, forwarded: str, expected: str
) -> None:
    settings.TONGZHOU_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": forwarded})

    assert client_address(request) == expected

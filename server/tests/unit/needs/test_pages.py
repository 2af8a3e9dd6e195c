"""The pages: from a typed line to a receipt."""

from collections.abc import Callable

import pytest
from django.test import Client

from tongzhou.actors.models import Post
from tongzhou.catalogue.models import Item
from tongzhou.demo.cast import Cast
from tongzhou.needs.models import Commitment, HospitalStatus, Need, Offer

from .conftest import AT, HOUR, Asking, Giving, line

SignedIn = Callable[[Post], Client]


@pytest.fixture
def browse(client: Client, monkeypatch: pytest.MonkeyPatch) -> SignedIn:
    """A browser in which somebody is signed in, an hour after ten."""
    monkeypatch.setattr("tongzhou.kernel.clock.now", lambda: AT + HOUR)

    def signed(post: Post) -> Client:
        client.force_login(post.person)
        return client

    return signed


def test_a_community_asks_on_its_phone(
    cast: Cast, items: dict[str, Item], browse: SignedIn
) -> None:
    page = browse(cast.mei)
    assert page.get("/needs/new").status_code == 200

    answer = page.post(
        "/needs/new",
        {"item_1": "Ｎ９５", "amount_1": "5 箱", "item_2": "goggles", "amount_2": "",
         "needed_by": "2020-01-25T18:00", "priority": "3"},
    )  # fmt: skip

    need = Need.objects.get()
    assert answer["Location"] == f"/needs/{need.number}"
    assert [x.asked for x in need.lines.order_by("place")] == [800, None]
    shown = page.get(answer["Location"]).content.decode()
    assert "800" in shown
    board = page.get("/needs?item=mask-n95").content.decode()
    assert need.reference in board


def test_wrong_lines_come_back_as_typed(
    cast: Cast, items: dict[str, Item], browse: SignedIn
) -> None:
    answer = browse(cast.mei).post(
        "/needs/new", {"item_1": "N95", "amount_1": "-5", "priority": "1"}
    )

    assert answer.status_code == 422
    assert 'value="-5"' in answer.content.decode()
    assert not Need.objects.exists()


def test_a_call_for_help_becomes_lines_only_when_confirmed(
    cast: Cast, items: dict[str, Item], browse: SignedIn
) -> None:
    page = browse(cast.mei)
    text = "宝石社区急需：N95口罩500个，护目镜越多越好 <script>alert(1)</script> 13800001234"

    shown = page.post("/needs/read", {"text": text}).content.decode()

    assert not Need.objects.exists()
    assert "<mark" in shown
    assert "<script>alert" not in shown
    page.post("/needs/new", {"item_1": "mask-n95", "amount_1": "500", "priority": "3",
                             "call": text})  # fmt: skip
    need = Need.objects.get()
    assert need.channel == "free_text"
    assert "13800001234" not in need.call


def test_giving_and_receiving(
    cast: Cast, ask: Asking, browse: SignedIn, items: dict[str, Item]
) -> None:
    need = ask()
    page = browse(cast.ye)
    give = f"/needs/{need.number}/lines/{line(need).id}/give"
    assert page.get(give).status_code == 200
    over = page.post(give, {"amount": "2000"})
    page.post(give, {"amount": "2 箱"})
    made = Commitment.objects.get()
    page = browse(cast.mei)
    page.post(f"/commitments/{made.id}/receive", {"quantity": "300", "difference_reason": "wet"})

    assert over.status_code == 422
    assert made.quantity == 320
    assert line(need).received == 300
    again = page.post(f"/commitments/{made.id}/receive", {"quantity": "300"})
    assert again.status_code == 409


@pytest.mark.parametrize("verb", ["withdraw", "pass", "change"])
def test_steps_have_a_form_and_refuse_without_reason(
    cast: Cast, need: Need, browse: SignedIn, verb: str
) -> None:
    page = browse(cast.mei)

    assert page.get(f"/needs/{need.number}/{verb}").status_code == 200
    assert page.post(f"/needs/{need.number}/{verb}", {}).status_code == 422


def test_a_donor_without_account_follows_the_gift(
    cast: Cast, items: dict[str, Item], browse: SignedIn, client: Client
) -> None:
    sent = {"item_1": "N95", "amount_1": "2 盒", "item_2": "Soup", "area": "330106002901",
            "once": "0190b2d4-0000-7000-8000-000000000001", "contact_phone": "139"}  # fmt: skip
    browse(cast.mei)
    answer = client.post("/offer", sent)
    client.post("/offer", sent)

    made = Offer.objects.get()
    assert made.code in answer["Location"]
    assert made.code in client.get(answer["Location"]).content.decode()
    assert client.get("/offer/follow?number=TZ-XXXX-XXXX").status_code == 404
    assert "139" in client.get(f"/offers/{made.number}").content.decode()
    soup = made.lines.get(item=None)
    client.post(f"/offers/{made.number}/answer",
                {"accepted": "yes", f"item_{soup.id}": "instant-meal"})  # fmt: skip
    made.refresh_from_db()
    assert made.answer == "accepted"


def test_a_hospital_reports_in_ten_fields(cast: Cast, browse: SignedIn) -> None:
    page = browse(cast.ruan)

    page.post("/hospitals/hz-hospital", {"beds": "20", "beds_free": "3", "oxygen": "short"})
    wrong = page.post("/hospitals/hz-hospital", {"beds": "2", "beds_free": "3"})

    assert HospitalStatus.objects.get().oxygen == "short"
    assert wrong.status_code == 422
    assert "3" in page.get("/hospitals").content.decode()


@pytest.mark.parametrize("address", ["/needs", "/offers", "/hospitals", "/needs/idle",
                                     "/needs/repeats", "/needs/export.csv",
                                     "/needs/export.xlsx"])  # fmt: skip
def test_lists_cost_the_same_with_more_rows(
    cast: Cast, ask: Asking, give: Giving, browse: SignedIn, address: str,
    django_assert_max_num_queries: Callable[..., object],
) -> None:  # fmt: skip
    page = browse(cast.ye)
    for _time in range(3):
        give(ask(("mask-n95", 1000), ("goggles", 4)))
    page.get(address)

    with django_assert_max_num_queries(32):  # type: ignore[attr-defined]
        answer = page.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]

    assert answer.status_code == 200
    assert body

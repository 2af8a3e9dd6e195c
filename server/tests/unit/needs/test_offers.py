"""Offers of units and of donors without account."""

from datetime import date

import pytest

from tongzhou.catalogue.models import Item
from tongzhou.catalogue.quantities import QuantityNotPositive
from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed, NotFound, ReasonMissing
from tongzhou.ledger.models import Act
from tongzhou.needs.actions.answer_offer import ItemNotNamed, answer_offer
from tongzhou.needs.actions.change import NeedTimeOff
from tongzhou.needs.actions.commit import commit
from tongzhou.needs.actions.offer import offer
from tongzhou.needs.actions.offer_publicly import offer_publicly
from tongzhou.needs.actions.offering import NothingOffered, Offered, OfferExpired, OfferOver
from tongzhou.needs.actions.withdraw_offer import OfferPromised, withdraw_offer
from tongzhou.needs.models import Donor, Need, Offer, OfferLine
from tongzhou.needs.queries import offers as queries

from .conftest import AT, DAY, HOUR, line


@pytest.fixture
def given(cast: Cast, items: dict[str, Item]) -> Offer:
    """Somebody without account offers masks in words and by name."""
    return offer_publicly(
        lines=[Offered(items["mask-n95"], 2, "盒"), Offered(None, words="Grandma's soup")],
        area=cast.areas["330106002901"], contact_name="Wu", contact_phone="13900000000", at=AT,
    )  # fmt: skip


def test_a_donor_follows_the_offer_by_its_number(cast: Cast, given: Offer) -> None:
    found = queries.by_code(f" {str(given.code).lower()} ")

    assert found == given
    assert given.desk == cast.units["baoshi-community"]
    assert [x.quantity for x in found.lines.all()] == [40, None]
    act = Act.objects.latest("id")
    assert act.type == "offer.made.v1"
    assert "Wu" not in str(act.data)
    assert "139" not in str(act.data)
    with pytest.raises(NotFound):
        queries.by_code("TZ-AAAA-AAAA")


def test_nobody_but_the_desk_sees_or_answers_it(cast: Cast, given: Offer) -> None:
    for post in (cast.ou, cast.chu, cast.pan):
        with pytest.raises(NotFound):
            queries.find(given.number, visible_to=post)
        with pytest.raises(NotFound):
            answer_offer(offer=given, accepted=False, reason="x", by=post, at=AT)

    assert queries.find(given.number, visible_to=cast.mei) == given
    assert queries.waiting(visible_to=cast.mei) == 1


def test_accepting_says_what_the_words_mean(
    cast: Cast, given: Offer, items: dict[str, Item]
) -> None:
    soup = OfferLine.objects.get(offer=given, item=None)

    with pytest.raises(ItemNotNamed):
        answer_offer(offer=given, accepted=True, by=cast.mei, at=AT + HOUR)
    answer_offer(offer=given, accepted=True, items={soup.id: items["instant-meal"]},
                 by=cast.mei, at=AT + HOUR)  # fmt: skip

    soup.refresh_from_db()
    assert soup.item == items["instant-meal"]
    assert Act.objects.latest("id").type == "offer.accepted.v1"
    with pytest.raises(OfferOver):
        answer_offer(offer=given, accepted=True, by=cast.mei, at=AT + HOUR)


def test_declining_needs_a_reason(cast: Cast, given: Offer) -> None:
    with pytest.raises(ReasonMissing):
        answer_offer(offer=given, accepted=False, by=cast.mei, at=AT)
    answered = answer_offer(offer=given, accepted=False, reason="Enough", by=cast.mei, at=AT)

    assert (answered.answer, answered.answer_reason) == ("declined", "Enough")


@pytest.mark.parametrize(
    ("made", "refusal"),
    [
        ({"lines": []}, NothingOffered),
        ({"quantity": -1}, QuantityNotPositive),
        ({"expires_on": date(2020, 1, 1)}, OfferExpired),
        ({"until_at": AT - HOUR}, NeedTimeOff),
    ],
)
def test_offers_that_cannot_be_are_refused(
    cast: Cast, items: dict[str, Item], made: dict[str, object], refusal: type[Exception]
) -> None:
    row = Offered(
        items["mask-n95"],
        made.pop("quantity", 5),
        expires_on=made.pop("expires_on", None),  # type: ignore[arg-type]
    )

    with pytest.raises(refusal):
        offer(**({"lines": [row], "by": cast.chu, "at": AT} | made))  # type: ignore[arg-type]

    assert not Offer.objects.exists()


def test_what_is_promised_is_not_withdrawn(cast: Cast, items: dict[str, Item], need: Need) -> None:
    made = offer(lines=[Offered(items["mask-n95"], 300)], by=cast.ye, at=AT)
    commit(line=line(need), quantity=10, offer_line=made.lines.get(), by=cast.ye, at=AT)

    with pytest.raises(OfferPromised):
        withdraw_offer(offer=made, reason="x", by=cast.ye, at=AT + DAY)
    with pytest.raises(NotAllowed):
        withdraw_offer(offer=made, reason="x", by=cast.mei, at=AT + DAY)
    other = offer(lines=[Offered(items["mask-n95"], 300)], by=cast.ye, at=AT)
    withdraw_offer(offer=other, reason="Sold", by=cast.ye, at=AT + DAY)
    with pytest.raises(OfferOver):
        withdraw_offer(offer=other, reason="x", by=cast.ye, at=AT + DAY)


def test_an_offer_that_cannot_be_written_down_is_not_there(
    cast: Cast, items: dict[str, Item], given: Offer, broken_ledger: object
) -> None:
    with broken_ledger():  # type: ignore[operator]
        offer(lines=[Offered(items["mask-n95"], 300)], by=cast.chu, at=AT)
    with broken_ledger():  # type: ignore[operator]
        offer_publicly(lines=[Offered(items["mask-n95"], 3)], area=given.area, at=AT)
    with broken_ledger():  # type: ignore[operator]
        answer_offer(offer=given, accepted=False, reason="x", by=cast.mei, at=AT)

    assert Offer.objects.get().answer == "waiting"
    assert Donor.objects.count() == 1

"""Who sees what, limits that run, and how many questions a list asks."""

from collections.abc import Callable
from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from unit.aid.conftest import AT, COST, DAY, HOUR, TODAY, called, offered, signed
from unit.clocks.conftest import Works

from tongzhou.actors.models import Post
from tongzhou.aid.actions.confirm_arrival import confirm_arrival
from tongzhou.aid.actions.draft_agreement import draft_agreement
from tongzhou.aid.actions.set_hosting import set_hosting
from tongzhou.aid.acts import EDXL_RM
from tongzhou.aid.hosting import Stay, load
from tongzhou.aid.models import AidOffer, AidRequest, Deployment, Package
from tongzhou.aid.queries import agreements, packages, requests
from tongzhou.clocks.models import Clock, State
from tongzhou.demo.cast import Cast
from tongzhou.ledger.types import known

SignedIn = Callable[[Post], Client]


def questions(act: Callable[[], object]) -> int:
    """How many statements it takes."""
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def test_lists_ask_as_much_of_many_rows_as_of_one(cast: Cast, package: Package) -> None:
    def count() -> list[int]:
        return [
            questions(lambda: requests.listed(visible_to=cast.he, filters=requests.Filters()).rows),
            questions(lambda: packages.listed(visible_to=cast.he, on=TODAY).rows),
            questions(lambda: requests.figures(visible_to=cast.he)),
            questions(lambda: agreements.load(cast.units["wz-command"], visible_to=cast.he, at=AT)),
        ]

    def one_more() -> None:
        offer = offered(cast, called(cast))
        signed(cast, draft_agreement(offer=offer, by=cast.he, at=AT + 2 * HOUR))

    one_more()
    before = count()
    for _n in range(4):
        one_more()

    assert count() == before
    assert max(before) < 8


def test_those_who_offer_do_not_see_the_others_price_until_it_is_signed(
    cast: Cast, signed_in: SignedIn, request_: AidRequest, offer: AidOffer
) -> None:
    other = offered(cast, request_, by=cast.lou, count=1, cost=77_77)

    def seen(post: Post) -> dict[int, object]:
        found = requests.find(request_.number, visible_to=post)
        rows = requests.offers(found, visible_to=post)
        return {one.number: (one.cost, one.conditions) for one in rows}

    assert seen(cast.xia) == {
        offer.number: (2 * COST, "Hidden lodging near the site"), other.number: (0, "")
    }  # fmt: skip
    assert seen(cast.he)[other.number] == (77_77, "Hidden lodging near the site")
    page = signed_in(cast.xia).get(f"/aid/{request_.number}").content.decode()
    assert "77.77" not in page
    assert signed_in(cast.ou).get(f"/aid/{request_.number}").status_code == 404

    signed(cast, draft_agreement(offer=other, by=cast.he, at=AT + 2 * HOUR))
    assert seen(cast.xia)[other.number] == (77_77, "Hidden lodging near the site")


def test_missed_limits_go_up_the_line(cast: Cast, works: Works, stay: Deployment) -> None:
    units = cast.units
    works.at(AT + DAY + HOUR)
    running = {c.rule: c for c in Clock.objects.filter(state=State.RUNNING)}
    met = {c.rule for c in Clock.objects.filter(state=State.MET)}
    missed = Clock.objects.get(rule="aid-answer", state=State.MISSED)

    assert {"aid-answer", "aid-signature"} <= met
    assert missed.owners == [units["hz-command"].id]
    assert running["aid-arrival"].owners == [units["hz-health"].id]
    assert running["aid-return"].owners == [units["wz-command"].id]

    confirm_arrival(deployment=stay, by=cast.he, at=AT + 2 * DAY)
    works.at(AT + 13 * DAY)
    assert Clock.objects.get(rule="aid-arrival").state == State.MET
    assert Clock.objects.get(rule="aid-return").state == State.MISSED


def test_the_load_counts_who_is_here_and_who_is_agreed() -> None:
    days = load(
        [Stay(date(2020, 2, 2), date(2020, 2, 3), 12),
         Stay(date(2020, 2, 3), date(2020, 2, 4), 30, sure=False)],
        [(date(2020, 2, 2), 40)], first=date(2020, 2, 1), days=4,
    )  # fmt: skip

    assert [(d.here, d.agreed, d.room, d.beyond) for d in days] == [
        (0, 0, None, 0), (12, 0, 40, 0), (12, 30, 40, 2), (0, 30, 40, 0)
    ]  # fmt: skip


def test_the_host_is_warned_when_more_come_than_it_can_lodge(
    cast: Cast, signed_in: SignedIn, here: Deployment
) -> None:
    set_hosting(people=20, since=TODAY, by=cast.he, at=AT)
    days = agreements.load(cast.units["wz-command"], visible_to=cast.he, at=AT + 3 * DAY)
    page = signed_in(cast.he).get("/aid/hosting?from=2020-02-05").content.decode()

    assert days[0].beyond == 4
    assert "more people are expected than can be lodged" in page


def test_names_of_edxl_messages_are_of_acts_that_there_are() -> None:
    assert set(EDXL_RM) <= set(known())


def test_the_agreement_is_printed_in_both_languages(
    cast: Cast, signed_in: SignedIn, here: Deployment
) -> None:
    number = here.agreement.number
    page = signed_in(cast.xia).get(f"/aid/agreements/{number}/paper").content.decode()

    assert "受援方" in page
    assert "Licences given in the sending region are recognised" in page
    assert signed_in(cast.mei).get(f"/aid/agreements/{number}/paper").status_code == 404

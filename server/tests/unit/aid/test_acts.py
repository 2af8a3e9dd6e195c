"""Each act happens, is refused to who sees it but may not, is invisible to others, and leaves
nothing behind when it cannot be written down."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from unit.aid.conftest import AT, COST, DAY, HOUR, TODAY, called, offered, published, signed

from tongzhou.actors.models import Post
from tongzhou.aid import models
from tongzhou.aid.actions.amend_agreement import BelowWhatHappened, amend_agreement
from tongzhou.aid.actions.ask_payment import PaymentRuns, ask_payment
from tongzhou.aid.actions.cancel_agreement import SentAlready, cancel_agreement
from tongzhou.aid.actions.change import (
    AgreementNotInForce,
    AidCostWrong,
    AidCountWrong,
    AidDaysTurned,
    AidOtherSide,
    CallOver,
)
from tongzhou.aid.actions.claim_cost import (
    CostBeyondAgreed,
    CostItem,
    GivenFreely,
    NothingCame,
    claim_cost,
)
from tongzhou.aid.actions.close_request import close_request
from tongzhou.aid.actions.confirm_arrival import confirm_arrival
from tongzhou.aid.actions.confirm_home import confirm_home
from tongzhou.aid.actions.cost_acts import CostSettled
from tongzhou.aid.actions.decline_offer import decline_offer
from tongzhou.aid.actions.decline_request import OfferStands, decline_request
from tongzhou.aid.actions.deploy import BeyondAgreement, deploy
from tongzhou.aid.actions.draft_agreement import BeyondOffer, draft_agreement
from tongzhou.aid.actions.drafting import GiftWithCost
from tongzhou.aid.actions.end_requests import end_requests
from tongzhou.aid.actions.give_cost import give_cost
from tongzhou.aid.actions.offer_acts import OfferNotOpen
from tongzhou.aid.actions.offer_aid import AidBeyondAsked
from tongzhou.aid.actions.prolong_request import prolong_request
from tongzhou.aid.actions.publish_package import (
    PackageCodeWrong,
    PackageEmpty,
    PackageItem,
    PackageOfAnother,
)
from tongzhou.aid.actions.refuse_cost import refuse_cost
from tongzhou.aid.actions.release import release
from tongzhou.aid.actions.request_aid import AidToOneself, NobodyAsked
from tongzhou.aid.actions.retire_package import PackageRetired, retire_package
from tongzhou.aid.actions.set_hosting import set_hosting
from tongzhou.aid.actions.sign_agreement import (
    NothingToSign,
    SignedTwice,
    VersionMoved,
    sign_agreement,
)
from tongzhou.aid.actions.signing import AgreementGone, SignsForBoth
from tongzhou.aid.actions.stays import NeverCame
from tongzhou.aid.actions.take_payment import PaidTwice, take_payment
from tongzhou.aid.actions.withdraw_offer import withdraw_offer
from tongzhou.demo.cast import Cast
from tongzhou.funds.actions.approve_spending import approve_spending
from tongzhou.funds.actions.pay_spending import pay_spending
from tongzhou.funds.actions.refuse_spending import refuse_spending
from tongzhou.funds.models import Fund
from tongzhou.kernel.errors import NotAllowed, NotFound, NothingChanged, ReasonMissing, Refusal
from tongzhou.ledger.models import Act

Broken = Callable[[], AbstractContextManager[None]]
LATER = AT + 3 * DAY


@dataclass(frozen=True)
class Given:
    """What the rows act on."""

    cast: Cast
    package: models.Package
    call: models.AidRequest
    open: models.AidRequest
    offer: models.AidOffer
    draft: models.Agreement
    force: models.Agreement
    way: models.Deployment
    here: models.Deployment
    back: models.Deployment
    cost: models.Cost
    fund: Fund


@dataclass(frozen=True)
class Row:
    """An act: its type, who does it, how; who sees the thing but may not, and who does not see
    it (None: nobody is so)."""

    type: str
    by: str
    do: Callable[[Given, Post], Any]
    refused: str | None = "gu"
    hidden: str | None = "ou"


@pytest.fixture
def given(cast: Cast, package: models.Package, fund: Fund) -> Given:
    """One of everything."""
    call = called(cast, count=20)

    def in_force() -> models.Agreement:
        return signed(
            cast, draft_agreement(offer=offered(cast, call), by=cast.he, at=AT + 2 * HOUR)
        )

    def arrived(of: models.Agreement) -> models.Deployment:
        one = deploy(agreement=of, count=1, by=cast.xia, at=AT + DAY)
        return confirm_arrival(deployment=one, by=cast.he, at=AT + 2 * DAY)

    force, other = in_force(), in_force()
    return Given(
        cast=cast, package=package, call=call, open=called(cast), fund=fund,
        offer=offered(cast, call), force=force,
        draft=draft_agreement(offer=offered(cast, call), by=cast.he, at=AT + 2 * HOUR),
        way=deploy(agreement=force, count=1, by=cast.xia, at=AT + DAY), here=arrived(other),
        back=release(deployment=arrived(other), by=cast.he, at=LATER),
        cost=claim_cost(agreement=other, lines=[CostItem("Fuel", 5)], by=cast.xia, at=LATER),
    )  # fmt: skip


def asked_of(g: Given, by: Post) -> Any:
    return called(g.cast, by=by, asked=[g.cast.units["hz-health"]])


def spent(g: Given, by: Post) -> Any:
    return ask_payment(cost=g.cost, fund=g.fund, by=by, at=LATER)


# fmt: off
ROWS = (
    Row("aid.package_published.v1", "xia", lambda g, by: published(
        g.cast, code="second", unit=g.cast.units["hz-health"], by=by), "ou", None),
    Row("aid.package_retired.v1", "xia",
        lambda g, by: retire_package(package=g.package, by=by, at=AT), "ou", None),
    Row("aid.hosting_set.v1", "he", lambda g, by: set_hosting(
        people=5, since=TODAY, unit=g.cast.units["wz-command"], by=by, at=AT), "lou", None),
    Row("aid.requested.v1", "he", asked_of, "ruan", None),
    Row("aid.prolonged.v1", "he", lambda g, by: prolong_request(
        request=g.call, ends_on=TODAY + 30 * DAY, reason="More", by=by, at=LATER), "xia"),
    Row("aid.offered.v1", "xia", lambda g, by: offered(g.cast, g.call, by=by), "he"),
    Row("aid.offer_declined.v1", "he",
        lambda g, by: decline_offer(offer=g.offer, reason="No", by=by, at=LATER), "xia"),
    Row("aid.offer_withdrawn.v1", "xia",
        lambda g, by: withdraw_offer(offer=g.offer, reason="No", by=by, at=LATER), "he"),
    Row("aid.drafted.v1", "he",
        lambda g, by: draft_agreement(offer=g.offer, by=by, at=LATER), "xia"),
    Row("aid.signed.v1", "lou",
        lambda g, by: sign_agreement(agreement=g.draft, by=by, at=LATER), "xia"),
    Row("aid.amended.v1", "xia", lambda g, by: amend_agreement(
        agreement=g.force, ends_on=TODAY + 20 * DAY, reason="Longer", by=by, at=LATER), "shen"),
    Row("aid.agreement_cancelled.v1", "he", lambda g, by: cancel_agreement(
        agreement=g.draft, reason="Enough", by=by, at=LATER), "shen"),
    Row("aid.left.v1", "xia",
        lambda g, by: deploy(agreement=g.force, count=1, by=by, at=LATER), "lou"),
    Row("aid.arrived.v1", "he",
        lambda g, by: confirm_arrival(deployment=g.way, by=by, at=LATER), "lou"),
    Row("aid.released.v1", "he", lambda g, by: release(deployment=g.here, by=by, at=LATER), "lou"),
    Row("aid.home.v1", "xia", lambda g, by: confirm_home(deployment=g.back, by=by, at=LATER),
        "lou"),
    Row("aid.cost_claimed.v1", "xia", lambda g, by: claim_cost(
        agreement=g.cost.agreement, lines=[CostItem("Fuel", 5)], by=by, at=LATER), "lou"),
    Row("aid.cost_accepted.v1", "he", spent, "shen"),
    Row("aid.cost_refused.v1", "he",
        lambda g, by: refuse_cost(cost=g.cost, reason="No", by=by, at=LATER), "shen"),
    Row("aid.cost_given.v1", "xia",
        lambda g, by: give_cost(cost=g.cost, reason="Thanks", by=by, at=LATER), "shen"),
    Row("aid.answered.v1", "xia", lambda g, by: decline_request(
        request=g.open, reason="All are out", by=by, at=LATER), "he"),
    Row("aid.closed.v1", "he",
        lambda g, by: close_request(request=g.open, reason="Enough", by=by, at=LATER), "xia"),
)
# fmt: on


def counted() -> list[int]:
    """How many rows there are of everything, and what of them can change."""
    tables = (models.Package, models.AidRequest, models.AidOffer, models.Agreement,
              models.Version, models.Deployment, models.Cost, models.Hosting)  # fmt: skip
    sums = [
        hash(tuple(table._default_manager.order_by("id").values_list(*names)))
        for table, names in (
            (models.Agreement, ("state", "sent", "claimed", "reserved")),
            (models.Deployment, ("arrived", "released", "home")),
            (models.AidOffer, ("state",)),
            (models.AidRequest, ("ends_on", "closed_at")),
            (models.Cost, ("state",)),
            (models.Asked, ("answer",)),
        )
    ]
    return [*(table._default_manager.count() for table in tables), *sums]


def test_every_act_happens_and_nobody_else_may(given: Given, broken_ledger: Broken) -> None:
    wrong: dict[str, object] = {}
    for row in ROWS:
        before = counted()
        for name, refusal in ((row.refused, (NotAllowed, AidOtherSide)), (row.hidden, NotFound)):
            if name is None:
                continue
            with pytest.raises(Refusal) as refused:
                row.do(given, given.cast.posts[name])
            if not isinstance(refused.value, refusal):
                wrong[f"{row.type} by {name}"] = refused.value
        with broken_ledger():
            row.do(given, given.cast.posts[row.by])
        if counted() != before:
            wrong[f"{row.type} leaves something behind"] = before
        point = transaction.savepoint()
        acts = Act.objects.filter(type=row.type).count()
        row.do(given, given.cast.posts[row.by])
        if Act.objects.filter(type=row.type).count() == acts:
            wrong[f"{row.type} is not written"] = acts
        transaction.savepoint_rollback(point)

    assert wrong == {}


def test_nobody_sets_off_under_one_signature(cast: Cast, draft: models.Agreement) -> None:
    sign_agreement(agreement=draft, by=cast.he, at=AT)

    with pytest.raises(AgreementNotInForce):
        deploy(agreement=draft, count=1, by=cast.xia, at=AT)
    with pytest.raises(AgreementNotInForce):
        claim_cost(agreement=draft, lines=[CostItem("Fuel", 5)], by=cast.xia, at=AT)


def test_each_side_signs_once_and_for_itself(cast: Cast, draft: models.Agreement) -> None:
    with pytest.raises(VersionMoved):
        sign_agreement(agreement=draft, version=2, by=cast.he, at=AT)
    with pytest.raises(SignsForBoth):
        sign_agreement(agreement=draft, by=cast.shen, at=AT)
    sign_agreement(agreement=draft, version=1, by=cast.he, at=AT)
    with pytest.raises(SignedTwice):
        sign_agreement(agreement=draft, by=cast.he, at=AT)
    sign_agreement(agreement=draft, by=cast.lou, at=AT)
    with pytest.raises(NothingToSign):
        sign_agreement(agreement=draft, by=cast.lou, at=AT)


def test_a_change_needs_both_again_and_the_old_holds_until_then(
    cast: Cast, agreement: models.Agreement, stay: models.Deployment
) -> None:
    with pytest.raises(NothingChanged):
        amend_agreement(agreement=agreement, reason="None", by=cast.xia, at=LATER)
    with pytest.raises(BelowWhatHappened):
        amend_agreement(agreement=agreement, count=1, reason="Less", by=cast.xia, at=LATER)
    with pytest.raises(AidBeyondAsked):
        amend_agreement(agreement=agreement, count=4, reason="More", by=cast.xia, at=LATER)
    with pytest.raises(GiftWithCost):
        amend_agreement(
            agreement=agreement, payment="gift", cost=5, reason="Gift", by=cast.xia, at=LATER
        )
    longer = TODAY + 20 * DAY
    amend_agreement(
        agreement=agreement, ends_on=longer, count=3, cost=3 * COST, reason="Longer", by=cast.xia,
        at=LATER,
    )  # fmt: skip
    sign_agreement(agreement=agreement, by=cast.lou, at=LATER)
    with pytest.raises(BeyondAgreement):
        deploy(agreement=agreement, count=1, by=cast.xia, at=LATER)
    sign_agreement(agreement=agreement, by=cast.he, at=LATER)

    agreement.refresh_from_db()
    assert (agreement.version, agreement.count, agreement.ends_on) == (2, 3, longer)
    told = Act.objects.filter(type="aid.stay_set.v1", about_id=stay.id).order_by("id")
    assert [date.fromisoformat(str(a.due_at)[:10]) for a in told if a.due_at] == [
        TODAY + 12 * DAY, longer
    ]  # fmt: skip


def test_offers_stay_within_what_is_asked(cast: Cast, request_: models.AidRequest) -> None:
    for wrong, refusal in (
        ({"count": 4}, AidBeyondAsked),
        ({"count": 0}, AidCountWrong),
        ({"count": -1}, AidCountWrong),
        ({"cost": -1}, AidCostWrong),
        ({"cost": 10**15}, AidCostWrong),
        ({"arrives_at": AT}, AidDaysTurned),
        ({"ends_on": TODAY}, AidDaysTurned),
        ({"people": -1}, AidCountWrong),
    ):
        with pytest.raises(refusal):
            offered(cast, request_, **wrong)
    first = offered(cast, request_)
    with pytest.raises(AidBeyondAsked):
        offered(cast, request_, count=2)
    with pytest.raises(BeyondOffer):
        draft_agreement(offer=first, count=3, by=cast.he, at=LATER)
    with pytest.raises(OfferStands):
        decline_request(request=request_, reason="No", by=cast.xia, at=LATER)
    other = offered(cast, request_, count=3, by=cast.lou)
    part = draft_agreement(offer=first, count=1, by=cast.he, at=AT + 2 * HOUR)
    with pytest.raises(AidBeyondAsked):
        draft_agreement(offer=other, by=cast.he, at=AT + 2 * HOUR)
    with pytest.raises(OfferNotOpen):
        withdraw_offer(offer=first, reason="No", by=cast.xia, at=LATER)

    assert part.versions.get().cost == COST


def test_calls_go_to_others_between_two_days(cast: Cast) -> None:
    units = cast.units
    for wrong, refusal in (
        ({"asked": [units["wz-command"]]}, AidToOneself),
        ({"asked": [units["zj-command"]]}, AidToOneself),
        ({"asked": []}, NobodyAsked),
        ({"ends_on": TODAY - DAY}, AidDaysTurned),
        ({"count": 0}, AidCountWrong),
        ({"reason": " "}, Refusal),
        ({"kind": "magic"}, Refusal),
    ):
        with pytest.raises(refusal):
            called(cast, **wrong)
    assert not models.AidRequest.objects.exists()


def test_a_call_ends_by_its_day_unless_it_is_prolonged(
    cast: Cast, request_: models.AidRequest
) -> None:
    with pytest.raises(AidDaysTurned):
        prolong_request(request=request_, ends_on=TODAY, reason="R", by=cast.he, at=LATER)
    with pytest.raises(ReasonMissing):
        prolong_request(
            request=request_, ends_on=TODAY + 20 * DAY, reason=" ", by=cast.he, at=LATER
        )
    prolong_request(request=request_, ends_on=TODAY + 20 * DAY, reason="R", by=cast.he, at=LATER)

    assert end_requests(at=AT + 20 * DAY) == 0
    assert [end_requests(at=AT + 21 * DAY), end_requests(at=AT + 21 * DAY)] == [1, 0]
    with pytest.raises(CallOver):
        offered(cast, request_, arrives_at=AT + 22 * DAY, ends_on=TODAY + 23 * DAY)
    spared = Act.objects.filter(type="aid.spared.v1")
    assert spared.count() == 2


def test_nobody_goes_home_who_never_came(cast: Cast, stay: models.Deployment) -> None:
    for wrong in (
        lambda: release(deployment=stay, by=cast.he, at=LATER),
        lambda: confirm_home(deployment=stay, by=cast.xia, at=LATER),
        lambda: confirm_arrival(deployment=stay, count=3, by=cast.he, at=LATER),
    ):
        with pytest.raises((NeverCame, AidCountWrong)):
            wrong()
    with pytest.raises(NothingCame):
        claim_cost(agreement=stay.agreement, lines=[CostItem("F", 5)], by=cast.xia, at=LATER)
    confirm_arrival(deployment=stay, count=1, by=cast.he, at=LATER)
    with pytest.raises(NeverCame):
        release(deployment=stay, count=2, by=cast.he, at=LATER)
    with pytest.raises(SentAlready):
        cancel_agreement(agreement=stay.agreement, reason="No", by=cast.he, at=LATER)

    back = release(deployment=stay, difference="One is ill", by=cast.he, at=LATER)
    assert (back.on_the_way, back.here, back.going_home, back.early) == (1, 0, 1, True)


def test_cost_is_paid_once_and_never_beyond_the_agreed(
    cast: Cast, cost: models.Cost, fund: Fund
) -> None:
    agreement = cost.agreement
    with pytest.raises(CostBeyondAgreed):
        claim_cost(agreement=agreement, lines=[CostItem("More", 1)], by=cast.xia, at=LATER)
    for amount in (0, -5):
        with pytest.raises(AidCostWrong):
            claim_cost(agreement=agreement, lines=[CostItem("W", amount)], by=cast.xia, at=LATER)
    first = ask_payment(cost=cost, fund=fund, by=cast.he, at=LATER).spending
    assert first is not None
    with pytest.raises(PaymentRuns):
        ask_payment(cost=cost, fund=fund, by=cast.he, at=LATER)
    refuse_spending(spending=first, reason="Later", by=cast.shen, at=LATER)
    second = ask_payment(cost=cost, fund=fund, by=cast.he, at=LATER).spending
    assert second is not None
    approve_spending(spending=second, amount=COST, by=cast.shen, at=LATER)
    pay_spending(spending=second, by=cast.he, at=LATER)

    with pytest.raises(CostSettled):
        refuse_cost(cost=cost, reason="No", by=cast.he, at=LATER)
    with pytest.raises(PaidTwice):
        take_payment(cost=cost.id, spending=second.id, total=5, by=cast.he, at=LATER)
    agreement.refresh_from_db()
    assert (agreement.paid, agreement.claimed, agreement.cost) == (COST, COST, 2 * COST)


def test_what_is_given_or_refused_can_be_claimed_no_more_than_agreed(
    cast: Cast, cost: models.Cost
) -> None:
    refuse_cost(cost=cost, reason="No invoice", by=cast.he, at=LATER)
    again = claim_cost(
        agreement=cost.agreement, lines=[CostItem("W", 2 * COST)], by=cast.xia, at=LATER
    )
    give_cost(cost=again, reason="For the sake of it", by=cast.xia, at=LATER)

    cost.agreement.refresh_from_db()
    assert (cost.agreement.claimed, cost.agreement.paid) == (0, 0)


def test_a_gift_is_not_reimbursed(cast: Cast, offer: models.AidOffer) -> None:
    gift = draft_agreement(offer=offer, payment="gift", by=cast.he, at=AT + 2 * HOUR)
    signed(cast, gift)

    with pytest.raises(GivenFreely):
        claim_cost(agreement=gift, lines=[CostItem("F", 5)], by=cast.xia, at=LATER)
    assert gift.cost == 0


def test_a_cancelled_agreement_asks_anew(cast: Cast, agreement: models.Agreement) -> None:
    cancel_agreement(agreement=agreement, reason="They cannot", by=cast.xia, at=LATER)

    with pytest.raises(AgreementGone):
        sign_agreement(agreement=agreement, by=cast.he, at=LATER)
    with pytest.raises(AgreementNotInForce):
        deploy(agreement=agreement, count=1, by=cast.xia, at=LATER)
    assert offered(cast, agreement.request, count=3).count == 3


def test_packages_have_versions_and_an_owner(cast: Cast, package: models.Package) -> None:
    again = published(cast, days=12)
    line = PackageItem("people", Decimal(1), skill="nurse")
    with pytest.raises(PackageOfAnother):
        published(cast, by=cast.he)
    for wrong, refusal in (
        ({"code": "new"}, PackageCodeWrong),
        ({"code": "a/b"}, PackageCodeWrong),
        ({"lines": []}, PackageEmpty),
        ({"days": 0}, AidCountWrong),
        ({"lines": [PackageItem("people", Decimal("0.5"), skill="x")]}, AidCountWrong),
        ({"lines": [PackageItem("goods", Decimal("NaN"), what="x")]}, AidCountWrong),
        ({"lines": [PackageItem("goods", Decimal(1), what="x", cost=-1)]}, AidCostWrong),
        ({"lines": [line], "until": date(2019, 1, 1)}, AidDaysTurned),
    ):
        with pytest.raises(refusal):
            published(cast, **({"code": "other"} | wrong))
    package.refresh_from_db()
    with pytest.raises(PackageRetired):
        retire_package(package=package, by=cast.xia, at=AT)

    assert (again.version, again.people, again.total) == (2, 12, COST)

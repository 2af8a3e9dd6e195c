"""Mutual aid of the cast: Wenzhou's headquarters calls, Hangzhou's health commission sends, and
Hangzhou's headquarters, above it, signs for it."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from unit.clocks.conftest import works as works

from tongzhou.aid.actions.claim_cost import CostItem, claim_cost
from tongzhou.aid.actions.confirm_arrival import confirm_arrival
from tongzhou.aid.actions.deploy import deploy
from tongzhou.aid.actions.draft_agreement import draft_agreement
from tongzhou.aid.actions.offer_aid import offer_aid
from tongzhou.aid.actions.publish_package import PackageItem, publish_package
from tongzhou.aid.actions.request_aid import request_aid
from tongzhou.aid.actions.sign_agreement import sign_agreement
from tongzhou.aid.models import Agreement, AidOffer, AidRequest, Cost, Deployment, Package
from tongzhou.demo.cast import Cast
from tongzhou.funds.actions.open_fund import open_fund
from tongzhou.funds.actions.receive_money import receive_money
from tongzhou.funds.models import Fund

AT = datetime(2020, 2, 3, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = AT.date()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
#: What one package costs: two lines.
COST = 6_000_00


def published(cast: Cast, **changed: Any) -> Package:
    """A sampling team of twelve, with a van, for ten days."""
    given: dict[str, Any] = {
        "code": "hz-sampling", "name_zh": "核酸采样队", "name_en": "Sampling team",
        "kind": "testing", "days": 10, "since": date(2020, 1, 1),
        "lines": [
            PackageItem("people", Decimal(12), skill="sampling", licence="nurse", cost=5_000_00),
            PackageItem("equipment", Decimal(1), what="Van with a lab", cost=1_000_00),
        ],
        "by": cast.xia, "at": AT,
    }  # fmt: skip
    return publish_package(**(given | changed))


def called(cast: Cast, **changed: Any) -> AidRequest:
    """Wenzhou asks for three teams, of two units of Hangzhou."""
    given: dict[str, Any] = {
        "kind": "testing", "what": "Sampling teams for Lucheng", "count": 3,
        "asked": [cast.units["hz-health"], cast.units["hz-command"]], "starts_on": TODAY,
        "ends_on": TODAY + 14 * DAY, "priority": 2, "reason": "The whole district is tested",
        "by": cast.he, "at": AT,
    }  # fmt: skip
    return request_aid(**(given | changed))


def offered(cast: Cast, request: AidRequest, **changed: Any) -> AidOffer:
    """The commission offers two teams."""
    given: dict[str, Any] = {
        "request": request, "count": 2, "arrives_at": AT + 2 * DAY, "ends_on": TODAY + 12 * DAY,
        "people": 12, "cost": 2 * COST, "conditions": "Hidden lodging near the site",
        "by": cast.xia, "at": AT + HOUR,
    }  # fmt: skip
    return offer_aid(**(given | changed))


def signed(cast: Cast, agreement: Agreement, *, at: datetime = AT + 3 * HOUR) -> Agreement:
    """By both sides."""
    sign_agreement(agreement=agreement, by=cast.he, at=at)
    sign_agreement(agreement=agreement, by=cast.lou, at=at)
    agreement.refresh_from_db()
    return agreement


@pytest.fixture
def package(cast: Cast) -> Package:
    return published(cast)


@pytest.fixture
def request_(cast: Cast) -> AidRequest:
    """A call that waits for answers."""
    return called(cast)


@pytest.fixture
def offer(cast: Cast, request_: AidRequest) -> AidOffer:
    return offered(cast, request_)


@pytest.fixture
def draft(cast: Cast, offer: AidOffer) -> Agreement:
    """An agreement that nobody signed."""
    return draft_agreement(offer=offer, by=cast.he, at=AT + 2 * HOUR)


@pytest.fixture
def agreement(cast: Cast, draft: Agreement) -> Agreement:
    """In force."""
    return signed(cast, draft)


@pytest.fixture
def stay(cast: Cast, agreement: Agreement) -> Deployment:
    """Both teams, on the way."""
    return deploy(agreement=agreement, count=2, by=cast.xia, at=AT + DAY)


@pytest.fixture
def here(cast: Cast, stay: Deployment) -> Deployment:
    """Both teams, with the host."""
    return confirm_arrival(deployment=stay, place="Hotel", by=cast.he, at=AT + 2 * DAY)


@pytest.fixture
def cost(cast: Cast, here: Deployment) -> Cost:
    """Claimed in whole."""
    lines = [CostItem("Wages", 10_000_00), CostItem("Fuel", 2_000_00)]
    return claim_cost(agreement=here.agreement, lines=lines, by=cast.xia, at=AT + 12 * DAY)


@pytest.fixture
def fund(cast: Cast) -> Fund:
    """Wenzhou's, with enough in it."""
    made = open_fund(
        code="wz-budget", name_zh="温州预算", source="budget", starts_on=date(2020, 1, 1),
        by=cast.he, at=AT,
    )  # fmt: skip
    receive_money(fund=made, amount=50_000_00, reference="D", by=cast.he, at=AT)
    return made

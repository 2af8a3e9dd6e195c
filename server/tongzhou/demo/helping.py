"""Aid between regions as the script writes it: days as moments, lines and amounts as text."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from tongzhou.actors.models import Post, Unit
from tongzhou.aid.actions.amend_agreement import amend_agreement
from tongzhou.aid.actions.ask_payment import ask_payment
from tongzhou.aid.actions.claim_cost import CostItem, claim_cost
from tongzhou.aid.actions.offer_aid import offer_aid
from tongzhou.aid.actions.publish_package import PackageItem, publish_package
from tongzhou.aid.actions.request_aid import request_aid
from tongzhou.aid.actions.set_hosting import set_hosting
from tongzhou.aid.models import Agreement, AidOffer, AidRequest, Cost, Package, Version
from tongzhou.funds import money
from tongzhou.funds.models import Fund, Spending


def _days(given: dict[str, Any], *names: str) -> dict[str, Any]:
    return {
        name: timezone.localtime(value).date() if name in names else value
        for name, value in given.items()
    }


def prepare(*, lines: Sequence[str], since: datetime, **given: Any) -> Package:
    """A package is published; lines as "people 12 60000 sampling|nurse" – part, how many, cost,
    then what: of people the skill, behind a bar the licence."""
    made = []
    for line in lines:
        part, quantity, cost, what = line.split(" ", 3)
        skill, _bar, licence = what.partition("|") if part == "people" else ("", "", "")
        made.append(
            PackageItem(
                part,
                Decimal(quantity),
                what="" if part == "people" else what,
                skill=skill,
                licence=licence,
                cost=money.read(cost),
            )
        )
    return publish_package(lines=made, since=timezone.localtime(since).date(), **given)


def call(*, asked: Sequence[Unit], **given: Any) -> AidRequest:
    """A region calls."""
    return request_aid(asked=list(asked), **_days(given, "starts_on", "ends_on"))


def offer(*, cost: str, **given: Any) -> AidOffer:
    """A unit offers."""
    return offer_aid(cost=money.read(cost), **_days(given, "ends_on"))


def amend(*, cost: str = "", **given: Any) -> Version:
    """An agreement is changed."""
    given["cost"] = money.read(cost) if cost else None
    return amend_agreement(**_days(given, "ends_on"))


def lodge(*, people: int, since: datetime, by: Post, at: datetime) -> None:
    """A host says how many it can lodge."""
    set_hosting(people=people, since=timezone.localtime(since).date(), by=by, at=at)


def claim(
    *, agreement: Agreement, lines: Sequence[str], by: Post, at: datetime, id: UUID | None = None
) -> Cost:
    """Cost is claimed; lines as "104000 wages of the team"."""
    parts = [line.split(" ", 1) for line in lines]
    items = [CostItem(what, money.read(amount)) for amount, what in parts]
    return claim_cost(agreement=agreement, lines=items, by=by, at=at, id=id)


def pay(
    *, cost: Cost, fund: Fund, purpose: str, by: Post, at: datetime, id: UUID | None = None
) -> Spending:
    """A fund is asked to pay; what comes back is the request for money."""
    found = ask_payment(cost=cost, fund=fund, purpose=purpose, by=by, at=at, id=id).spending
    assert found is not None
    return found

"""Money as the script writes it: days as moments, amounts and quantities as text."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from tongzhou.actors.models import Post, Unit
from tongzhou.funds import money
from tongzhou.funds.actions.answer_claim import answer_claim
from tongzhou.funds.actions.make_claim import Line, make_claim
from tongzhou.funds.actions.open_fund import open_fund
from tongzhou.funds.actions.pay_spending import pay_spending
from tongzhou.funds.actions.plan_spending import plan_spending
from tongzhou.funds.actions.pledge_gift import pledge_gift
from tongzhou.funds.actions.receive_gift import receive_gift
from tongzhou.funds.actions.receive_money import receive_money
from tongzhou.funds.actions.request_spending import request_spending
from tongzhou.funds.actions.use_gift import use_gift
from tongzhou.funds.models import Claim, Fund, Gift, Payment, Planned, Posting, Spending


def _plain(given: Mapping[str, Any]) -> dict[str, Any]:
    days = {"starts_on", "ends_on", "since", "until", "needed_on", "expected_on"}
    return {
        name: timezone.localtime(value).date() if name in days
        else money.read(value) if name == "amount" and isinstance(value, str)
        else Decimal(value) if name == "quantity"
        else value
        for name, value in given.items()
    }  # fmt: skip


def opened(**given: Any) -> Fund:
    """Opens a fund."""
    return open_fund(**_plain(given))


def received(**given: Any) -> Posting:
    """Takes money in."""
    return receive_money(**_plain(given))


def promised(**given: Any) -> Gift:
    """A gift is promised; the number in ``by`` may be nobody's."""
    return pledge_gift(**_plain(given))


def arrived(**given: Any) -> Gift:
    """A gift arrives."""
    return receive_gift(**_plain(given))


def used(**given: Any) -> Posting:
    """Goods are handed out."""
    return use_gift(**_plain(given))


def asked(*, claim: Claim | None = None, **given: Any) -> Spending:
    """Money is asked for; for a claim, all that was accepted of it, for whoever made it."""
    if claim is not None:
        claim.refresh_from_db()
        given |= {
            "for_kind": "claim", "for_id": claim.id, "payee": claim.unit,
            "amount": claim.accepted or 0,
        }  # fmt: skip
    return request_spending(**_plain(given))


def paid(**given: Any) -> Payment:
    """Money is paid."""
    return pay_spending(**_plain(given))


def planned(**given: Any) -> Planned:
    """Spending is planned."""
    return plan_spending(**_plain(given))


def claimed(
    *,
    answerer: Unit,
    since: datetime,
    until: datetime,
    what: str,
    lines: Sequence[str],
    by: Post,
    at: datetime,
    files: Sequence[Any] = (),
    id: UUID | None = None,
) -> Claim:
    """Cost is claimed; lines as "gate-hour 120"."""
    parted = [line.split() for line in lines]
    return make_claim(
        answerer=answerer,
        since=timezone.localtime(since).date(),
        until=timezone.localtime(until).date(),
        what=what,
        lines=[Line(item, Decimal(quantity)) for item, quantity in parted],
        files=files,
        by=by,
        at=at,
        id=id,
    )


def answered(
    *, claim: Claim, by: Post, at: datetime, accepted: Sequence[str] = (), reason: str = ""
) -> Claim:
    """A claim is answered; what is accepted as "gate-hour 2800"."""
    parts = [line.split() for line in accepted]
    amounts = {item: money.read(amount) for item, amount in parts}
    return answer_claim(claim=claim, accepted=amounts, reason=reason, by=by, at=at)

"""Interests as the script writes them: amounts and hours as text."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from tongzhou.actors.models import Post, Unit
from tongzhou.funds import money
from tongzhou.interests.actions.promise_compensation import promise_compensation
from tongzhou.interests.actions.propose_terms import propose_terms
from tongzhou.interests.actions.record_figures import Given, record_figures
from tongzhou.interests.actions.stake_acts import Words
from tongzhou.interests.actions.state_stake import state_stake
from tongzhou.interests.models import Compensation, Conflict, Mediation, Stake, TensionFigure
from tongzhou.places.models import Area


def stated(
    *,
    stake: str,
    by: Post,
    at: datetime,
    cost: str = "",
    hours: str = "0",
    red_line: str = "",
    wish: str = "",
    **where: Any,
) -> Stake:
    """A unit says what is at stake for it."""
    words = Words(
        stake=stake, cost=money.read(cost) if cost else 0, hours=Decimal(hours),
        red_line=red_line, wish=wish,
    )  # fmt: skip
    return state_stake(words=words, by=by, at=at, **where)


def proposed(*, agreed: str = "", **given: Any) -> Mediation:
    """A mediator proposes terms."""
    return propose_terms(agreed=money.read(agreed) if agreed else 0, **given)


def promised(*, conflict: Conflict, receiver: Unit, amount: str, **given: Any) -> Compensation:
    """A unit promises compensation."""
    return promise_compensation(
        conflict=conflict, receiver=receiver, amount=money.read(amount), **given
    )


def measured(
    *, area: Area, figures: list[str], year: int, source: str, by: Post, at: datetime
) -> list[TensionFigure]:
    """Figures of an area, as "density 3200"."""
    parted = [line.split() for line in figures]
    given = [Given(area, name, Decimal(value), year, source) for name, value in parted]
    return record_figures(figures=given, by=by, at=at)

"""Interests of the cast: the street closes the north gate; the property firm pays for the guards,
the volunteers need the passage. The district's command mediates."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from unit.clocks.conftest import works as works

from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.incidents.models import Incident, IncidentParty
from tongzhou.interests.actions.answer_terms import answer_terms
from tongzhou.interests.actions.close_mediation import close_mediation
from tongzhou.interests.actions.declare_conflict import declare_conflict
from tongzhou.interests.actions.open_mediation import open_mediation
from tongzhou.interests.actions.propose_terms import propose_terms
from tongzhou.interests.actions.stake_acts import Words
from tongzhou.interests.actions.state_stake import state_stake
from tongzhou.interests.models import Conflict, Stake

AT = datetime(2020, 2, 3, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Stating = Callable[..., Stake]


def said(**changed: Any) -> Words:
    """Words of a stake."""
    given: dict[str, Any] = {
        "stake": "Hidden guards at the gate", "cost": 800_00, "hours": Decimal("120.5"),
        "red_line": "Hidden red line", "wish": "Two guards paid",
    }  # fmt: skip
    return Words(**(given | changed))


@pytest.fixture
def incident(cast: Cast) -> Incident:
    """An incident that street, firm and volunteers have to do with."""
    made = open_incident(
        code="out",
        title_zh="疫情",
        title_en="Outbreak",
        area=cast.areas["330106"],
        by=cast.shen,
        at=AT,
    )
    for name in ("beishan-street", "baoshi-property", "lvyuan-volunteers", "xh-command"):
        IncidentParty.objects.get_or_create(
            incident=made, unit=cast.units[name], defaults={"relations": ["tasked"]}
        )
    return made


@pytest.fixture
def firm(cast: Cast, incident: Incident) -> Stake:
    """What is at stake for the property firm."""
    return state_stake(words=said(), incident=incident, by=cast.pan, at=AT)


@pytest.fixture
def team(cast: Cast, incident: Incident) -> Stake:
    """What is at stake for the volunteers."""
    return state_stake(words=said(stake="Passage"), incident=incident, by=cast.chu, at=AT)


@pytest.fixture
def conflict(cast: Cast, firm: Stake, team: Stake) -> Conflict:
    """The firm says that both cannot be met."""
    return declare_conflict(
        one=firm, other=team, clash="access", severity=3, why="Hidden gate", by=cast.pan, at=AT
    )


@pytest.fixture
def mediated(cast: Cast, conflict: Conflict) -> Conflict:
    """The street was asked to mediate."""
    open_mediation(conflict=conflict, mediator=cast.units["beishan-street"], by=cast.chu, at=AT)
    conflict.refresh_from_db()
    return conflict


@pytest.fixture
def proposed(cast: Cast, mediated: Conflict) -> Conflict:
    """Terms of the street, with a thousand yuan."""
    propose_terms(
        conflict=mediated, outcome="settled", terms="Hidden terms", agreed=1000_00, by=cast.ye,
        at=AT + HOUR,
    )  # fmt: skip
    return mediated


@pytest.fixture
def settled(cast: Cast, proposed: Conflict) -> Conflict:
    """Both agreed, and the street closed it."""
    for post in (cast.pan, cast.chu):
        answer_terms(conflict=proposed, agreed=True, by=post, at=AT + 2 * HOUR)
    return close_mediation(conflict=proposed, by=cast.ye, at=AT + 3 * HOUR)

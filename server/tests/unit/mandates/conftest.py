"""A duty of the city, and the health commission charged with it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tongzhou.demo.cast import Cast
from tongzhou.mandates.actions.consent_charge import consent_charge
from tongzhou.mandates.actions.declare_duty import declare_duty
from tongzhou.mandates.actions.propose_charge import propose_charge
from tongzhou.mandates.models import Charge, Duty, Proposal

AT = datetime(2020, 1, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

Charging = Callable[..., Charge]


@pytest.fixture
def duty(cast: Cast) -> Duty:
    """Declared by Hangzhou's command; it needs power and people, and lies with districts and
    above."""
    return declare_duty(
        code="trace-contacts",
        name_zh="流行病学调查",
        name_en="Trace contacts",
        legal_basis="Infectious Disease Law, article 39",
        needs=["power", "people"],
        lowest="district",
        by=cast.lou,
        at=AT,
    )


@pytest.fixture
def door(cast: Cast) -> Duty:
    """A duty that anybody may be charged with."""
    return declare_duty(
        code="knock-on-doors",
        name_zh="入户走访",
        name_en="Knock on doors",
        needs=["people"],
        by=cast.lou,
        at=AT,
    )


@pytest.fixture
def proposal(cast: Cast, duty: Duty) -> Proposal:
    """The city's command asks its health commission to be accountable for the city."""
    return propose_charge(
        duty=duty,
        unit=cast.units["hz-health"],
        part="accountable",
        area=cast.areas["3301"],
        by=cast.lou,
        at=AT + HOUR,
    )


@pytest.fixture
def charge(cast: Cast, proposal: Proposal) -> Charge:
    """The health commission has consented."""
    return consent_charge(proposal=proposal, by=cast.xia, at=AT + 2 * HOUR).charge

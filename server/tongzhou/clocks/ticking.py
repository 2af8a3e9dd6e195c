"""The ticker: a thread of the worker that lets happen what is due.

It wakes at the next moment, or every second. It holds back to the oldest act that the clocks
have not read, so that a stop which is on its way still counts. Any number of tickers may run;
each row is in one hand at a time.
"""

import threading
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import Min

from tongzhou.clocks.applying import FOLLOWER, GRACE, OWN
from tongzhou.clocks.firing import BATCH, fire_due
from tongzhou.clocks.models import Clock
from tongzhou.kernel import clock
from tongzhou.kernel.beats import Pulse
from tongzhou.ledger import queries as ledger

PART: Final = "ticker"
_LONGEST, _SHORTEST = 1.0, 0.05  # seconds between two looks


def tick(*, at: datetime) -> int:
    """Lets happen what is due at ``at`` and can be known by now; returns of how many clocks."""
    until = ledger.applied_until(FOLLOWER, at=at - GRACE, but=OWN)
    return fire_due(until=until)


def catch_up(*, at: datetime) -> int:
    """As ``tick``, until nothing is left."""
    total = 0
    while fired := tick(at=at):
        total += fired
    return total


def wait(*, at: datetime) -> float:
    """Seconds until the next look."""
    (next_at,) = Clock.objects.aggregate(at=Min("next_at")).values()
    if next_at is None:
        return _LONGEST
    left: float = (next_at + GRACE - at).total_seconds()
    return min(_LONGEST, max(_SHORTEST, left + _SHORTEST))


def run(stop: threading.Event) -> None:
    """Ticks until ``stop`` is set. Raises OperationalError when the database goes away:
    whoever watches this process starts it again."""
    pulse = Pulse(PART, connection)
    try:
        while not stop.is_set():
            pulse.beat()
            with pulse.noting(PART):
                fired = tick(at=clock.now())
            if fired < BATCH:
                stop.wait(wait(at=clock.now()))
    finally:
        connection.close()

"""How often one sender may do something: counted in the database, where all processes see
it, in one statement, so that requests at the same time are all counted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.db import connection

from tongzhou.kernel import clock
from tongzhou.kernel.errors import TooMany
from tongzhou.kernel.models import RateCount

_COUNT = """
INSERT INTO kernel_ratecount AS c (sender, until, count) VALUES (%(sender)s, %(until)s, 1)
ON CONFLICT (sender) DO UPDATE SET
    count = CASE WHEN c.until <= %(now)s THEN 1 ELSE c.count + 1 END,
    until = CASE WHEN c.until <= %(now)s THEN excluded.until ELSE c.until END
RETURNING count, until
"""


class TooManyRequests(TooMany):
    """Too many of one sender; ``wait`` says for how many seconds."""

    code: ClassVar[str] = "too-many"

    @property
    def wait(self) -> int:
        """Seconds until the next attempt counts from one again."""
        return int(self.params["wait"])


@dataclass(frozen=True)
class Rate:
    """At most ``most`` times in ``every``, by each sender; ``name`` says what."""

    name: str
    most: int
    every: timedelta

    def count(self, sender: str) -> None:
        """Counts one more by this sender. Raises TooManyRequests from the one after
        ``most`` on. Call it outside of a transaction: a refusal must not undo it."""
        now = clock.now()
        with connection.cursor() as cursor:
            cursor.execute(
                _COUNT,
                {
                    "sender": f"{self.name}:{sender}"[:200],
                    "now": now,
                    "until": now + self.every,
                },
            )
            count, until = cursor.fetchone()
        if count > self.most:
            raise TooManyRequests(wait=max(1, round((until - now).total_seconds())))


def forget(*, at: datetime) -> int:
    """Deletes counts whose time is over; returns how many."""
    return RateCount.objects.filter(until__lt=at).delete()[0]

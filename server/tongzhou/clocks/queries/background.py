"""What works in the background, and how it is with it: alive, late, or dead since when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db import connection
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from tongzhou.kernel import periodic
from tongzhou.kernel.beats import DEAD_AFTER
from tongzhou.kernel.errors import Sentence
from tongzhou.ledger import follow
from tongzhou.ledger import queries as ledger

#: More than so long behind is late; a job gets longer, since it waits for its turn.
_LATE: Final = timedelta(seconds=10)
_LATE_JOB: Final = timedelta(minutes=2)

# All by the clock of the database, in which the parts beat.
_BEATS: Final = """
SELECT part, max(at),
    count(*) FILTER (WHERE at > clock_timestamp() - %s * interval '1 second'), max(failed_at),
    (array_agg(failure ORDER BY failed_at DESC NULLS LAST))[1]
FROM kernel_beat GROUP BY part
"""
_JOBS: Final = """
SELECT j.task_name,
    max(e.at) FILTER (WHERE e.type = 'succeeded'), max(e.at) FILTER (WHERE e.type = 'failed')
FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id
WHERE e.at > clock_timestamp() - interval '40 days' GROUP BY 1
"""
_QUEUE: Final = """
SELECT count(*) FILTER (WHERE status = 'todo'), count(*) FILTER (WHERE status = 'doing'),
    min(deferred) FILTER (WHERE status = 'todo'), clock_timestamp()
FROM procrastinate_jobs j LEFT JOIN LATERAL (
    SELECT coalesce(j.scheduled_at, max(e.at)) AS deferred FROM procrastinate_events e
    WHERE e.job_id = j.id AND e.type IN ('deferred', 'deferred_for_retry')
) d ON true
WHERE status IN ('todo', 'doing') AND coalesce(scheduled_at, '-infinity') <= clock_timestamp()
"""
_DUE: Final = """
SELECT count(*), min(next_at) FROM clocks_clock
WHERE next_at < clock_timestamp() - %s * interval '1 second'
"""


class Health(StrEnum):
    """How it is with a part."""

    ALIVE = "alive"
    LATE = "late"
    DEAD = "dead"
    NEVER = "never"


_HEALTH: Final[Mapping[Health, tuple[Sentence, str]]] = {
    Health.ALIVE: (_("alive"), "green"),
    Health.LATE: (_("behind"), "orange"),
    Health.DEAD: (_("dead"), "red"),
    Health.NEVER: (_("not run yet"), "grey"),
}


@dataclass(frozen=True)
class Part:
    """Something that works in the background. ``since``: since when it is late or dead;
    ``last``: its last sign of life, or the last run of a job; ``waiting``: how much lies before
    it; ``failure``: the class of its last failure."""

    kind: str
    name: str
    title: Sentence
    health: Health
    last: datetime | None = None
    since: datetime | None = None
    waiting: int = 0
    processes: int = 0
    failed_at: datetime | None = None
    failure: str = ""
    cron: str = ""

    @property
    def health_label(self) -> str:
        """How it is with it, in a word."""
        if self.kind == "job" and self.health is Health.ALIVE:
            return str(_("on time"))
        return str(_HEALTH[self.health][0])

    @property
    def tone(self) -> str:
        """The tone in which that is shown."""
        return _HEALTH[self.health][1]

    @property
    def well(self) -> bool:
        """True where there is nothing to worry about."""
        return self.health in {Health.ALIVE, Health.NEVER}


@dataclass(frozen=True)
class _Beat:
    at: datetime
    alive: int
    failed_at: datetime | None
    failure: str


_TITLES: Final[Mapping[str, Sentence]] = {
    "sealer": _("Sealer: gives acts their place in the ledger"),
    "worker": _("Worker: does the queued jobs"),
    "followers": _("Followers: carry sealed acts on"),
    "ticker": _("Ticker: lets time limits end"),
}


def beats() -> list[Part]:
    """All parts: processes and threads, followers of the ledger, the queue, periodic jobs. A
    fixed number of queries."""
    with connection.cursor() as cursor:
        cursor.execute(_BEATS, [DEAD_AFTER])
        known = {
            part: _Beat(at, alive, failed_at, failure or "")
            for part, at, alive, failed_at, failure in cursor.fetchall()
        }
        cursor.execute(_QUEUE)
        todo, doing, oldest, now = cursor.fetchone()
        cursor.execute(_DUE, [_LATE.total_seconds()])
        due, due_since = cursor.fetchone()
        cursor.execute(_JOBS)
        runs = {name: (done, failed) for name, done, failed in cursor.fetchall()}
    unsealed, unsealed_since = ledger.waiting()
    return [
        _part("sealer", known, now, waiting=unsealed, since=unsealed_since),
        _part("worker", known, now, waiting=todo + doing, since=oldest),
        _part("followers", known, now),
        _part("ticker", known, now, waiting=due, since=due_since),
        *_followers(known, now),
        *_periodic(runs, now),
    ]


def _part(
    name: str,
    known: Mapping[str, _Beat],
    now: datetime,
    *,
    waiting: int = 0,
    since: datetime | None = None,
) -> Part:
    beat = known.get(name)
    failed = known.get(f"follower:{name}", beat)
    health, begun = Health.ALIVE, None
    if beat is None:
        health = Health.DEAD
    elif not beat.alive:
        health, begun = Health.DEAD, beat.at
    elif since is not None and now - since > _LATE:
        health, begun = Health.LATE, since
    return Part(
        kind="part",
        name=name,
        title=_TITLES[name],
        health=health,
        last=beat.at if beat else None,
        since=begun,
        waiting=waiting,
        processes=beat.alive if beat else 0,
        failed_at=failed.failed_at if failed else None,
        failure=failed.failure if failed else "",
    )


def _followers(known: Mapping[str, _Beat], now: datetime) -> Iterator[Part]:
    reader = known.get("followers")
    for found in ledger.following():
        late = found.since is not None and now - found.since > _LATE
        dead = found.behind and (reader is None or not reader.alive)
        failed = known.get(f"follower:{found.name}")
        yield Part(
            kind="follower",
            name=found.name,
            title=follow.title_of(found.name),
            health=Health.DEAD if dead else Health.LATE if late else Health.ALIVE,
            last=reader.at if reader is not None else None,
            since=found.since if dead or late else None,
            waiting=found.behind,
            failed_at=failed.failed_at if failed else None,
            failure=failed.failure if failed else "",
        )


def _periodic(
    runs: Mapping[str, tuple[datetime | None, datetime | None]], now: datetime
) -> Iterator[Part]:
    registered = app.periodic_registry.periodic_tasks.values()
    for found in sorted(registered, key=lambda one: one.task.name):
        name = found.task.name
        done, failed = runs.get(name, (None, None))
        wanted = found.croniter.get_prev(ret_type=datetime, start_time=now)
        missing = done is not None and done < wanted and now - wanted > _LATE_JOB
        yield Part(
            kind="job",
            name=name,
            title=periodic.title_of(name),
            health=Health.LATE if missing else Health.NEVER if done is None else Health.ALIVE,
            last=done,
            since=wanted if missing else None,
            failed_at=failed,
            failure="",
            cron=found.cron,
        )

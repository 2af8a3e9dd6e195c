"""The three rates: answered in time, solved, satisfied; by unit, area, class or month."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language

from tongzhou.actors.models import Post
from tongzhou.library.kinds.hotline import Weights
from tongzhou.tasks.queries.tickets import class_title

#: Of fewer tickets no figure is shown: they would be somebody's own.
FEWEST: Final = 3
_NAMES: Final = {
    "unit": (
        "lead.code, lead.name_zh, lead.name_en",
        "JOIN actors_unit lead ON lead.id = t.lead_id",
    ),
    "area": ("a.code, a.name_zh, a.name_en", "JOIN places_area a ON a.id = t.area_id"),
    "class": ("tk.class_code, tk.template::text, ''", ""),
    "channel": ("tk.channel, '', ''", ""),
    "month": ("to_char(tk.registered_at AT TIME ZONE %(zone)s, 'YYYY-MM'), '', ''", ""),
}
GROUPS: Final = tuple(_NAMES)
_RATES: Final = """
SELECT {names}, count(*) FILTER (WHERE t.done_at IS NOT NULL OR t.due_at < %(at)s),
    count(*) FILTER (WHERE t.done_at <= t.due_at),
    count(tk.solved), count(*) FILTER (WHERE tk.solved),
    count(tk.satisfied), count(*) FILTER (WHERE tk.satisfied), count(*)
FROM tasks_ticket tk JOIN tasks_taskparty p ON p.task_id = tk.task_id
JOIN tasks_task t ON t.id = tk.task_id {join}
WHERE p.unit_id = %(unit)s AND p.exercise = %(exercise)s AND t.state NOT IN ('merged', 'withdrawn')
AND tk.registered_at >= %(since)s AND tk.registered_at < %(until)s
GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1 LIMIT 500
"""


@dataclass(frozen=True, slots=True)
class Rate:
    """Good of those that are known; ``missing``: of the rest nothing is known."""

    good: int
    known: int
    missing: int
    #: Kept back, as it would give away one that is too small to be shown.
    kept_back: bool = False

    @property
    def percent(self) -> float | None:
        """None where too few are known, or would become known."""
        if self.kept_back or self.known < FEWEST:
            return None
        return round(100 * self.good / self.known, 1)


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of one group. ``n``: tickets that were answered or should have been."""

    code: str
    label: str
    n: int
    registered: int
    answered: Rate
    solved: Rate
    satisfied: Rate
    kept_back: bool = False

    @property
    def shown(self) -> bool:
        """False of groups so small that a figure would be somebody's own, and of those by
        which it could be worked out from the sum."""
        return self.n >= FEWEST and not self.kept_back

    def weighted(self, weights: Weights) -> float | None:
        """The sum under the weights; None unless all three are known."""
        parts = (self.answered.percent, self.solved.percent, self.satisfied.percent)
        if not self.shown or None in parts:
            return None
        each = (weights.answered, weights.solved, weights.satisfied)
        return round(sum(w * (p or 0) for w, p in zip(each, parts, strict=True)) / 100, 1)


def rates(
    *, visible_to: Post, by: str, since: datetime, until: datetime, at: datetime, zone: str
) -> list[Rates]:
    """The rates of what the post may see, registered in the period, group by group; one
    query. Merged repeats count once, with the ticket that went on. ``by``: one of GROUPS."""
    names, join = _NAMES[by]
    statement = _RATES.format(names=names, join=join)
    params: dict[str, Any] = {
        "unit": visible_to.unit_id,
        "exercise": visible_to.exercise,
        "since": since,
        "until": until,
        "at": at,
        "zone": zone,
    }
    with connection.cursor() as database:
        database.execute(statement, params)
        return kept_back([_rates(values, by) for values in database.fetchall()])


def kept_back(found: list[Rates]) -> list[Rates]:
    """The groups, with what must not be shown marked: where the groups or figures that are too
    small are together fewer than ``FEWEST``, the sum of all less those shown would give them
    away, so the next larger ones go with them."""
    groups = _too_telling([one.n for one in found], set())
    solved = _too_telling([one.solved.known for one in found], groups)
    satisfied = _too_telling([one.satisfied.known for one in found], groups)
    return [
        replace(
            one,
            kept_back=place in groups,
            solved=replace(one.solved, kept_back=place in solved),
            satisfied=replace(one.satisfied, kept_back=place in satisfied),
        )
        for place, one in enumerate(found)
    ]


def _too_telling(sizes: list[int], without: set[int]) -> set[int]:
    """The places that are not shown: those ``without`` which it goes anyway, those too small,
    and as many of the next larger as it takes to hide them."""
    hidden = without | {place for place, size in enumerate(sizes) if size < FEWEST}
    larger = sorted(set(range(len(sizes))) - hidden, key=lambda place: sizes[place])
    while 0 < sum(sizes[place] for place in hidden) < FEWEST and larger:
        hidden.add(larger.pop(0))
    return hidden


def total(found: list[Rates]) -> Rates:
    """Of all groups together."""

    def add(part: Callable[[Rates], Rate]) -> Rate:
        each = [part(one) for one in found]
        return Rate(
            sum(r.good for r in each), sum(r.known for r in each), sum(r.missing for r in each)
        )

    return Rates(
        "",
        "",
        sum(one.n for one in found),
        sum(one.registered for one in found),
        add(lambda one: one.answered),
        add(lambda one: one.solved),
        add(lambda one: one.satisfied),
    )


def _rates(values: tuple[Any, ...], by: str) -> Rates:
    code, zh, en, n, in_time, solved_known, solved, pleased_known, pleased, registered = values
    return Rates(
        code,
        _label(by, code, zh, en),
        n,
        registered,
        Rate(in_time, n, 0),
        Rate(solved, solved_known, max(0, n - solved_known)),
        Rate(pleased, pleased_known, max(0, n - pleased_known)),
    )


def _label(by: str, code: str, zh: str, en: str) -> str:
    if by == "class":
        return class_title(UUID(zh), code)
    if by in {"month", "channel"}:
        return code
    return zh or en if (get_language() or "").startswith("zh") else en or zh

"""Classing an area by its daily counts, as the rules of a template say. Pure: no clock, no
tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tongzhou.library.kinds.risk_area import Fact, RiskAreaBody, Rule


@dataclass(frozen=True)
class Verdict:
    """The level, the rule that decided (its place in the list, from 0), and what was known."""

    level: str
    place: int
    rule: Rule
    facts: Mapping[Fact, int | None]


def classify(
    body: RiskAreaBody, *, new: Mapping[date, int], on: date, cluster: bool | None = None
) -> Verdict:
    """The class of an area on a day. ``new``: new cases by day, days that are missing had
    none; days after ``on`` are not looked at. ``cluster``: whether cases of the window
    belong together; None: not known, then no rule that asks for it holds."""
    known = facts(body, new=new, on=on, cluster=cluster)
    for place, rule in enumerate(body.rules):
        if all(condition.holds(known[condition.fact]) for condition in rule.when):
            return Verdict(rule.level, place, rule, known)
    raise AssertionError("the last rule has no conditions")


def facts(
    body: RiskAreaBody, *, new: Mapping[date, int], on: date, cluster: bool | None
) -> dict[Fact, int | None]:
    """What is known of the area. The window is the ``window_days`` days that end with ``on``;
    days since the last case are 0 on the day of a case itself."""
    past = {day: count for day, count in new.items() if day <= on and count > 0}
    first = on - timedelta(days=body.window_days - 1)
    return {
        "cumulative": sum(past.values()),
        "new_in_window": sum(count for day, count in past.items() if day >= first),
        "days_since_case": (on - max(past)).days if past else None,
        "cluster_in_window": None if cluster is None else int(cluster),
    }

"""The areas of an incident classed by the rule for risk areas in force, over a window that
follows from the incubation of the incident's agent. Computed at every look."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, cast
from uuid import UUID

from django.utils.translation import pgettext_lazy

from tongzhou.incidents.models import DailyCount, Incident
from tongzhou.incidents.queries import windows
from tongzhou.incidents.queries.windows import Windows
from tongzhou.kernel.errors import Sentence
from tongzhou.library import queries as library
from tongzhou.library.kinds.risk_area import RiskAreaBody
from tongzhou.library.queries import NoTemplate, Version
from tongzhou.library.risk import Verdict, classify
from tongzhou.places.models import Area

KIND: Final = "risk_area"
#: The country's rule, and what stands where it has none in force.
KEYS: Final = ("epidemic-risk", "look-back")


#: What the levels are called, the highest first.
LEVELS: Final[Mapping[str, Sentence]] = {
    "high": pgettext_lazy("risk of an area", "high"),
    "medium": pgettext_lazy("risk of an area", "medium"),
    "low": pgettext_lazy("risk of an area", "low"),
}


@dataclass(frozen=True)
class AreaRisk:
    """An area with its class; ``why`` the rule that decided, in words."""

    area: Area
    verdict: Verdict
    why: str

    @property
    def label(self) -> Sentence:
        """The level in words."""
        return LEVELS[self.verdict.level]


@dataclass(frozen=True)
class Risk:
    """All areas with figures of their own, by code. ``window``: the days looked back on, which
    end with ``day``, the last one with figures; ``follows``: the rule lets them follow the
    incubation (of ``windows``); ``as_of``: the age of the youngest figure; ``asks_cluster``: the
    rule asks whether cases belong together, which is not known here."""

    version: Version
    window: int
    follows: bool
    windows: Windows
    day: date
    as_of: datetime
    computed_at: datetime
    rows: tuple[AreaRisk, ...]

    @property
    def body(self) -> RiskAreaBody:
        """The rule with the days that hold here."""
        found = cast(RiskAreaBody, self.version.body)
        return found.model_copy(update={"window_days": self.window})

    @property
    def counts(self) -> Mapping[str, int]:
        """How many areas there are of each level."""
        return Counter(row.verdict.level for row in self.rows)

    @property
    def by_area(self) -> Mapping[UUID, AreaRisk]:
        """The rows by the id of the area."""
        return {row.area.id: row for row in self.rows}

    @property
    def asks_cluster(self) -> bool:
        """True where a rule asks what nobody told."""
        return any(c.fact == "cluster_in_window" for rule in self.body.rules for c in rule.when)


def of(incident: Incident, *, at: datetime, until: date | None = None) -> Risk | None:
    """The classes by the figures up to a day, by the rule in force on the last day with any;
    None without figures, or without a rule. Five queries, however many areas."""
    counts = DailyCount.objects.filter(incident=incident, current=True)
    if until is not None:
        counts = counts.filter(date__lte=until)
    found = list(
        counts.order_by("area_id", "date").values_list("area_id", "date", "confirmed_used", "as_of")
    )
    if not found:
        return None
    day = max(row[1] for row in found)
    version = _rule(day, incident.area)
    if version is None:
        return None
    body = cast(RiskAreaBody, version.body)
    known = windows.of(incident, on=day)
    window = known.days(body.window, default=body.window_days) if body.window else body.window_days
    used = body.model_copy(update={"window_days": window})
    new = _new((area, on, value) for area, on, value, _as_of in found)
    areas = Area.objects.defer("boundary", "profile").in_bulk(list(new))
    rows = [
        _classed(used, areas[area], cases, on=day) for area, cases in new.items() if area in areas
    ]
    return Risk(
        version=version,
        window=window,
        follows=body.window is not None and known.version is not None,
        windows=known,
        day=day,
        as_of=max(row[3] for row in found),
        computed_at=at,
        rows=tuple(sorted(rows, key=lambda row: row.area.path)),
    )


def _rule(day: date, area: Area) -> Version | None:
    for key in KEYS:
        try:
            return library.in_force(KIND, key, on=day, area=area)
        except NoTemplate:
            continue
    return None


def _new(rows: Iterable[tuple[UUID, date, int]]) -> dict[UUID, dict[date, int]]:
    """New cases by area and day, out of cumulative figures in their order."""
    found: dict[UUID, dict[date, int]] = {}
    before: dict[UUID, int] = {}
    for area, day, value in rows:
        found.setdefault(area, {})[day] = value - before.get(area, 0)
        before[area] = value
    return found


def _classed(body: RiskAreaBody, area: Area, new: Mapping[date, int], *, on: date) -> AreaRisk:
    verdict = classify(body, new=new, on=on)
    return AreaRisk(area, verdict, str(verdict.rule.why).replace("{window}", str(body.window_days)))

"""The charts that can be drawn now, and what they are drawn from."""

from datetime import datetime

from django.db.models import Q

from tongzhou.actors.models import Post, Unit
from tongzhou.kernel.errors import NotFound
from tongzhou.library import queries as library
from tongzhou.library.kinds.clocks import ClockRule
from tongzhou.plans import processes
from tongzhou.plans.processes import Chart
from tongzhou.plans.queries.fitting import day_of
from tongzhou.tasks.models import Form

#: So many units are drawn; the first below the reader's own.
MOST_UNITS = 60


def names(*, visible_to: Post, at: datetime) -> list[tuple[str, str, str]]:
    """Key, kind and title of every chart, by kind."""
    day, area = day_of(at), visible_to.unit.area
    found = [(form.value, "life", str(form.label).capitalize()) for form in Form]
    for kind in ("report_chain", "plan"):
        prefix = "chain" if kind == "report_chain" else "plan"
        found += [
            (f"{prefix}-{version.key}", kind, str(version.title))
            for version in library.all_in_force(kind, on=day, area=area)
        ]
    return [*found, ("command", "command", "")]


def chart(key: str, *, visible_to: Post, at: datetime) -> Chart:
    """The chart of this key, from what is in force now. Raises NotFound."""
    day, area = day_of(at), visible_to.unit.area
    if key in Form.values:
        return processes.life_of(key, _rules(visible_to, at))
    if key == "command":
        return processes.command(_units(visible_to), own=visible_to.unit)
    prefix, _dash, rest = key.partition("-")
    try:
        if prefix == "chain":
            return processes.chain(library.in_force("report_chain", rest, on=day, area=area))
        if prefix == "plan":
            return processes.structure(library.in_force("plan", rest, on=day, area=area))
    except library.NoTemplate:
        pass
    raise NotFound()


def _rules(post: Post, at: datetime) -> list[ClockRule]:
    versions = library.all_in_force("clocks", on=day_of(at), area=post.unit.area)
    return [rule for version in versions for rule in version.body.rules]


def _units(post: Post) -> list[Unit]:
    """The units above the reader's, and the first below it."""
    line = Q(id__in=post.unit.line) | Q(line__contains=[post.unit_id])
    found = Unit.objects.filter(line, active=True).select_related("area")
    ordered = sorted(found.defer("area__profile", "area__boundary"), key=lambda u: len(u.line))
    return ordered[:MOST_UNITS]

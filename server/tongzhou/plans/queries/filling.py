"""Who fills the spots of a plan: by the matrix of duties, or by the post that somebody holds."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from tongzhou.actors.models import Post, Sector, Unit
from tongzhou.actors.vocabulary import Role
from tongzhou.mandates import queries as mandates
from tongzhou.mandates.queries import Ask, Resolution
from tongzhou.places.models import Area, Level
from tongzhou.plans.outline import Found, Obstacle, Spot


def fill(
    spots: Sequence[Spot],
    *,
    areas: Mapping[str, Area],
    within: Area,
    phase: str,
    grade: str,
    at: datetime,
) -> dict[Spot, Found]:
    """Who fills each spot; at most seven queries, whatever their number. ``areas`` by code,
    ``within`` the area of the plan."""
    by_duty = [spot for spot in spots if spot.duty]
    asks = [Ask(spot.duty, areas[spot.area], phase, grade) for spot in by_duty]
    found = {
        spot: _charged(answer, areas[spot.area], within)
        for spot, answer in zip(by_duty, mandates.resolve_many(asks), strict=True)
    }
    by_post = [spot for spot in spots if not spot.duty]
    holders = _holders({spot.role for spot in by_post}, within, at) if by_post else []
    return found | {spot: _seated(spot, areas[spot.area], holders) for spot in by_post}


def _charged(answer: Resolution, area: Area, within: Area) -> Found:
    unit = answer.accountable
    if unit is None:
        why = answer.why
        near = next(iter(answer.responsible), None)
        return Found(why=Obstacle(why.code, why.sentence) if why else None, near=near)
    if area.id != within.id and not area.contains(unit.area):
        # One task per district does not go to the province's own unit ninety times over.
        sentence = _("For %(area)s nobody is charged of its own, only %(unit)s above it.")
        why_not = Obstacle("charged-above", sentence % {"area": area.name, "unit": unit.name})
        return Found(why=why_not, near=unit)
    if not unit.active:
        sentence = _("%(unit)s is charged but no longer active.") % {"unit": unit.name}
        return Found(why=Obstacle("unit-inactive", sentence))
    return Found(unit=unit, cell=answer.cell)


def _holders(roles: Iterable[str], within: Area, at: datetime) -> list[tuple[str, Unit]]:
    """Role and unit of the posts in force in the area or in one around it."""
    near = Q(unit__area__path__startswith=within.path) | Q(unit__area__code__in=within.line())
    posts = Post.objects.filter(
        near,
        Q(ends_at__isnull=True) | Q(ends_at__gt=at),
        role__in=sorted(roles),
        starts_at__lte=at,
        person__is_active=True,
        unit__active=True,
    ).select_related("unit__area")
    found = {(p.role, p.unit_id): p.unit for p in posts.defer("unit__area__profile",
                                                              "unit__area__boundary")}  # fmt: skip
    return [(role, unit) for (role, _id), unit in found.items()]


def _seated(spot: Spot, area: Area, holders: Sequence[tuple[str, Unit]]) -> Found:
    fitting = [
        unit
        for role, unit in holders
        if role == spot.role
        and (not spot.sector or unit.sector == spot.sector)
        and (not spot.level or unit.level == spot.level)
        and _belongs(unit, area, by_level=bool(spot.level))
    ]
    # Of those of one place the one that commands the others holds the seat.
    top = [unit for unit in fitting if not any(other.id in unit.above for other in fitting)]
    if len(top) == 1:
        return Found(unit=top[0])
    if not top:
        return Found(why=Obstacle("post-vacant", _nobody(spot, area)))
    names = _list(sorted(unit.name for unit in top)[:4])
    sentence = _("Several units of %(area)s have such a post: %(units)s.")
    return Found(
        why=Obstacle("post-ambiguous", sentence % {"area": area.name, "units": names}), near=top[0]
    )


def _belongs(unit: Unit, area: Area, *, by_level: bool) -> bool:
    """Of the place itself; where the seat names a level, also around or inside it."""
    if unit.area_id == area.id:
        return True
    return by_level and (unit.area.contains(area) or area.contains(unit.area))


def _nobody(spot: Spot, area: Area) -> str:
    kinds = [str(Role(spot.role).label)]
    if spot.sector:
        kinds.append(str(Sector(spot.sector).label))
    if spot.level:
        kinds.append(str(Level(spot.level).label))
    sentence = _("In %(area)s nobody holds such a post (%(post)s).")
    return sentence % {"area": area.name, "post": _list(kinds)}


def _list(words: Sequence[str]) -> str:
    return ", ".join(words)

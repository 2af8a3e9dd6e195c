"""Reading areas. What areas there are is no secret: everybody may know them, visitors too,
who name one when they report something."""

from collections.abc import Sequence

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import Invalid, NotFound
from tongzhou.places.models import Area, inside

_HEAVY = ("boundary", "profile")


class AreaUnknown(Invalid):
    """A code of no area."""

    code = "area-unknown"
    message = _("There is no area with the code “%(code)s”.")


def find(code: str) -> Area:
    """The area with this code. Raises NotFound."""
    area = Area.objects.filter(code=code).first()
    if area is None:
        raise NotFound(field="area")
    return area


def named(code: str, *, field: str) -> Area:
    """The area that ``field`` of a request names. Raises AreaUnknown."""
    try:
        return find(code)
    except NotFound:
        raise AreaUnknown(field=field, code=code) from None


def listed(
    *,
    q: str = "",
    level: str = "",
    below: Area | None = None,
    parent: Area | None = None,
    cursor: str = "",
    limit: int = 50,
) -> Slice[Area]:
    """Areas in the order of the tree, a page at a time: those whose name or code holds
    ``q``, of a level, inside ``below``, or directly below ``parent``. Raises CursorInvalid."""
    found: QuerySet[Area, Area] = Area.objects.defer(*_HEAVY)
    if q.strip():
        found = found.filter(_matching(q))
    if level:
        found = found.filter(level=level)
    if below is not None:
        found = found.filter(inside(below.path, field=""))
    if parent is not None:
        found = found.filter(parent=parent)
    return slice_of(found, by=[("path", str)], cursor=cursor, limit=limit)


def suggestions(q: str, *, limit: int = 12) -> list[Area]:
    """The areas that somebody who typed ``q`` may mean, the larger ones first; one whose
    code or Chinese name is just that comes before all."""
    if not q.strip():
        return []
    exact = Case(
        When(code=q.strip(), then=Value(0)),
        When(name_zh=q.strip(), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    found = Area.objects.defer(*_HEAVY).filter(_matching(q))
    return list(found.order_by(exact, Length("path"), "path")[:limit])


def _matching(q: str) -> Q:
    words = q.lower().split()
    wanted = Q()
    for word in words:
        wanted &= Q(search__contains=word) | Q(code__startswith=word)
    return wanted


def roots() -> list[Area]:
    """The areas that lie in no other."""
    return list(Area.objects.defer(*_HEAVY).filter(parent=None).order_by("code"))


def children(area: Area) -> list[Area]:
    """The areas directly inside, by code."""
    return list(Area.objects.defer(*_HEAVY).filter(parent=area).order_by("code"))


def ancestors(area: Area) -> list[Area]:
    """The areas around it, the largest first."""
    codes = area.line()[:-1]
    found = {a.code: a for a in Area.objects.defer(*_HEAVY).filter(code__in=codes)}
    return [found[code] for code in codes if code in found]


def having_children(areas: Sequence[Area]) -> set[str]:
    """The codes of those areas that have areas inside."""
    ids = [area.id for area in areas]
    found = Area.objects.filter(parent__in=ids).values_list("parent__code", flat=True)
    return set(found.distinct())


def with_boundaries(area: Area) -> list[Area]:
    """The areas directly inside that have a boundary; without any, the area itself where it
    has one."""
    below = list(Area.objects.filter(parent=area, boundary__isnull=False).order_by("code"))
    if below or area.boundary is None:
        return below
    return [area]

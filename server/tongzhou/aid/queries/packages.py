"""Mission packages: the list, one of them, what a unit can offer, registered people."""

from datetime import date

from django.db.models import Q, QuerySet

from tongzhou.actors.models import Post, Unit
from tongzhou.aid.choices import Kind
from tongzhou.aid.models import Package, PackageLine
from tongzhou.catalogue.models import Resource
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import NotFound


def visible(post: Post) -> "QuerySet[Package, Package]":
    """Packages are known to whoever works in the same world."""
    return Package.objects.filter(exercise=post.exercise)


def listed(
    *,
    visible_to: Post,
    on: date,
    q: str = "",
    kind: str = "",
    mine: bool = False,
    cursor: str = "",
    limit: int = 50,
) -> Slice[Package]:
    """Packages that are offered on a day, by code. One query. Raises CursorInvalid."""
    found = visible(visible_to).filter(
        Q(until__isnull=True) | Q(until__gte=on), retired_at=None
    ).select_related("unit__area")  # fmt: skip
    for word in q.split()[:8]:
        names = ("name_zh", "name_en", "code", "unit__name_zh", "unit__name_en",
                 "lines__skill", "lines__what")  # fmt: skip
        match = Q()
        for name in names:
            match |= Q(**{f"{name}__icontains": word})
        found = found.filter(id__in=Package.objects.filter(match).values("id"))
    if kind in Kind.values:
        found = found.filter(kind=kind)
    if mine:
        found = found.filter(unit__line__contains=[visible_to.unit_id])
    return slice_of(found, by=[("code", str)], cursor=cursor, limit=limit)


def find(code: str, *, visible_to: Post, version: int | None = None) -> Package:
    """One package, in its latest version or in one of its versions. Raises NotFound."""
    found = visible(visible_to).filter(code=code).select_related("unit__area", "post__unit")
    if version is not None:
        found = found.filter(version=version)
    package = found.order_by("-version").first()
    if package is None:
        raise NotFound()
    return package


def lines(package: Package) -> list[PackageLine]:
    """What it holds."""
    return list(package.lines.select_related("item", "resource").order_by("position"))


def of_unit(unit: Unit, *, visible_to: Post, limit: int = 100) -> list[Package]:
    """What a unit can offer."""
    found = visible(visible_to).filter(unit=unit, retired_at=None)
    return list(found.order_by("code")[:limit])


def offered(*, visible_to: Post, limit: int = 200) -> list[Package]:
    """What can be asked for, of other units."""
    found = visible(visible_to).filter(retired_at=None).exclude(unit=visible_to.unit_id)
    return list(found.select_related("unit").order_by("code")[:limit])


def people_of(unit: Unit, *, limit: int = 200) -> list[Resource]:
    """The people and teams that a unit has registered."""
    found = Resource.objects.filter(unit=unit, ended_at=None).select_related("item")
    return list(found.order_by("label")[:limit])

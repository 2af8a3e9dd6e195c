"""Which version is in force: on a day, for a jurisdiction, under a country profile."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.errors import Conflict
from tongzhou.library import versions
from tongzhou.library.document import COMMON
from tongzhou.library.models import TemplateVersion
from tongzhou.library.versions import Version
from tongzhou.places.models import Area


class NoTemplate(Conflict):
    """No version of this template is in force on that day."""

    code = "no-template"
    message = _("No version of “%(kind)s/%(key)s” is in force on %(on)s (%(profile)s).")


def jurisdictions(profile: str, area: Area | None) -> list[str]:
    """From the nearest to the widest: the area, those above it, the profile, everywhere."""
    return [*reversed(area.line() if area is not None else []), profile, COMMON]


def holding(on: date) -> Q:
    """The predicate "in force on that day"."""
    return Q(valid_from__lte=on) & (Q(until__isnull=True) | Q(until__gte=on))


def find(kind: str, key: str, *, on: date, profile: str, area: Area | None = None) -> Version:
    """The version in force on that day; that of the nearest jurisdiction. One query.
    Raises NoTemplate."""
    order = jurisdictions(profile, area)
    rows = TemplateVersion.objects.filter(
        holding(on), template__kind=kind, template__key=key, template__jurisdiction__in=order
    )
    found = sorted(versions.read(rows), key=lambda v: order.index(v.jurisdiction))
    if not found:
        raise NoTemplate(kind=kind, key=key, on=on.isoformat(), profile=profile)
    return found[0]


def find_all(kind: str, *, on: date, profile: str, area: Area | None = None) -> list[Version]:
    """The version in force of every key of the kind, each of the nearest jurisdiction, by
    key. One query."""
    order = jurisdictions(profile, area)
    rows = TemplateVersion.objects.filter(
        holding(on), template__kind=kind, template__jurisdiction__in=order
    )
    return nearest(versions.read(rows), order)


def nearest(found: Iterable[Version], order: list[str]) -> list[Version]:
    """Of several versions of one kind and key, that of the nearest jurisdiction."""
    best: dict[tuple[str, str], Version] = {}
    for version in found:
        name = (version.kind, version.key)
        other = best.get(name)
        if other is None or order.index(version.jurisdiction) < order.index(other.jurisdiction):
            best[name] = version
    return [best[name] for name in sorted(best)]


@lru_cache(maxsize=2000)
def by_id(id: UUID) -> Version:
    """The version with this id, kept by the process. What may change of a version later
    (``until``) is as it was when first read: ask ``find`` whether it is in force.
    Raises NoSuchVersion."""
    found = versions.read(TemplateVersion.objects.filter(id=id))
    if not found:
        raise NoSuchVersion(id=str(id))
    return found[0]


class NoSuchVersion(Conflict):
    """An id that no version of a template has."""

    code = "no-such-version"
    message = _("There is no version of a template with the id %(id)s.")

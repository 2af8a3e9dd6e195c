"""Versions to be written as files."""

from datetime import date

from tongzhou.library import lookup, versions
from tongzhou.library.kinds.base import bodies
from tongzhou.library.models import TemplateVersion
from tongzhou.library.versions import Version


def in_force(*, on: date, kind: str = "", jurisdiction: str = "") -> list[Version]:
    """What is in force on a day, of every jurisdiction or of one. One query."""
    rows = TemplateVersion.objects.filter(
        lookup.holding(on), template__kind__in=[kind] if kind else list(bodies())
    )
    if jurisdiction:
        rows = rows.filter(template__jurisdiction=jurisdiction)
    return versions.read(rows.order_by("template__kind", "template__key"))

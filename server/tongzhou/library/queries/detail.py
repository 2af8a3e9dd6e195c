"""One template with all its versions."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import NotFound
from tongzhou.library import lookup, profile, versions
from tongzhou.library.kinds.base import bodies
from tongzhou.library.models import Template, TemplateVersion
from tongzhou.library.versions import Version


@dataclass(frozen=True)
class Published:
    """A version in the history of its template: who published it, why, and what took its
    place."""

    version: Version
    post: Post | None
    replaced_by: int | None


def template(kind: str, key: str, jurisdiction: str) -> Template:
    """The template. Raises NotFound."""
    if kind not in bodies():
        raise NotFound()
    found = Template.objects.filter(kind=kind, key=key, jurisdiction=jurisdiction).first()
    if found is None:
        raise NotFound()
    return found


def history(found: Template) -> list[Published]:
    """All versions, the last one first. Two queries."""
    rows = TemplateVersion.objects.filter(template=found)
    read = {version.id: version for version in versions.read(rows)}
    history = rows.select_related("post__unit", "post__person").order_by("-number")
    kept = list(history.defer("body"))
    numbers = {row.id: row.number for row in kept}
    replaced = {row.replaces_id: numbers[row.id] for row in kept if row.replaces_id}
    return [Published(read[row.id], row.post, replaced.get(row.id)) for row in kept]


def on_day(versions: list[Published], day: date) -> Published | None:
    """The version in force on the day."""
    return next((v for v in versions if v.version.holds_on(day)), None)


def by_number(versions: list[Published], number: int) -> Published:
    """The version of this number. Raises NotFound."""
    found = next((v for v in versions if v.version.number == number), None)
    if found is None:
        raise NotFound()
    return found


def siblings(version: Version, *, on: date) -> list[Version]:
    """What else is in force on the day under the same kind and key, for other
    jurisdictions, and other keys of the same kind and jurisdiction: what holds beside it."""
    rows = TemplateVersion.objects.filter(lookup.holding(on), template__kind=version.kind)
    found = versions.read(rows.exclude(template=version.template).order_by("template__key")[:50])
    return [v for v in found if version.key == v.key or version.jurisdiction == v.jurisdiction]


def prevails(version: Version, *, on: date) -> bool:
    """True when this version is what ``in_force`` gives under the country profile in use, for
    its own area where it is a local one."""
    return version.holds_on(on) and (
        version.jurisdiction not in {"cn", "int"} or version.jurisdiction == profile.current()
    )


def version(id: UUID) -> Version:
    """The version with this id, as it stands now. Raises NotFound."""
    found = versions.read(TemplateVersion.objects.filter(id=id, template__kind__in=list(bodies())))
    if not found:
        raise NotFound()
    return found[0]


def replacing(id: UUID) -> TemplateVersion | None:
    """The version that took the place of this one."""
    return TemplateVersion.objects.filter(replaces=id).first()

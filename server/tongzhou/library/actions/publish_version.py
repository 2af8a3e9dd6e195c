from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Conflict, NothingChanged, ReasonMissing
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append
from tongzhou.library import access, checks, profile, versions
from tongzhou.library.acts import TEMPLATE_PUBLISHED
from tongzhou.library.digests import digest
from tongzhou.library.models import Template, TemplateVersion
from tongzhou.library.reading import Read
from tongzhou.library.versions import Version

_DAY = timedelta(days=1)


class VersionsOverlap(Conflict):
    """Two versions of one template would be in force on the same days."""

    code = "versions-overlap"
    message = _(
        "“%(title)s” from %(new_from)s until %(new_until)s overlaps version %(number)s, in force "
        "from %(old_from)s until %(old_until)s. Change the dates, or let it take that "
        "version's place."
    )


class NotOfTemplate(Conflict):
    """The version to be replaced belongs to another template, or is not in force any more."""

    code = "nothing-to-replace"
    message = _("Version %(number)s cannot be replaced: another one has taken its place already.")


def publish_version(
    *,
    read: Read,
    reason: str,
    by: Post,
    at: datetime,
    replaces: UUID | None = None,
    take_place: bool = False,
    id: UUID | None = None,
) -> Version:
    """Publishes what was read as the next version of its template, or as the first.

    No day may be covered by two versions. ``replaces`` names the version whose place it
    takes: that one is in force until the day before the first of the new one, and does not
    come back when the new one ends. ``take_place``: it takes the place of whatever single
    version it overlaps.

    Raises NotAllowed, UnknownJurisdiction, ReasonMissing, FileUnfit (it names something that
    another room does not know), VersionsOverlap, NotOfTemplate, NothingChanged.
    """
    document = read.document
    access.require_edit(by=by, jurisdiction=document.jurisdiction)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    checks.require_known(read, at=at)
    with transaction.atomic():
        template = _locked(document.kind, document.key, document.jurisdiction)
        before = list(template.versions.order_by("number"))
        overlapping = [v for v in before if _overlap(v, document.valid_from, document.valid_to)]
        replaced = _replaced(before, overlapping, replaces, take_place)
        for other in overlapping:
            if replaced is None or other.id != replaced.id:
                raise _overlaps(read, other)
        if replaced is not None and replaced.digest == digest(read):
            raise NothingChanged()
        made = _row(read, template, before, replaced, reason=reason, by=by, at=at, id=id)
        made.save(force_insert=True)
        if replaced is not None:
            _end(replaced, document.valid_from - _DAY)
        append(
            TEMPLATE_PUBLISHED,
            at=at,
            about=("template", template.id),
            **by.signs(),
            public=True,
            basis="law" if document.legal_force in ("law", "regulation") else "",
            data={
                "version": str(made.id),
                "kind": document.kind,
                "key": document.key,
                "jurisdiction": document.jurisdiction,
                "number": made.number,
                "valid_from": document.valid_from.isoformat(),
                "valid_to": document.valid_to.isoformat() if document.valid_to else None,
                "replaces": str(replaced.id) if replaced is not None else None,
                "digest": made.digest,
            },
        )
        if document.kind == "profile":
            profile.keep(None)
    return versions.read(TemplateVersion.objects.filter(id=made.id))[0]


def _locked(kind: str, key: str, jurisdiction: str) -> Template:
    """The template, made when it is not there, and locked: versions of one template are
    published one after the other."""
    Template.objects.bulk_create(
        [Template(kind=kind, key=key, jurisdiction=jurisdiction)], ignore_conflicts=True
    )
    rows = Template.objects.select_for_update(no_key=True)
    return rows.get(kind=kind, key=key, jurisdiction=jurisdiction)


def _overlap(version: TemplateVersion, first: date, last: date | None) -> bool:
    if version.until is not None and version.until < version.valid_from:
        return False
    begins_in_time = last is None or version.valid_from <= last
    return begins_in_time and (version.until is None or first <= version.until)


def _replaced(
    before: Sequence[TemplateVersion],
    overlapping: Sequence[TemplateVersion],
    replaces: UUID | None,
    take_place: bool,
) -> TemplateVersion | None:
    if replaces is None:
        return overlapping[0] if take_place and overlapping else None
    found = next((v for v in before if v.id == replaces), None)
    if found is None or any(v.replaces_id == found.id for v in before):
        raise NotOfTemplate(number=found.number if found is not None else "–")
    return found


def _overlaps(read: Read, other: TemplateVersion) -> VersionsOverlap:
    document = read.document
    return VersionsOverlap(
        field="valid_from",
        title=document.title,
        new_from=document.valid_from.isoformat(),
        new_until=_shown(document.valid_to),
        number=other.number,
        old_from=other.valid_from.isoformat(),
        old_until=_shown(other.until),
    )


def _shown(day: date | None) -> object:
    return day.isoformat() if day is not None else _("further notice")


def _end(version: TemplateVersion, day: date) -> None:
    if version.until is None or version.until > day:
        TemplateVersion.objects.filter(id=version.id).update(until=day)


def _row(
    read: Read,
    template: Template,
    before: Sequence[TemplateVersion],
    replaced: TemplateVersion | None,
    *,
    reason: str,
    by: Post,
    at: datetime,
    id: UUID | None,
) -> TemplateVersion:
    document = read.document
    return TemplateVersion(
        id=id or new_id(),
        template=template,
        number=before[-1].number + 1 if before else 1,
        title_zh=document.title.zh,
        title_en=document.title.en,
        valid_from=document.valid_from,
        valid_to=document.valid_to,
        until=document.valid_to,
        legal_force=document.legal_force,
        source_text=document.source.text,
        source_url=str(document.source.url or ""),
        confidence=document.confidence,
        marks=dict(document.marks),
        body=read.body.model_dump_json(),
        digest=digest(read),
        replaces=replaced,
        reason=reason.strip(),
        post=by,
        at=at,
    )

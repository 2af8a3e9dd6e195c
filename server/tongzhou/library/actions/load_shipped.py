import logging
from collections import defaultdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from tongzhou.kernel.ids import named_id
from tongzhou.ledger.append import append
from tongzhou.library.acts import TEMPLATES_SHIPPED
from tongzhou.library.digests import digest
from tongzhou.library.models import Template, TemplateVersion
from tongzhou.library.reading import Read
from tongzhou.library.shipped_files import shipped

#: What the act of loading is about: the library of this installation.
LIBRARY = named_id("library")
_log = logging.getLogger(__name__)


def load_shipped(*, at: datetime, furniture: bool = False) -> list[UUID]:
    """Takes the templates that come with the software into the library; returns the ids of
    the versions that are new. Nobody's act: done at each migration, and again changes
    nothing.

    A file that says a higher ``version`` than the one taken in before is published as the
    next version and takes the place of the shipped one – unless people have published a
    version of their own since: theirs stays in force, and the shipped one is kept beside it
    with no day in force, to be compared and taken over. A file that says something else
    under a version that is taken in already is left out, with a warning: a version never
    changes. ``furniture``: of a test run, without an act, and changed files are written over.
    """
    with transaction.atomic():
        _template_rows()
        known: dict[UUID, list[TemplateVersion]] = defaultdict(list)
        rows = TemplateVersion.objects.filter(template__in=map(template_id, shipped()))
        for row in rows.order_by("number"):
            known[row.template_id].append(row)
        new: list[TemplateVersion] = []
        for one in shipped():
            before = known[template_id(one)]
            if not _is_known(one, before, furniture):
                new.append(_row(one, before, at))
                before.append(new[-1])
        TemplateVersion.objects.bulk_create(new)
        if new and not furniture:
            append(
                TEMPLATES_SHIPPED,
                at=at,
                about=("library", LIBRARY),
                public=True,
                data={"versions": {str(row.id): row.digest for row in new}},
            )
    return [row.id for row in new]


def template_id(one: Read) -> UUID:
    """The id of a shipped template: the same in every installation."""
    document = one.document
    return named_id("template", document.jurisdiction, document.kind, document.key)


def _template_rows() -> None:
    rows = [
        Template(
            id=template_id(one),
            kind=one.document.kind,
            key=one.document.key,
            jurisdiction=one.document.jurisdiction,
        )
        for one in shipped()
    ]
    Template.objects.bulk_create(rows, ignore_conflicts=True)


def _is_known(one: Read, before: list[TemplateVersion], furniture: bool) -> bool:
    found = next((v for v in before if v.shipped == one.document.version), None)
    if found is not None and found.digest != digest(one):
        name = f"{one.document.jurisdiction}/{one.document.kind}-{one.document.key}"
        if furniture:
            _write_over(found, one)
        else:
            _log.warning("%s changed, but its version is still %s", name, found.shipped)
    return found is not None


def _write_over(found: TemplateVersion, one: Read) -> None:
    """Puts what the file says now in the place of what it said: in a database that is kept
    from one test run to the next."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE library_templateversion DISABLE TRIGGER USER")
        row = _row(one, [], found.at)
        row.id, row.number = found.id, found.number
        row.save(force_update=True)
        cursor.execute("ALTER TABLE library_templateversion ENABLE TRIGGER USER")


def _row(one: Read, before: list[TemplateVersion], at: datetime) -> TemplateVersion:
    document = one.document
    template = template_id(one)
    edited = any(version.shipped is None for version in before)
    until = document.valid_to
    replaces = None
    if edited:
        until = _day_before(document.valid_from)
    elif before:
        replaces = before[-1]
        _end(replaces, _day_before(document.valid_from))
    return TemplateVersion(
        id=named_id("template-version", str(template), str(document.version)),
        template_id=template,
        number=before[-1].number + 1 if before else 1,
        title_zh=document.title.zh,
        title_en=document.title.en,
        valid_from=document.valid_from,
        valid_to=document.valid_to,
        until=until,
        legal_force=document.legal_force,
        source_text=document.source.text,
        source_url=str(document.source.url or ""),
        confidence=document.confidence,
        marks=document.marks,
        body=one.body.model_dump_json(),
        digest=digest(one),
        shipped=document.version,
        replaces=replaces,
        at=at,
    )


def _end(version: TemplateVersion, day: date) -> None:
    if version.until is None or version.until > day:
        version.until = day
        TemplateVersion.objects.filter(id=version.id).update(until=day)


def _day_before(day: date) -> date:
    return day - timedelta(days=1)

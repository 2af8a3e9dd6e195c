"""The library in the JSON API. Whoever is signed in may read it."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import Field

from tongzhou.actors.session import PostRequest
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Code, Cursor, Day, Limit, Search
from tongzhou.kernel.errors import NotFound
from tongzhou.library import publishing, queries
from tongzhou.library.actions.choose_profile import choose_profile
from tongzhou.library.actions.import_templates import File, import_templates
from tongzhou.library.actions.publish_version import publish_version
from tongzhou.library.document import PROFILES, ConfidenceCode, ForceCode
from tongzhou.library.kinds.base import bodies, title_of
from tongzhou.library.queries import detail, lists
from tongzhou.library.reading import check
from tongzhou.library.schemas import (
    Beside,
    Bilingual,
    ImportIn,
    ImportLine,
    KindOut,
    ProfileIn,
    ProfileOut,
    PublishIn,
    TemplateDetail,
    TemplateFaultOut,
    TemplateImportOut,
    TemplateRow,
    VersionOut,
)
from tongzhou.places.models import Area

router = Router(tags=["library"])
Name = Annotated[str, Field(min_length=1, max_length=80)]


def _day(given: date | None) -> date:
    return given or clock.now().date()


@router.get("/library/templates", response=Page[TemplateRow])
def templates(
    request: HttpRequest,
    q: Search = "",
    kind: Code | None = None,
    jurisdiction: Code | None = None,
    confidence: ConfidenceCode | None = None,
    force: ForceCode | None = None,
    on: Day | None = None,
    ended: bool = False,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[TemplateRow]:
    """Templates that are in force `on` a day (today), by kind, key and jurisdiction.
    `jurisdiction`: `all`, `local`, or a code; left out, those in use under the country
    profile. `ended`: also those of which no version is in force."""
    page = lists.listed(
        on=_day(on),
        filters=lists.Filters(
            q=q,
            kind=kind or "",
            jurisdiction=jurisdiction or "",
            confidence=confidence or "",
            force=force or "",
            show="all" if ended else "",
        ),
        cursor=cursor,
        limit=limit,
    )
    return Page[TemplateRow].model_construct(
        items=[TemplateRow.of(row) for row in page.rows], next=page.next or None
    )


@router.post("/library/templates", response={201: VersionOut})
def publish(request: PostRequest, body: PublishIn) -> Status[VersionOut]:
    """Publishes the next version of a template, or its first. Needs `library.edit` over the
    jurisdiction. Its `document` is what a file says, as JSON."""
    read = check(body.document.model_dump(mode="json"), file="document")
    made = publish_version(
        read=read,
        reason=body.reason,
        replaces=body.replaces,
        take_place=body.take_place,
        by=request.holder,
        at=clock.now(),
    )
    return Status(201, VersionOut.of(made))


@router.get("/library/templates/{kind}/{key}/{jurisdiction}", response=TemplateDetail)
def template(
    request: HttpRequest, kind: Code, key: Code, jurisdiction: Code, on: Day | None = None
) -> TemplateDetail:
    """One template with all its versions, and the one in force `on` a day (today)."""
    history = detail.history(detail.template(kind, key, jurisdiction))
    found = detail.on_day(history, _day(on))
    return TemplateDetail.model_construct(
        in_force=VersionOut.of(found.version) if found is not None else None,
        versions=[Beside.of(entry) for entry in history],
    )


@router.get("/library/in-force/{kind}/{key}", response=VersionOut)
def in_force(
    request: HttpRequest,
    kind: Code,
    key: Code,
    on: Day | None = None,
    profile: Name | None = None,
    area: Code | None = None,
) -> VersionOut:
    """The version that holds `on` a day (today) under the country profile in use or `profile`,
    in an `area` (by code): a local version comes before the national one. 409 `no-template`
    where none is in force."""
    place = Area.objects.filter(code=area).first() if area else None
    if area and place is None:
        raise NotFound(field="area")
    return VersionOut.of(queries.in_force(kind, key, on=_day(on), profile=profile, area=place))


@router.get("/library/versions/{id}", response=VersionOut)
def version(request: HttpRequest, id: UUID) -> VersionOut:
    """A version by its id, which other objects cite."""
    return VersionOut.of(detail.version(id))


@router.get("/library/kinds", response=list[KindOut])
def kinds(request: HttpRequest) -> list[KindOut]:
    """The kinds of templates, each with the JSON Schema of its files."""
    return [
        KindOut.model_construct(
            kind=kind,
            title=Bilingual.of(title_of(kind)),
            file_schema=publishing.schema(kind),
        )
        for kind in bodies()
    ]


@router.post("/library/import", response=TemplateImportOut)
def bring_in(request: PostRequest, body: ImportIn) -> TemplateImportOut:
    """Publishes the templates in files (YAML), each as the next version of its key. One
    refused file, and none is published; `lines` then say what is wrong, with line and field.
    What the library says already is left alone, so the same import again changes nothing."""
    report = import_templates(
        files=[File(file.name, file.content.encode()) for file in body.files],
        reason=body.reason,
        take_place=body.take_place,
        dry_run=body.dry_run,
        by=request.holder,
        at=clock.now(),
    )
    return TemplateImportOut.model_construct(
        written=report.written,
        dry_run=report.dry_run,
        lines=[
            ImportLine.model_construct(
                file=line.file,
                becomes=line.becomes,
                number=line.number,
                faults=[_fault(fault) for fault in line.faults],
            )
            for line in report.lines
        ],
    )


def _fault(fault: Any) -> TemplateFaultOut:
    return TemplateFaultOut.model_construct(
        file=fault.file,
        line=fault.line,
        field=fault.field,
        code=fault.code,
        detail=fault.sentence,
    )


@router.get("/library/profile", response=ProfileOut)
def profile(request: HttpRequest) -> ProfileOut:
    """The country profile in use."""
    return ProfileOut.model_construct(profile=queries.profile.current(), profiles=list(PROFILES))


@router.post("/library/profile", response=ProfileOut)
def choose(request: PostRequest, body: ProfileIn) -> ProfileOut:
    """Switches words and templates in force to another country profile; what was recorded
    stays. Needs `library.profile` over the whole tree of areas."""
    choose_profile(name=body.profile, reason=body.reason, by=request.holder, at=clock.now())
    return profile(request)

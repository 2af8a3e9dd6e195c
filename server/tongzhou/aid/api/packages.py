"""Mission packages and the load of the host."""

from typing import Any

from django.utils import timezone
from ninja import Router, Status

from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest
from tongzhou.aid.actions.publish_package import PackageItem, publish_package
from tongzhou.aid.actions.retire_package import retire_package
from tongzhou.aid.actions.set_hosting import set_hosting
from tongzhou.aid.api.reading import cost_of
from tongzhou.aid.queries import agreements, packages
from tongzhou.aid.schemas.aid import (
    AidHostingIn,
    AidLoadOut,
    AidPackageIn,
    AidPackageLineIn,
    AidPackageLineOut,
    AidPackageOut,
    AidPackageWhole,
    KindName,
)
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.models import Resource
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Cursor, Day, Limit, Search
from tongzhou.kernel.errors import NotFound

router = Router(tags=["aid"])


@router.get("/aid/packages", response=Page[AidPackageOut], summary="Mission packages")
def package_list(
    request: PostRequest,
    q: Search = "",
    kind: KindName | None = None,
    mine: bool = False,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[AidPackageOut]:
    """What regions hold ready for others."""
    page = packages.listed(
        visible_to=request.holder, on=timezone.localtime(clock.now()).date(), q=q,
        kind=kind or "", mine=mine, cursor=cursor, limit=limit,
    )  # fmt: skip
    items = [AidPackageOut.of(row) for row in page.rows]
    return Page[AidPackageOut].model_construct(items=items, next=page.next or None)


@router.post("/aid/packages", response={201: AidPackageWhole}, summary="Publish a package")
def package_publish(request: PostRequest, body: AidPackageIn) -> Status[AidPackageWhole]:
    """Of the own unit. Needs `aid.prepare`."""
    post = request.holder
    people = {one.label: one for one in packages.people_of(post.unit)}
    given: dict[str, Any] = body.model_dump(exclude={"lines"})
    lines = [_line(line, row, people) for row, line in enumerate(body.lines, start=1)]
    made = publish_package(**given, lines=lines, by=post, at=clock.now())
    return Status(201, _whole(made.code, post))


def _line(line: AidPackageLineIn, row: int, people: dict[str, Resource]) -> PackageItem:
    if line.resource and line.resource not in people:
        raise NotFound(field="resource", row=row)
    return PackageItem(
        part=line.part,
        quantity=line.quantity,
        item=catalogue.require_item(line.item, row=row) if line.item else None,
        what=line.what,
        skill=line.skill,
        licence=line.licence,
        cost=None if line.cost is None else cost_of(line.cost),
        resource=people.get(line.resource),
    )


@router.get("/aid/packages/{code}", response=AidPackageWhole, summary="One package")
def package(request: PostRequest, code: str) -> AidPackageWhole:
    """The latest version of a package with its lines."""
    return _whole(code[:60], request.holder)


@router.post("/aid/packages/{code}/retire", response=AidPackageWhole, summary="Retire a package")
def package_retire(request: PostRequest, code: str) -> AidPackageWhole:
    """It is offered no more. Needs `aid.prepare`."""
    post = request.holder
    found = packages.find(code[:60], visible_to=post)
    retire_package(package=found, by=post, at=clock.now())
    return _whole(found.code, post)


@router.get("/aid/hosting", response=list[AidLoadOut], summary="Load of the host")
def hosting_load(request: PostRequest, first: Day | None = None) -> list[AidLoadOut]:
    """The people from outside whom the own unit lodges, for three weeks from a day on."""
    post = request.holder
    found = agreements.load(post.unit, visible_to=post, at=clock.now(), first=first)
    return [AidLoadOut.of(day) for day in found]


@router.post("/aid/hosting", response=list[AidLoadOut], summary="Say how many can be lodged")
def hosting_set(request: PostRequest, body: AidHostingIn) -> list[AidLoadOut]:
    """From a day on, by the own unit. Needs `aid.host`."""
    post, at = request.holder, clock.now()
    set_hosting(people=body.people, since=body.since, by=post, at=at)
    return [AidLoadOut.of(day) for day in agreements.load(post.unit, visible_to=post, at=at)]


def _whole(code: str, post: Post) -> AidPackageWhole:
    found = packages.find(code, visible_to=post)
    lines = [AidPackageLineOut.of(line, found) for line in packages.lines(found)]
    return AidPackageWhole.model_construct(package=AidPackageOut.of(found), lines=lines)

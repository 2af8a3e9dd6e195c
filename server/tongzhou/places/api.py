"""Areas in the JSON API. Whoever is signed in may read them."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Code, Cursor, Limit, Search
from tongzhou.kernel.errors import NotFound
from tongzhou.places import queries
from tongzhou.places.actions.create_area import create_area
from tongzhou.places.actions.edit_area import edit_area
from tongzhou.places.permissions import Editor
from tongzhou.places.schemas import AreaChange, AreaDetail, AreaIn, AreaOut, LevelName
from tongzhou.places.shapes import feature

router = Router(tags=["areas"])


class EditorRequest(HttpRequest):
    """A request of a post, of which this room knows what it asks of an editor."""

    holder: Editor


@router.get("/areas", response=Page[AreaOut])
def areas(
    request: HttpRequest,
    q: Search = "",
    level: LevelName | None = None,
    inside: Code | None = None,
    parent: Code | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[AreaOut]:
    """Areas in the order of the tree: whose name or code holds `q`, of a `level`, anywhere
    `inside` an area, or directly below a `parent` (both by code)."""
    page = queries.listed(
        q=q,
        level=level or "",
        below=queries.find(inside) if inside else None,
        parent=queries.find(parent) if parent else None,
        cursor=cursor,
        limit=limit,
    )
    return Page[AreaOut].model_construct(
        items=[AreaOut.of(area) for area in page.rows], next=page.next or None
    )


@router.post("/areas", response={201: AreaDetail})
def create(request: EditorRequest, body: AreaIn) -> Status[AreaDetail]:
    """Adds an area. Needs `area.edit` over the parent."""
    parent = queries.find(body.parent)
    area = create_area(
        **(body.model_dump() | {"parent": parent}), by=request.holder, at=clock.now()
    )
    return Status(201, _detail(area))


@router.get("/areas/{code}", response=AreaDetail)
def area(request: HttpRequest, code: Code) -> AreaDetail:
    """One area with the areas around it and its profile."""
    return _detail(queries.find(code))


@router.patch("/areas/{code}", response=AreaDetail)
def change(request: EditorRequest, code: Code, body: AreaChange) -> AreaDetail:
    """Changes an area. Needs `area.edit` over it."""
    changes: dict[str, Any] = body.model_dump(exclude_unset=True)
    area = edit_area(area=queries.find(code), changes=changes, by=request.holder, at=clock.now())
    return _detail(area)


@router.get("/areas/{code}/boundary", response=dict[str, Any])
def boundary(request: HttpRequest, code: Code) -> dict[str, Any]:
    """The boundary as a GeoJSON feature. 404 where none is known."""
    area = queries.find(code)
    if area.boundary is None:
        raise NotFound(field="boundary")
    return feature(area)


def _detail(area: Any) -> AreaDetail:
    return AreaDetail.full(area, queries.ancestors(area))

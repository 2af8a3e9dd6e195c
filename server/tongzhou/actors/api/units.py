from ninja import Router, Status

from tongzhou.actors import queries
from tongzhou.actors.actions.create_unit import create_unit
from tongzhou.actors.actions.edit_unit import edit_unit
from tongzhou.actors.schemas import SectorName, UnitChange, UnitIn, UnitOut
from tongzhou.actors.session import PostRequest
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Code, Cursor, Limit, Search
from tongzhou.places import queries as places
from tongzhou.places.schemas import LevelName

router = Router(tags=["units"])


@router.get("/units", response=Page[UnitOut])
def units(
    request: PostRequest,
    q: Search = "",
    sector: SectorName | None = None,
    level: LevelName | None = None,
    area: Code | None = None,
    parent: Code | None = None,
    closed: bool = False,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[UnitOut]:
    """Units by code: whose name or code holds `q`, of a `sector` and `level`, inside an `area`,
    directly below a `parent` (both by code); with `closed` also those no longer active."""
    page = queries.listed(
        visible_to=request.holder,
        q=q,
        sector=sector or "",
        level=level or "",
        area=places.find(area) if area else None,
        parent=queries.find(parent, visible_to=request.holder) if parent else None,
        closed=closed,
        cursor=cursor,
        limit=limit,
    )
    return Page[UnitOut].model_construct(
        items=[UnitOut.of(unit) for unit in page.rows], next=page.next or None
    )


@router.post("/units", response={201: UnitOut})
def create(request: PostRequest, body: UnitIn) -> Status[UnitOut]:
    """Makes a unit. Needs `unit.create` for the parent, or without one for the area."""
    parent = body.parent
    unit = create_unit(
        code=body.code,
        name_zh=body.name_zh,
        name_en=body.name_en,
        sector=body.sector,
        level=body.level,
        area=places.find(body.area),
        parent=queries.find(parent, visible_to=request.holder) if parent else None,
        by=request.holder,
        at=clock.now(),
    )
    return Status(201, UnitOut.of(unit))


@router.get("/units/{code}", response=UnitOut)
def unit(request: PostRequest, code: Code) -> UnitOut:
    """One unit."""
    return UnitOut.of(queries.find(code, visible_to=request.holder))


@router.patch("/units/{code}", response=UnitOut)
def change(request: PostRequest, code: Code, body: UnitChange) -> UnitOut:
    """Changes a unit, moves it in the line of command, or closes it. Needs `unit.edit`."""
    given = body.model_dump(exclude_unset=True)
    if "area" in given:
        given["area"] = places.find(body.area)
    if "parent" in given:
        given["parent"] = (
            queries.find(body.parent, visible_to=request.holder) if body.parent else None
        )
    found = queries.find(code, visible_to=request.holder)
    unit = edit_unit(unit=found, **given, by=request.holder, at=clock.now())
    return UnitOut.of(unit)

"""Items: search by any spelling, add, name, replace, retire."""

from ninja import Router, Status

from tongzhou.actors.session import PostRequest
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.actions.declare_item import declare_item
from tongzhou.catalogue.actions.lay_out_catalogue import lay_out_catalogue
from tongzhou.catalogue.actions.name_item import name_item
from tongzhou.catalogue.actions.relate_equivalents import part_equivalents, relate_equivalents
from tongzhou.catalogue.actions.retire_item import retire_item
from tongzhou.catalogue.queries import listing
from tongzhou.catalogue.schemas.items import (
    CategoryName,
    FoundOut,
    ItemCardOut,
    ItemIn,
    ItemKindName,
    ItemOut,
    ItemReason,
    LaidOut,
    NamesIn,
    StandInIn,
)
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Code, Cursor, Limit, Line, Search

router = Router(tags=["catalogue"])


@router.get("/catalogue/items", response=Page[ItemOut], summary="Items")
def items(
    request: PostRequest,
    q: Search = "",
    category: CategoryName | None = None,
    kind: ItemKindName | None = None,
    retired: bool = False,
    cursor: Cursor = "",
    limit: Limit = 100,
) -> Page[ItemOut]:
    """Items by category and code. Known to everybody who is signed in."""
    page = listing.listed(
        q=q, category=category or "", kind=kind or "", retired=retired, cursor=cursor, limit=limit
    )
    items = [ItemOut.of(item) for item in page.rows]
    return Page[ItemOut].model_construct(items=items, next=page.next or None)


@router.get("/catalogue/find", response=FoundOut, summary="Find an item by any name")
def find(request: PostRequest, name: Line) -> FoundOut:
    """The item that is called so in whatever spelling, or those that may be meant."""
    found = catalogue.find(name)
    return FoundOut.model_construct(
        item=ItemOut.of(found.item) if found.item else None,
        candidates=[ItemOut.of(item) for item in found.candidates],
    )


@router.post("/catalogue/items", response={201: ItemCardOut}, summary="Add an item")
def declare(request: PostRequest, body: ItemIn) -> Status[ItemCardOut]:
    """Adds an item. Needs `catalogue.edit`."""
    fields = body.model_dump() | {"packs": [(pack.name, pack.quantity) for pack in body.packs]}
    made = declare_item(**fields, by=request.holder, at=clock.now())
    return Status(201, _card(request, made.code))


@router.post("/catalogue/lay-out", response=LaidOut, summary="Take in what the library ships")
def lay_out(request: PostRequest) -> LaidOut:
    """Takes the catalogues of the library that are in force into use; what is there stays.
    `taken`: names that belong to another item already. Needs `catalogue.edit`."""
    laid = lay_out_catalogue(by=request.holder, at=clock.now())
    return LaidOut(items=len(laid.new), names=laid.names, taken=[text for text, _ in laid.taken])


@router.get("/catalogue/items/{code}", response=ItemCardOut, summary="One item")
def item(request: PostRequest, code: Code) -> ItemCardOut:
    """One item with its names, packs, replacements and parts."""
    return _card(request, code)


@router.post("/catalogue/items/{code}/names", response=ItemCardOut, summary="More names")
def name(request: PostRequest, code: Code, body: NamesIn) -> ItemCardOut:
    """Gives an item other names by which it is found. Needs `catalogue.edit`."""
    item = listing.item(code)
    name_item(item=item, names=body.names, by=request.holder, at=clock.now())
    return _card(request, code)


@router.post("/catalogue/items/{code}/stand-ins", response=ItemCardOut, summary="A replacement")
def relate(request: PostRequest, code: Code, body: StandInIn) -> ItemCardOut:
    """Allows another item to be given instead, this way round only. Needs `catalogue.edit`."""
    relate_equivalents(
        item=listing.item(code),
        other=listing.item(body.item),
        **body.model_dump(exclude={"item"}),
        by=request.holder,
        at=clock.now(),
    )
    return _card(request, code)


@router.delete(
    "/catalogue/items/{code}/stand-ins/{other}", response=ItemCardOut, summary="End a replacement"
)
def part(request: PostRequest, code: Code, other: Code) -> ItemCardOut:
    """The other item may not be given instead any more. Needs `catalogue.edit`."""
    found, gone = listing.item(code), listing.item(other)
    part_equivalents(item=found, other=gone, by=request.holder, at=clock.now())
    return _card(request, code)


@router.post("/catalogue/items/{code}/retire", response=ItemCardOut, summary="Retire an item")
def retire(request: PostRequest, code: Code, body: ItemReason) -> ItemCardOut:
    """Takes an item out of use. Needs `catalogue.edit`."""
    item = listing.item(code)
    retire_item(item=item, reason=body.reason, by=request.holder, at=clock.now())
    return _card(request, code)


def _card(request: PostRequest, code: str) -> ItemCardOut:
    return ItemCardOut.card(listing.card(listing.item(code), visible_to=request.holder))

"""What lies where; stores; the import of the opening stock."""

from typing import Literal

from ninja import File, Form, Router, Status, UploadedFile

from tongzhou.actors import queries as actors
from tongzhou.actors.session import PostRequest
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.queries import listing as items
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Code, Cursor, Limit, Search
from tongzhou.places import queries as places
from tongzhou.stock.actions.close_site import close_site
from tongzhou.stock.actions.open_site import open_site
from tongzhou.stock.actions.set_minimum import set_minimum
from tongzhou.stock.importing import import_file
from tongzhou.stock.queries import find_site, listing, store
from tongzhou.stock.schemas.stock import (
    CardLineOut,
    MinimumIn,
    SiteCardOut,
    SiteIn,
    SiteOut,
    StockImportOut,
    StockReason,
    StoredOut,
)
from tongzhou.stock.sheets import LARGEST

router = Router(tags=["stock"])


@router.get("/stock", response=Page[StoredOut], summary="What lies where")
def holdings(
    request: PostRequest,
    q: Search = "",
    site: Code | None = None,
    area: Code | None = None,
    show: Literal["expiring", "expired", "below"] | None = None,
    cursor: Cursor = "",
    limit: Limit = 100,
) -> Page[StoredOut]:
    """By item and store, in the stores of your unit, of those below it and of your area."""
    page = listing.listed(
        visible_to=request.holder, at=clock.now(), q=q, site=site or "",
        area=places.find(area) if area else None, show=show or "", cursor=cursor, limit=limit,
    )  # fmt: skip
    made = [StoredOut.of(row.holding) for row in page.rows]
    return Page[StoredOut].model_construct(items=made, next=page.next or None)


@router.get("/stock/sites", response=list[SiteOut], summary="Stores")
def sites(request: PostRequest, q: Search = "") -> list[SiteOut]:
    """The stores that you may see, at most 200."""
    return [SiteOut.of(row.site) for row in store.sites(visible_to=request.holder, q=q)]


@router.post("/stock/sites", response={201: SiteOut}, summary="Open a store")
def open_store(request: PostRequest, body: SiteIn) -> Status[SiteOut]:
    """Opens a store of a unit. Needs `site.open`."""
    post = request.holder
    fields = body.model_dump() | {
        "unit": actors.find(body.unit, visible_to=post),
        "area": places.find(body.area) if body.area else None,
    }
    return Status(201, SiteOut.of(open_site(**fields, by=post, at=clock.now())))


@router.post("/stock/import", response=StockImportOut, summary="Import the opening stock")
def upload(
    request: PostRequest, file: File[UploadedFile], dry_run: Form[bool] = False
) -> StockImportOut:
    """A table with the columns `site`, `item`, `quantity`, `unit`, `batch`, `expires_on`,
    `source`. All rows or none; the same file again changes nothing. Needs `stock.keep`."""
    content = file.read(LARGEST + 1)
    report = import_file(content, by=request.holder, at=clock.now(), dry_run=dry_run)
    return StockImportOut.of(report)


@router.get("/stock/sites/{code}", response=SiteCardOut, summary="One store")
def site(request: PostRequest, code: Code) -> SiteCardOut:
    """A store with its batches."""
    return _card(request, code)


@router.get("/stock/sites/{code}/items/{item}", response=list[CardLineOut], summary="Stock card")
def card(request: PostRequest, code: Code, item: Code) -> list[CardLineOut]:
    """The card of an item in a store: the last 200 entries with the running balance."""
    found = find_site(code=code, visible_to=request.holder)
    return [CardLineOut.of(line) for line in store.card(found, items.item(item))]


@router.post("/stock/sites/{code}/minimum", response=SiteCardOut, summary="Set a minimum")
def minimum(request: PostRequest, code: Code, body: MinimumIn) -> SiteCardOut:
    """Says what a store should never have less of. Needs `stock.keep`."""
    post = request.holder
    found = find_site(code=code, visible_to=post)
    item = catalogue.require_item(body.item)
    set_minimum(site=found, item=item, quantity=body.quantity, by=post, at=clock.now())
    return _card(request, code)


@router.post("/stock/sites/{code}/close", response=SiteOut, summary="Close a store")
def close(request: PostRequest, code: Code, body: StockReason) -> SiteOut:
    """Closes a store that is empty. Needs `site.open`."""
    post = request.holder
    found = find_site(code=code, visible_to=post)
    return SiteOut.of(close_site(site=found, reason=body.reason, by=post, at=clock.now()))


def _card(request: PostRequest, code: str) -> SiteCardOut:
    found = find_site(code=code, visible_to=request.holder)
    return SiteCardOut.card(found, store.batches(found), store.open_count(found))

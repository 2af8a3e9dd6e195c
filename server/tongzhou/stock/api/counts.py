"""Counts of stores."""

from uuid import UUID

from ninja import Router, Status

from tongzhou.actors.session import PostRequest
from tongzhou.catalogue import queries as catalogue
from tongzhou.kernel import clock
from tongzhou.kernel.api.values import Code
from tongzhou.kernel.errors import TextMissing
from tongzhou.stock.actions.close_count import close_count
from tongzhou.stock.actions.record_count import record_count, record_find
from tongzhou.stock.actions.start_count import start_count
from tongzhou.stock.queries import find_site, store
from tongzhou.stock.schemas.stock import CountedIn, StoreCountOut

router = Router(tags=["stock"])


@router.post("/stock/sites/{code}/count", response={201: StoreCountOut}, summary="Begin to count")
def count_start(request: PostRequest, code: Code) -> Status[StoreCountOut]:
    """Begins to count a store; goods may go on moving. Needs `stock.keep`."""
    post = request.holder
    found = find_site(code=code, visible_to=post)
    return Status(201, StoreCountOut.of(start_count(site=found, by=post, at=clock.now())))


@router.get("/stock/counts/{uuid:id}", response=StoreCountOut, summary="One count")
def count(request: PostRequest, id: UUID) -> StoreCountOut:
    """A count with its lines."""
    return StoreCountOut.of(store.count(id, visible_to=request.holder))


@router.post("/stock/counts/{uuid:id}/lines", response=StoreCountOut, summary="Write down a count")
def count_record(request: PostRequest, id: UUID, body: CountedIn) -> StoreCountOut:
    """Writes down what was found: of a `batch`, or of an `item` that the books do not know.
    Needs `stock.keep`."""
    post, at = request.holder, clock.now()
    found = store.count(id, visible_to=post)
    said = {"counted": body.counted, "reason": body.reason or "", "note": body.note}
    if body.batch is not None:
        batch = store.batches_by_id([body.batch])[body.batch]
        record_count(count=found, batch=batch, **said, by=post, at=at)
    elif body.item is not None:
        record_find(
            count=found, item=catalogue.require_item(body.item), batch=body.code,
            expires_on=body.expires_on, **said, by=post, at=at,
        )  # fmt: skip
    else:
        raise TextMissing(field="item")
    return StoreCountOut.of(found)


@router.post("/stock/counts/{uuid:id}/close", response=StoreCountOut, summary="Close a count")
def count_close(request: PostRequest, id: UUID) -> StoreCountOut:
    """Books the differences, each with its reason. Needs `stock.keep`."""
    post = request.holder
    found = store.count(id, visible_to=post)
    close_count(count=found, by=post, at=clock.now())
    return StoreCountOut.of(store.count(id, visible_to=post))

"""People and teams that others may ask for."""

from uuid import UUID

from ninja import Router, Status

from tongzhou.actors import queries as actors
from tongzhou.actors.session import PostRequest
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.actions.register_resource import end_resource, register_resource
from tongzhou.catalogue.queries import listing
from tongzhou.catalogue.schemas.items import ResourceIn, ResourceOut
from tongzhou.kernel import clock
from tongzhou.kernel.api.values import Code, Search
from tongzhou.places import queries as places

router = Router(tags=["catalogue"])


@router.get("/resources", response=list[ResourceOut], summary="People and teams")
def resource_list(
    request: PostRequest, q: Search = "", area: Code | None = None
) -> list[ResourceOut]:
    """Who can be asked for, at most 500; in a subtree of areas."""
    path = places.find(area).path if area else ""
    found = listing.resources(visible_to=request.holder, q=q, path=path)
    return [ResourceOut.of(row) for row in found[:500]]


@router.post("/resources", response={201: ResourceOut}, summary="Register people or a team")
def resource_register(request: PostRequest, body: ResourceIn) -> Status[ResourceOut]:
    """Says that a unit has people or a team that others may ask for. Needs
    `resource.register`."""
    post = request.holder
    fields = body.model_dump() | {
        "item": catalogue.require_item(body.item),
        "unit": actors.find(body.unit, visible_to=post),
        "area": places.find(body.area) if body.area else None,
    }
    made = register_resource(**fields, by=post, at=clock.now())
    return Status(201, ResourceOut.of(made))


@router.post("/resources/{uuid:id}/end", response=ResourceOut, summary="Take off the register")
def resource_end(request: PostRequest, id: UUID) -> ResourceOut:
    """Takes people or a team off the register. Needs `resource.register`."""
    found = listing.resource(id, visible_to=request.holder)
    return ResourceOut.of(end_resource(resource=found, by=request.holder, at=clock.now()))

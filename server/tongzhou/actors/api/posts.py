from uuid import UUID

from ninja import Router, Status

from tongzhou.actors import queries
from tongzhou.actors.actions.appoint_person import appoint_person
from tongzhou.actors.actions.deactivate_person import deactivate_person
from tongzhou.actors.actions.end_post import end_post
from tongzhou.actors.schemas import DeactivationOut, HoldingOut, PersonOut, PostIn, PostOut
from tongzhou.actors.session import PostRequest
from tongzhou.kernel import clock
from tongzhou.kernel.api.values import Code

router = Router(tags=["posts"])


@router.get("/units/{code}/posts", response=list[PostOut])
def posts(request: PostRequest, code: Code) -> list[PostOut]:
    """Who works in a unit: for the unit itself and its line of command."""
    unit = queries.find(code, visible_to=request.holder)
    found = queries.posts(unit, visible_to=request.holder, at=clock.now())
    return [PostOut.of(post) for post in found]


@router.post("/units/{code}/posts", response={201: PostOut})
def appoint(request: PostRequest, code: Code, body: PostIn) -> Status[PostOut]:
    """Gives an existing or a new person a post. Needs `person.invite`, and no role that may
    do more than your own."""
    person = queries.person(body.person, visible_to=request.holder) if body.person else None
    post = appoint_person(
        unit=queries.find(code, visible_to=request.holder),
        role=body.role,
        person=person,
        username=body.username or "",
        name_zh=body.name_zh,
        name_en=body.name_en,
        password=body.password,
        language=body.language or "",
        by=request.holder,
        at=clock.now(),
    )
    return Status(201, PostOut.of(post))


@router.post("/posts/{id}/end", response=PostOut)
def end(request: PostRequest, id: UUID) -> PostOut:
    """Ends the term of a post and its tokens. Needs `person.deactivate`."""
    post = queries.post(id, visible_to=request.holder)
    return PostOut.of(end_post(post=post, by=request.holder, at=clock.now()))


@router.post("/people/{id}/deactivate", response=DeactivationOut)
def deactivate(request: PostRequest, id: UUID) -> DeactivationOut:
    """Ends all posts of a person and closes the account; names what falls to the units.
    Needs `person.deactivate` for each of the posts."""
    person = queries.person(id, visible_to=request.holder)
    done = deactivate_person(person=person, by=request.holder, at=clock.now())
    return DeactivationOut(
        person=PersonOut.of(done.person),
        holdings=[
            HoldingOut(kind=h.kind, id=h.id, reference=h.reference, title=h.title)
            for h in done.holdings
        ],
    )

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router, Status

from tongzhou.actors import queries
from tongzhou.actors.actions.accept_invitation import accept_invitation
from tongzhou.actors.actions.invite_person import invite_person
from tongzhou.actors.actions.withdraw_invitation import withdraw_invitation
from tongzhou.actors.auth import ANYONE
from tongzhou.actors.schemas import (
    Acceptance,
    InvitationIn,
    InvitationOut,
    NewInvitation,
    PostOut,
)
from tongzhou.actors.session import PostRequest
from tongzhou.kernel import clock
from tongzhou.kernel.api.values import Code

router = Router(tags=["invitations"])


@router.get("/units/{code}/invitations", response=list[InvitationOut])
def invitations(request: PostRequest, code: Code) -> list[InvitationOut]:
    """The open invitations to a unit. Needs `person.invite`."""
    unit = queries.find(code, visible_to=request.holder)
    found = queries.invitations(unit, visible_to=request.holder, at=clock.now())
    return [InvitationOut.of(invitation) for invitation in found]


@router.post("/units/{code}/invitations", response={201: NewInvitation})
def invite(
    request: PostRequest, response: HttpResponse, code: Code, body: InvitationIn
) -> Status[NewInvitation]:
    """Makes a link by which somebody takes up a post; it is shown this once. Needs
    `person.invite`, and no role that may do more than your own."""
    unit = queries.find(code, visible_to=request.holder)
    invitation, token = invite_person(
        unit=unit, **body.model_dump(), by=request.holder, at=clock.now()
    )
    response["Cache-Control"] = "no-store"
    address = request.build_absolute_uri(reverse("invitation", args=[token]))
    return Status(201, NewInvitation.made(invitation, token=token, address=address))


@router.post("/invitations/{id}/withdraw", response=InvitationOut)
def withdraw(request: PostRequest, id: UUID) -> InvitationOut:
    """Takes an invitation back. Needs `person.invite`."""
    invitation = queries.invitation(id, visible_to=request.holder)
    done = withdraw_invitation(invitation=invitation, by=request.holder, at=clock.now())
    return InvitationOut.of(done)


@router.post("/invitations/accept", response={201: PostOut}, auth=ANYONE)
def accept(request: HttpRequest, body: Acceptance) -> Status[PostOut]:
    """Takes up an invitation with a new account. Needs no sign-in: the link is the proof."""
    post = accept_invitation(
        **(body.model_dump() | {"language": body.language or ""}), at=clock.now()
    )
    return Status(201, PostOut.of(post))

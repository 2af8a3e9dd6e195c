from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Status

from tongzhou.actors import queries
from tongzhou.actors.actions.change_password import PASSWORD_TRIES, change_password
from tongzhou.actors.actions.choose_language import choose_language
from tongzhou.actors.actions.issue_token import issue_token
from tongzhou.actors.actions.revoke_token import revoke_token
from tongzhou.actors.schemas import (
    LanguageChange,
    Me,
    NewToken,
    PasswordChange,
    TokenIn,
    TokenOut,
)
from tongzhou.actors.session import LANGUAGE, PostRequest, posts_of, signed_in_person
from tongzhou.kernel import clock
from tongzhou.kernel.api.boundary import limited

router = Router(tags=["me"])


@router.get("/me", response=Me)
def me(request: PostRequest) -> Me:
    """Who you are, your posts, and what you may do under the present one."""
    post = request.holder
    return Me.of(post, posts_of(post.person, at=clock.now()))


@router.patch("/me", response=Me)
def change_language(request: PostRequest, body: LanguageChange) -> Me:
    """Chooses your language; a session that asks speaks it from now on."""
    post = request.holder
    post.person.language = choose_language(person=post.person, language=body.language)
    if signed_in_person(request) == post.person:
        request.session[LANGUAGE] = post.person.language
    return Me.of(post, posts_of(post.person, at=clock.now()))


@router.post("/me/password", response={204: None})
@limited(PASSWORD_TRIES)
def new_password(request: PostRequest, body: PasswordChange) -> Status[None]:
    """Changes your password; your sessions end, your tokens stay."""
    change_password(old=body.old, new=body.new, by=request.holder, at=clock.now())
    return Status(204, None)


@router.get("/me/tokens", response=list[TokenOut])
def tokens(request: PostRequest) -> list[TokenOut]:
    """The tokens of all your posts that are not revoked."""
    return [TokenOut.of(token) for token in queries.tokens(visible_to=request.holder)]


@router.post("/me/tokens", response={201: NewToken})
def issue(request: PostRequest, response: HttpResponse, body: TokenIn) -> Status[NewToken]:
    """Issues a token for your present post; its text is shown this once. Needs
    `token.issue`."""
    token, text = issue_token(**body.model_dump(), by=request.holder, at=clock.now())
    response["Cache-Control"] = "no-store"
    return Status(201, NewToken.made(token, text=text))


@router.post("/me/tokens/{id}/revoke", response=TokenOut)
def revoke(request: PostRequest, id: UUID) -> TokenOut:
    """Ends one of your tokens."""
    token = queries.token(id, visible_to=request.holder)
    return TokenOut.of(revoke_token(token=token, by=request.holder, at=clock.now()))

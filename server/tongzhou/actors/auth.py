"""Who sends a request to the API: a post, by session cookie or by token.

Both come to the same: ``request.holder``. A token narrows the post to its scopes. A router
takes ``auth=HOLDER`` (somebody with a post, the default of the API) or ``auth=ANYONE``
(``request.holder`` may be None).
"""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from tongzhou.actors import keys
from tongzhou.actors.holder_rows import token_with_post
from tongzhou.actors.models import ApiToken, Post
from tongzhou.actors.session import current_post
from tongzhou.kernel import clock
from tongzhou.kernel.api.boundary import CsrfFailed, SignInNeeded
from tongzhou.kernel.client_address import client_address
from tongzhou.kernel.errors import Refusal
from tongzhou.kernel.rate import Rate

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
#: A program that takes part in an exercise says so with each request ("1").
EXERCISE_HEADER: Final = "Tongzhou-Exercise"
_FOUND: Final = "_tongzhou_holder"
_COUNTED: Final = "_tongzhou_counted"
#: What a sender without an account may send; a village may share one address.
ANONYMOUS: Final = Rate("anonymous", most=30, every=timedelta(minutes=10))


class MaybeRequest(HttpRequest):
    """A request of somebody who may, but need not, hold a post."""

    holder: Post | None


class NoPost(Refusal):
    """Signed in, but without any post in force."""

    code = "no-post"
    status = 403
    message = _("Your account holds no post, so it can do nothing here.")


def identify(request: HttpRequest) -> Post | None:
    """The post that sends the request; None for a visitor. Asked twice, it looks once.
    Raises SignInNeeded for a token that is not in force, CsrfFailed, NoPost."""
    if not hasattr(request, _FOUND):
        scheme, _blank, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            post: Post | None = _by_token(
                token.strip(), exercise=request.headers.get(EXERCISE_HEADER) == "1"
            )
        elif scheme:
            raise SignInNeeded()
        else:
            post = _by_session(request)
        setattr(request, _FOUND, post)
    found: Post | None = getattr(request, _FOUND)
    return found


def require_holder(request: HttpRequest) -> Post:
    """The post that sends the request, also put into ``request.holder``. Raises what
    ``identify`` raises, and SignInNeeded for a visitor."""
    post = identify(request)
    if post is None:
        raise SignInNeeded()
    request.holder = post  # type: ignore[attr-defined]
    return post


def welcome(request: HttpRequest) -> bool:
    """Lets everybody in; ``request.holder`` is the post or None. What visitors send is
    counted. Raises TooManyRequests."""
    request.holder = identify(request)  # type: ignore[attr-defined]
    _count_visitor(request)
    return True


def caller(request: HttpRequest) -> str:
    """Who a kept answer belongs to, and whose attempts are counted. Asked before a
    transaction begins, so that a refusal does not undo the count. Raises what ``identify``
    raises, and TooManyRequests."""
    post = identify(request)
    _count_visitor(request)
    return f"post:{post.id}" if post else f"address:{client_address(request)}"


def _count_visitor(request: HttpRequest) -> None:
    if request.method in _SAFE or identify(request) is not None or hasattr(request, _COUNTED):
        return
    setattr(request, _COUNTED, True)
    ANONYMOUS.count(client_address(request))


def _by_token(token: str, *, exercise: bool) -> Post:
    at = clock.now()
    found = token_with_post(keys.digest(token))
    if (
        found is None
        or found.revoked_at is not None
        or found.expires_at <= at
        or not found.post.in_force(at)
    ):
        raise SignInNeeded()
    if found.last_used_on != at.date():
        ApiToken.objects.filter(id=found.id).update(last_used_on=at.date())
    found.post.scopes = frozenset(found.scopes)
    found.post.exercise = exercise
    return found.post


def _by_session(request: HttpRequest) -> Post | None:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    post = current_post(request)
    if post is None:
        if request.user.is_authenticated:
            raise NoPost()
        return None
    if request.method not in _SAFE and check_csrf(request):
        raise CsrfFailed()
    return post


class Bearer(AuthBase):
    """``Authorization: Bearer tz_…``"""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Post:
        """The post; see ``require_holder``."""
        return require_holder(request)


class Session(AuthBase):
    """The session cookie of a browser; changes need the header X-CSRFToken too."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = settings.SESSION_COOKIE_NAME
    csrf = True

    def __call__(self, request: HttpRequest) -> Post:
        """The post; see ``require_holder``."""
        return require_holder(request)


#: For a router or an operation: somebody with a post.
HOLDER: Final = (Bearer(), Session())
#: For a router or an operation: everybody.
ANYONE: Final = welcome

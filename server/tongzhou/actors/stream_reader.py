"""For whose unit a live stream is opened."""

from http.cookies import CookieError, SimpleCookie
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest

from tongzhou.actors.session import current_post


async def unit_of(scope: Any) -> UUID | None:
    """The unit of the post under which the sender of the request works; None for a visitor,
    a session that has ended or a person without a post."""
    header = dict(scope["headers"]).get(b"cookie", b"").decode("latin-1")
    try:
        cookie = SimpleCookie(header).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return None
    if cookie is None:
        return None
    found: UUID | None = await sync_to_async(_unit, thread_sensitive=False)(cookie.value)
    return found


def _unit(session_key: str) -> UUID | None:
    request = HttpRequest()
    request.session = SessionStore(session_key)
    try:
        request.user = get_user(request)  # type: ignore[assignment]
        post = current_post(request)
        return post.unit_id if post else None
    finally:
        # A stream lives for minutes: the connection goes back to the pool before it begins.
        connection.close()

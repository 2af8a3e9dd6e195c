"""Who opens a live stream: the unit of the post chosen in the browser's session."""

import asyncio
from collections.abc import MutableMapping
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.db import connections
from django.http import HttpRequest, parse_cookie

from tongzhou.actors.session import current_post

# Many pages come back at once after a restart; two at a time leave connections to the pages.
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="live-reader")


async def unit_of_reader(scope: MutableMapping[str, Any]) -> UUID | None:
    """The unit for which this stream is opened; None for a visitor."""
    cookies = "; ".join(
        value.decode("latin-1") for name, value in scope["headers"] if name == b"cookie"
    )
    key = parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    return await asyncio.get_running_loop().run_in_executor(_threads, _unit, key)


def _unit(key: str) -> UUID | None:
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    try:
        request.user = get_user(request)
        post = current_post(request)
        return post.unit_id if post is not None else None
    finally:
        # Back to the pool: a stream lives for minutes and must hold no connection.
        connections.close_all()

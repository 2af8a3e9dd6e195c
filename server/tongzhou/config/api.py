"""The JSON API: every room that has an ``api.py`` is mounted."""

from importlib import import_module

from tongzhou.actors import auth
from tongzhou.config.rooms import rooms_with
from tongzhou.kernel.api.contract import Api

DESCRIPTION = """
The same acts as on the pages, for programs.

**Sign-in.** Send `Authorization: Bearer tz_…`; a token is issued on the page *My account*, for
one post, with an expiry and with the permissions it may use. In a browser the session cookie
works too; changes then need the header `X-CSRFToken`.

**Sight.** You see what your post sees. What it may not see answers 404, like what does not exist.

**Errors** are problem details (RFC 9457, `application/problem+json`) with a stable `code` and a
sentence in the language of `Accept-Language` (`en`, `zh-hans`).

**Idempotency.** Every POST takes an `Idempotency-Key`. The same key with the same body is done
once and answered alike; with another body it is refused with 409.

**Lists** come in pages: `{"items": […], "next": "…"}`. Send `next` back as `cursor`; it is null on
the last page.

**Times** are ISO 8601 with a zone.
"""

api = Api(
    title="Tongzhou",
    version="1",
    description=DESCRIPTION,
    auth=auth.HOLDER,
    caller=auth.caller,
)
for _room in rooms_with("api"):
    api.add_router("", import_module(_room).router)

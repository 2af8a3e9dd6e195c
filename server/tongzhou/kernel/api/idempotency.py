"""A POST with an ``Idempotency-Key`` is done once, however often it is sent.

The answer is kept in the transaction of the act. Two requests with one key at the same
time: the second waits for the first at the unique index, then reads its answer. A refused
request did nothing, so nothing is kept and its key is free again.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from tongzhou.kernel import clock
from tongzhou.kernel.errors import Conflict, Refusal
from tongzhou.kernel.models import KeptAnswer

HEADER: Final = "Idempotency-Key"
REPLAYED: Final = "Idempotency-Replayed"
KEPT_FOR: Final = timedelta(hours=48)
_FORM = re.compile(r"[\x21-\x7e]{1,200}")
_RESERVE = """
INSERT INTO kernel_keptanswer (caller, key, request, status, body, content_type, at)
VALUES (%s, %s, %s, 0, '', '', %s) ON CONFLICT (caller, key) DO NOTHING
"""
_KEEP = """
UPDATE kernel_keptanswer SET status = %s, body = %s, content_type = %s
WHERE caller = %s AND key = %s
"""


class KeyMalformed(Refusal):
    """A key with blanks or of the wrong length."""

    code = "idempotency-key-malformed"
    message = _("An idempotency key has 1 to 200 printable characters without blanks.")


class KeyReused(Conflict):
    """The same key with another request."""

    code = "idempotency-key-reused"
    message = _("This idempotency key was used for another request. Please use a new one.")


class AnswerNotKept(Conflict):
    """Done before, and the answer held a secret that is shown once."""

    code = "answer-not-kept"
    message = _(
        "This was done before with the same key. The answer held a secret, so it was not kept."
    )


def key_of(request: HttpRequest) -> str | None:
    """The key of a POST, None without. Raises KeyMalformed."""
    key = request.headers.get(HEADER)
    if request.method != "POST" or key is None:
        return None
    if not _FORM.fullmatch(key):
        raise KeyMalformed(field=HEADER)
    return key


def once(
    request: HttpRequest, *, key: str, caller: str, do: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Answers the request: by ``do`` the first time, from what was kept afterwards. Keys of
    different callers have nothing to do with each other. Raises KeyReused, AnswerNotKept."""
    digest = _digest(request)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_RESERVE, [caller, key, digest, clock.now()])
        if not cursor.rowcount:
            return _kept(caller, key, digest)
        response = do()
        if response.status_code >= 400 or not isinstance(response, HttpResponse):
            transaction.set_rollback(True)
            return response
        if "no-store" not in response.get("Cache-Control", ""):
            content_type = response["Content-Type"]
            cursor.execute(
                _KEEP, [response.status_code, response.content, content_type, caller, key]
            )
        return response


def _kept(caller: str, key: str, digest: bytes) -> HttpResponse:
    found = KeptAnswer.objects.get(caller=caller, key=key)
    if bytes(found.request) != digest:
        raise KeyReused(field=HEADER)
    if not found.status:
        raise AnswerNotKept(field=HEADER)
    return HttpResponse(
        bytes(found.body),
        status=found.status,
        content_type=found.content_type,
        headers={REPLAYED: "true"},
    )


def _digest(request: HttpRequest) -> bytes:
    """What makes two requests the same: method, address and content. An upload is compared
    by its fields and files, because its written form differs each time."""
    state = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type == "multipart/form-data":
        for name, values in sorted(request.POST.lists()):
            state.update(repr((name, values)).encode())
        for name, files in sorted(request.FILES.lists()):
            for file in files:
                state.update(repr((name, file.name, file.size)).encode())
                for chunk in file.chunks():
                    state.update(chunk)
                file.seek(0)
    else:
        state.update(request.body)
    return state.digest()


def forget(*, at: datetime) -> int:
    """Deletes answers that were kept long enough; returns how many."""
    return KeptAnswer.objects.filter(at__lt=at - KEPT_FOR).delete()[0]

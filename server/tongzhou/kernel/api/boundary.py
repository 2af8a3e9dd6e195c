"""The edge of the API: what every operation has in common.

``guarded`` wraps the operation itself (unknown parameters, idempotency keys), ``outermost``
the address (methods that it does not know, what fails before the operation begins).
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.db import DataError, InterfaceError, OperationalError
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    UnreadablePostError,
)
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from ninja.errors import HttpError, ValidationError

from tongzhou.kernel.api import idempotency, invalid_input, problem
from tongzhou.kernel.errors import Invalid, NotFound, Refusal
from tongzhou.kernel.rate import Rate, TooManyRequests

_log = logging.getLogger("tongzhou.api")
View = Callable[..., HttpResponseBase]
F = TypeVar("F", bound=Callable[..., Any])
_RATE: Final = "_tongzhou_rate"


class SignInNeeded(Refusal):
    """Nobody is signed in, or the token is none that is in force."""

    code = "sign-in-needed"
    status = 401
    message = _("Please sign in, or send a valid API token: “Authorization: Bearer tz_…”.")


class CsrfFailed(Refusal):
    """A change by session cookie without the proof that our own page sent it."""

    code = "csrf-failed"
    status = 403
    message = _("The request lacks the X-CSRFToken of your session. Use an API token instead.")


class UnknownParameter(Invalid):
    """A parameter that this address does not know."""

    code = "unknown-parameter"
    message = _("This address has no parameter “%(name)s”.")


class MethodNotAllowed(Refusal):
    """The address exists, the method does not."""

    code = "method-not-allowed"
    status = 405
    message = _("This address answers to %(allowed)s only.")


class RequestTooLarge(Refusal):
    """A body larger than what is read."""

    code = "request-too-large"
    status = 413
    message = _("The request is too large.")


class RequestUnreadable(Refusal):
    """A request whose form is broken."""

    code = "request-unreadable"
    message = _("The request cannot be read.")


class ValueNotStorable(Invalid):
    """The last line: a value that passed every check and that the database cannot hold."""

    code = "value-not-storable"
    message = _("A value is out of the range that can be stored.")


class DatabaseAway(Refusal):
    """The database cannot be reached."""

    code = "database-away"
    status = 503
    message = _("The database cannot be reached. Please try again in a moment.")


class OwnFault(Refusal):
    """Our own fault; the log has the rest."""

    code = "own-fault"
    status = 500
    message = _("Something went wrong on our side. It was written down.")


def refused(refusal: Refusal) -> HttpResponse:
    """The answer to a refusal."""
    headers = {}
    if refusal.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(refusal, TooManyRequests):
        headers["Retry-After"] = str(refusal.wait)
    if isinstance(refusal, DatabaseAway):
        headers["Retry-After"] = "5"
    return problem.answer(problem.of_refusal(refusal), headers=headers)


def failed(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The answer to whatever went wrong. Never a bare error page; what is our own fault is
    logged with its trace and told as such."""
    match error:
        case Refusal():
            return refused(error)
        case ValidationError():
            return problem.answer(invalid_input.of_validation(error.errors))
        case Http404():
            return refused(NotFound())
        case RequestDataTooBig():
            return refused(RequestTooLarge())
        case HttpError() if isinstance(error.__cause__, Refusal | RequestDataTooBig):
            # The framework wraps what the parser raises.
            return failed(request, error.__cause__)
        case HttpError():
            return refused(SignInNeeded() if error.status_code == 401 else _as_read(error))
        case (
            SuspiciousOperation()
            | BadRequest()
            | MultiPartParserError()
            | UnreadablePostError()
            | UnicodeError()
        ):
            return refused(RequestUnreadable())
        case DataError():
            _log.warning("The database refused a value that the API took", exc_info=True)
            return refused(ValueNotStorable())
        case OperationalError() | InterfaceError():
            _log.error("The database cannot be reached", exc_info=True)
            return refused(DatabaseAway())
        case _:
            got_request_exception.send(sender=None, request=request)
            _log.error("%s %s failed", request.method, request.path, exc_info=True)
            return refused(OwnFault())


def _as_read(error: HttpError) -> Refusal:
    return CsrfFailed() if error.status_code == 403 else RequestUnreadable()


def limited(rate: Rate) -> Callable[[F], F]:
    """An operation that one sender may call so often only, whether it succeeds or not.
    Stands below ``@router.post(…)``."""

    def mark(view: F) -> F:
        setattr(view, _RATE, rate)
        return view

    return mark


def guarded(run: View, *, caller: Callable[[HttpRequest], str]) -> View:
    """An operation that refuses unknown parameters and is done once per idempotency key.
    ``caller`` names who sends the request, and raises SignInNeeded and the like."""
    operation: Any = run.__self__  # type: ignore[attr-defined]
    known = {
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }
    rate: Rate | None = getattr(operation.view_func, _RATE, None)

    @wraps(run)
    def answer(request: HttpRequest, **path: Any) -> HttpResponseBase:
        unknown = next((name for name in request.GET if name not in known), None)
        if unknown is not None:
            raise UnknownParameter(field=unknown[:80], name=unknown[:80])
        key = idempotency.key_of(request)
        if rate is not None:
            rate.count(caller(request))
        if key is None:
            return run(request, **path)
        return idempotency.once(
            request, key=key, caller=caller(request), do=lambda: run(request, **path)
        )

    return answer


def outermost(view: View) -> View:
    """A view of the API whose every answer is one of the API's own."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **path: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **path)
        except Exception as error:  # noqa: BLE001 – the edge: each becomes a problem, see failed
            response = failed(request, error)
        if isinstance(response, HttpResponseNotAllowed):
            allowed = ", ".join(sorted(response["Allow"].split(", ")))
            response = refused(MethodNotAllowed(allowed=allowed))
            response["Allow"] = allowed
        response.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(response, ["Accept-Language", "Cookie", "Authorization"])
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer

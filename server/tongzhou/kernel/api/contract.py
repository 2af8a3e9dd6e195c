"""The API as one object: its edge, and the description of it that OpenAPI tools read."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, re_path
from django.utils import translation
from django.views.decorators.http import require_safe
from ninja import NinjaAPI, Router
from ninja.openapi.docs import Swagger
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from tongzhou.kernel.api import boundary, idempotency, problem
from tongzhou.kernel.api.wire import JsonParser, JsonRenderer
from tongzhou.kernel.errors import NotFound

_REFERENCE: Final = "#/components/schemas/"
_REFUSALS: Final = {
    "get": ("401", "403", "404", "422", "429", "503"),
    "post": ("400", "401", "403", "404", "409", "413", "422", "429", "503"),
}
_OWN_ADDRESSES: Final = frozenset({"api-root", "openapi-json", "openapi-view"})
_KEY_PARAMETER: Final = {
    "in": "header",
    "name": idempotency.HEADER,
    "required": False,
    "description": "Your own name for this request, 1 to 200 printable characters. Sent again "
    "with the same body within two days, the request is done once and answered alike.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}


class Api(NinjaAPI):
    """The JSON API. ``auth`` finds who sends a request, ``caller`` names them, for
    idempotency keys."""

    def __init__(
        self,
        *,
        title: str,
        version: str,
        description: str,
        auth: Sequence[Callable[[HttpRequest], Any]],
        caller: Callable[[HttpRequest], str],
    ) -> None:
        super().__init__(
            title=title,
            version=version,
            description=description,
            urls_namespace="api",
            auth=auth,
            docs=Swagger(settings={"persistAuthorization": False, "docExpansion": "none"}),
            parser=JsonParser(),
            renderer=JsonRenderer(),
        )
        self._described: OpenAPISchema | None = None
        self.add_decorator(partial(boundary.guarded, caller=caller), mode="view")
        self.add_exception_handler(Exception, boundary.failed)
        for known in list(self._exception_handlers):
            self.add_exception_handler(known, boundary.failed)

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """``tasks_accept``: the room and the function."""
        room = operation.view_func.__module__.split(".")[1]
        return f"{room}_{operation.view_func.__name__}"

    def get_operation_url_name(self, operation: Operation, router: Router) -> str:
        """The same as in the description, so that ``reverse("api:tasks_accept")`` works."""
        return self.get_openapi_operation_id(operation)

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The description in English, with the refusals and the idempotency key of every
        operation. Made once: it is the same for everybody."""
        if self._described is None:
            with translation.override("en"):
                self._described = self._describe(path_prefix, path_params)
        return self._described

    def _describe(
        self, path_prefix: str | None, path_params: dict[str, Any] | None
    ) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        described = problem.Problem.model_json_schema(ref_template=_REFERENCE + "{model}")
        schema["components"]["schemas"].update(described.pop("$defs"), Problem=described)
        for methods in schema["paths"].values():
            for method, operation in methods.items():
                _describe_refusals(method, operation)
        return schema

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        addresses = super()._get_urls()
        for address in addresses:
            if isinstance(address, URLPattern):
                address.callback = boundary.outermost(_readable(address))
        # Also for an address with a line break in it, which "." alone would leave out.
        rest = re_path(r"^[\s\S]*$", boundary.outermost(_nothing_here), name="nothing-here")
        return [*addresses, rest]


def _readable(address: URLPattern) -> Callable[..., HttpResponseBase]:
    """The view of an address; those of the description itself can only be read."""
    view = _to_the_docs if address.name == "api-root" else address.callback
    own = address.name in _OWN_ADDRESSES
    return require_safe(view) if own else view


def _to_the_docs(request: HttpRequest, **_path: Any) -> HttpResponseBase:
    return redirect("api:openapi-view")


def _nothing_here(request: HttpRequest) -> HttpResponseBase:
    raise NotFound()


def _describe_refusals(method: str, operation: dict[str, Any]) -> None:
    content = {problem.MEDIA_TYPE: {"schema": {"$ref": _REFERENCE + "Problem"}}}
    for status in _REFUSALS.get(method, _REFUSALS["post"]):
        title = problem.TITLES[int(status)]
        operation["responses"].setdefault(status, {"description": str(title), "content": content})
    if method == "post":
        operation["parameters"] = [*operation["parameters"], _KEY_PARAMETER]

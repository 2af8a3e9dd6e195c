"""``api.md``: the JSON API, from its OpenAPI document."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from tongzhou.cli.reference.errors import refusals
from tongzhou.cli.reference.markdown import code, codes, page, table
from tongzhou.cli.reference.rooms import room_of
from tongzhou.config.api import api
from tongzhou.kernel.api.problem import TITLES

_METHODS: Final = ("get", "post", "put", "patch", "delete")
_HEADERS: Final = ("method", "path", "does", "query", "body", "answers")
Operation = Mapping[str, Any]


def text() -> str:
    """The page."""
    document: Mapping[str, Any] = api.get_openapi_schema()
    groups: dict[str, list[tuple[str, str, Operation]]] = {}
    for path, method, operation in _operations(document):
        tag = next(iter(operation.get("tags", [])), "other")
        groups.setdefault(tag, []).append((path, method, operation))
    number = sum(len(found) for found in groups.values())
    parts = [
        document["info"].get("description", ""),
        f"{number} operations. The whole document, with the form of every body, is at "
        "`/api/v1/openapi.json`, and can be read and tried at `/api/v1/docs`.",
        "## Problems",
        "Every operation can answer with these. The sentences are in [errors](errors.md).",
        _problems(),
    ]
    for tag in sorted(groups):
        rows = [_row(*found) for found in groups[tag]]
        parts += [f"## {tag}", table(_HEADERS, rows), _own_codes(groups[tag])]
    return page("API", *parts)


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Operation]]:
    for path in sorted(document["paths"]):
        for method in _METHODS:
            if method in document["paths"][path]:
                yield path, method, document["paths"][path][method]


def _row(path: str, method: str, operation: Operation) -> list[str]:
    named = [p["name"] for p in operation.get("parameters", []) if p["in"] == "query"]
    done = [str(status) for status in operation["responses"] if str(status) < "4"]
    return [
        method.upper(),
        code(path),
        operation.get("description") or operation.get("summary", ""),
        codes(named),
        _body(operation.get("requestBody", {})),
        ", ".join(done),
    ]


def _body(body: Mapping[str, Any]) -> str:
    for kind, content in body.get("content", {}).items():
        schema = content.get("schema", {})
        name = str(schema.get("$ref", "")).rpartition("/")[2] or schema.get("title", "")
        return code(str(name)) if kind == "application/json" else kind
    return ""


def _problems() -> str:
    shared = _by_status(kind for kind in _declared() if kind[2] == "kernel")
    rows = [[str(status), str(TITLES[status]), codes(names)] for status, names in shared.items()]
    return table(["status", "title", "codes"], rows)


def _own_codes(found: Iterable[tuple[str, str, Operation]]) -> str:
    """The refusals of the rooms whose endpoints these are: an operation id begins with the
    name of its room."""
    rooms = {str(operation["operationId"]).partition("_")[0] for _path, _method, operation in found}
    own = _by_status(kind for kind in _declared() if kind[2] in rooms)
    said = [f"{status}: {codes(names)}" for status, names in own.items()]
    return "Codes of its own: " + "; ".join(said) + "." if said else ""


def _declared() -> list[tuple[int, str, str]]:
    return sorted({(kind.status, kind.code, room_of(kind.__module__)) for kind in refusals()})


def _by_status(found: Iterable[tuple[int, str, str]]) -> dict[int, list[str]]:
    groups: dict[int, list[str]] = {}
    for status, name, _room in found:
        groups.setdefault(status, []).append(name)
    return groups

"""``api.md``: the JSON API, from its OpenAPI document."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from tongzhou.cli.reference.errors import refusals
from tongzhou.cli.reference.markdown import code, codes, page, table
from tongzhou.cli.reference.rooms import room_of
from tongzhou.config.api import api
from tongzhou.kernel.api.problem import TITLES

_METHODS: Final = ("get", "post", "put", "patch", "delete")
_HEADERS: Final = ("method", "path", "does", "query", "body", "answers")
Operation = Mapping[str, Any]
Found = tuple[str, str, Operation]


def text() -> str:
    """The page."""
    document: Mapping[str, Any] = api.get_openapi_schema()
    groups: dict[str, list[Found]] = {}
    for path, method, operation in _operations(document):
        tag = next(iter(operation.get("tags", [])), "other")
        groups.setdefault(tag, []).append((path, method, operation))
    number = sum(len(found) for found in groups.values())
    parts = [
        document["info"].get("description", ""),
        f"{number} operations. The whole document, with the form of every body, is at "
        "`/api/v1/openapi.json`, and can be read and tried at `/api/v1/docs`.",
        "## Problems",
        "What is not done comes back as problem details with one of these codes. The sentences "
        "are in [errors](errors.md).",
        _problems(groups),
    ]
    for tag in sorted(groups):
        rows = [_row(*found) for found in groups[tag]]
        parts += [f"## {tag}", table(_HEADERS, rows)]
    return page("API", *parts)


def _operations(document: Mapping[str, Any]) -> Iterator[Found]:
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


def _problems(groups: Mapping[str, Sequence[Found]]) -> str:
    """Who answers with which codes: all, and the rooms by the tags of their operations. An
    operation id begins with the name of its room."""
    tags: dict[str, list[str]] = {"kernel": ["every operation"]}
    for tag in sorted(groups):
        for _path, _method, operation in groups[tag]:
            named = tags.setdefault(str(operation["operationId"]).partition("_")[0], [])
            if tag not in named:
                named.append(tag)
    rows = []
    for room, named in tags.items():
        for status, names in _by_status(kind for kind in _declared() if kind[2] == room).items():
            rows.append([", ".join(named), f"{status} {TITLES[status]}", codes(names)])
    return table(["of", "status", "codes"], rows)


def _declared() -> list[tuple[int, str, str]]:
    return sorted({(kind.status, kind.code, room_of(kind.__module__)) for kind in refusals()})


def _by_status(found: Iterable[tuple[int, str, str]]) -> dict[int, list[str]]:
    groups: dict[int, list[str]] = {}
    for status, name, _room in found:
        groups.setdefault(status, []).append(name)
    return groups

"""``api.md``: the JSON API, from its OpenAPI document."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tongzhou.cli.reference.markdown import code, codes, page, table
from tongzhou.config.api import api

_METHODS: Final = ("get", "post", "put", "patch", "delete")


def text() -> str:
    """The page."""
    document: Mapping[str, Any] = api.get_openapi_schema()
    groups: dict[str, list[list[str]]] = {}
    for path, method, operation in _operations(document):
        tag = next(iter(operation.get("tags", [])), "other")
        groups.setdefault(tag, []).append(_row(path, method, operation))
    number = sum(len(rows) for rows in groups.values())
    parts = [
        document["info"].get("description", ""),
        f"{number} operations. The whole document, with the form of every body, is at "
        "`/api/v1/openapi.json`, and can be read and tried at `/api/v1/docs`. What is refused "
        "comes back as problem details with a code of [this list](errors.md).",
    ]
    for tag in sorted(groups):
        headers = ["method", "path", "does", "parameters", "body", "answers"]
        parts += [f"## {tag}", table(headers, groups[tag])]
    return page("API", *parts)


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path in sorted(document["paths"]):
        for method in _METHODS:
            if method in document["paths"][path]:
                yield path, method, document["paths"][path][method]


def _row(path: str, method: str, operation: Mapping[str, Any]) -> list[str]:
    parameters = operation.get("parameters", [])
    named = [p["name"] for p in parameters if p["in"] == "query"]
    return [
        method.upper(),
        code(path),
        operation.get("summary", ""),
        codes(named),
        _body(operation.get("requestBody", {})),
        ", ".join(str(status) for status in operation.get("responses", {})),
    ]


def _body(body: Mapping[str, Any]) -> str:
    for kind, content in body.get("content", {}).items():
        schema = content.get("schema", {})
        name = str(schema.get("$ref", "")).rpartition("/")[2] or schema.get("title", "")
        return code(str(name)) if kind == "application/json" else kind
    return ""

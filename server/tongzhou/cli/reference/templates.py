"""``templates.md``: the kinds of templates and what a file of each says, with a JSON Schema
beside it (``template-<kind>.schema.json``)."""

import json
from collections.abc import Callable
from typing import Any

from tongzhou.cli.reference.markdown import code, page, table
from tongzhou.library import publishing
from tongzhou.library.document import Document
from tongzhou.library.kinds.base import bodies, title_of


def text() -> str:
    """The page."""
    head = Document.model_json_schema()
    parts = [
        "A template is a YAML file in UTF-8 of at most 256 kB: a head, and under `body` what its "
        "kind asks for. Texts stand in both languages (`{zh: …, en: …}`), lengths of time as ISO "
        "8601 has them (`PT2H`, `P7D`). A field that is not listed is refused. "
        "`tongzhou library import FILE… --dry-run` says what is wrong, with line and field.",
        "## The head",
        _fields(
            {n: f for n, f in head["properties"].items() if n != "body"},
            set(head["required"]),
            head.get("$defs", {}),
        ),
        *(_kind(kind) for kind in bodies()),
    ]
    return page("Templates", *parts)


def schemas() -> dict[str, Callable[[], str]]:
    """What makes each schema, by the name of its file."""
    return {f"template-{kind}.schema.json": _schema(kind) for kind in bodies()}


def _schema(kind: str) -> Callable[[], str]:
    return lambda: json.dumps(publishing.schema(kind), ensure_ascii=False, indent=1) + "\n"


def _kind(kind: str) -> str:
    found = publishing.schema(kind)
    body, shared = found["properties"]["body"], found["$defs"]
    title = title_of(kind)
    parts = [
        f"## {code(kind)} – {title.en} / {title.zh}",
        body.get("description", ""),
        _fields(body.get("properties", {}), set(body.get("required", ())), shared),
    ]
    for name in _used(body, shared):
        part = shared[name]
        if name not in ("Text", "Source") and part.get("properties"):
            parts += [
                f"**{name}** – {' '.join(part.get('description', '').split())}",
                _fields(part["properties"], set(part.get("required", ())), shared),
            ]
    parts.append(f"Schema: [template-{kind}.schema.json](template-{kind}.schema.json)")
    return "\n\n".join(parts)


def _used(part: Any, shared: dict[str, Any], seen: list[str] | None = None) -> list[str]:
    """The shared shapes that a part is made of, in the order in which they are met."""
    found = [] if seen is None else seen
    match part:
        case {"$ref": str(reference)}:
            name = reference.rpartition("/")[2]
            if name not in found:
                found.append(name)
                _used(shared[name], shared, found)
        case dict():
            for value in part.values():
                _used(value, shared, found)
        case list():
            for value in part:
                _used(value, shared, found)
    return found


def _fields(fields: dict[str, Any], required: set[str], shared: dict[str, Any]) -> str:
    rows = [
        [code(name), _type(field), "yes" if name in required else "", str(field.get("title", "")),
         str(field.get("title_zh", ""))]
        for name, field in fields.items()
    ]  # fmt: skip
    return table(["field", "type", "needed", "meaning", "含义"], rows)


def _type(field: dict[str, Any]) -> str:
    match field:
        case {"const": value}:
            return code(str(value))
        case {"enum": values}:
            return ", ".join(code(str(value)) for value in values if value != "")
        case {"anyOf": choices}:
            return " or ".join(_type(c) for c in choices if c.get("type") != "null")
        case {"$ref": reference}:
            return str(reference).rpartition("/")[2]
        case {"type": "array", "items": items}:
            return f"list of {_type(items)}"
        case {"type": "object", "additionalProperties": dict(values)}:
            return f"{_type(values)} by name"
        case {"format": form, "type": kind}:
            return f"{kind} ({form})"
        case {"type": kind}:
            return str(kind)
    return "any"

"""The published form of files: a JSON Schema for each kind, made from the shapes that the
platform itself reads them by."""

from typing import Any

from tongzhou.library.document import Document
from tongzhou.library.kinds.base import bodies, title_of


def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of a whole file of this kind. Raises KeyError."""
    body = bodies()[kind].model_json_schema()
    whole = Document.model_json_schema()
    shared = {**whole.pop("$defs", {}), **body.pop("$defs", {})}
    fields = {**whole["properties"], "kind": {"const": kind}, "body": body}
    title = title_of(kind)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title.en,
        "description": body.get("description", ""),
        "title_zh": title.zh,
        **{name: value for name, value in whole.items() if name not in ("title", "description")},
        "properties": fields,
        "required": [*whole["required"], "body"],
        "$defs": shared,
    }

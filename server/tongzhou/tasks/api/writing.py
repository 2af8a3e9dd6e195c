"""Answers of lists, written straight from the rows of the queries: they come from our own
tables, so checking each field a second time would be most of the cost of a list."""

from typing import Any

import orjson
from django.http import HttpResponse


def answer(content: Any) -> HttpResponse:
    """The content (dataclasses, lists, plain values) as JSON."""
    return HttpResponse(orjson.dumps(content, default=_plain), content_type="application/json")


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"{type(value)} has no written form")

"""By what a version is known again: a hash of what it says."""

import hashlib
from typing import Any

import orjson

from tongzhou.library.reading import Read


def plain(read: Read) -> dict[str, Any]:
    """The whole template as plain data, every default written out."""
    return {
        **read.document.model_dump(mode="json", exclude={"body", "version"}),
        "body": read.body.model_dump(mode="json"),
    }


def digest(read: Read) -> str:
    """SHA-256 of the plain data; the number of the version is no part of it."""
    return hashlib.sha256(orjson.dumps(plain(read), option=orjson.OPT_SORT_KEYS)).hexdigest()

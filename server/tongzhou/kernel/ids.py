"""Identifiers: UUIDs of version 7, so that ids sort by the time at which they were made."""

import uuid

from uuid_utils import compat

#: Names made from a seed (demo, idempotent imports) live under this namespace.
NAMESPACE = uuid.UUID("6d5c9b1e-0d0b-5b7e-9d0c-2f6d0b1a7a10")


def new_id() -> uuid.UUID:
    """A new UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then random bits."""
    return compat.uuid7()


def named_id(*names: str) -> uuid.UUID:
    """The same names give the same id (UUIDv5); for what must not be made twice."""
    return uuid.uuid5(NAMESPACE, "\x1f".join(names))

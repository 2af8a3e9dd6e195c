"""Long random keys in links and tokens: made here, kept as their SHA-256. They are random,
so a slow hash would add nothing but load."""

import hashlib
import secrets
from typing import Final

#: How an API token begins, so that one that leaked is recognised.
TOKEN_PREFIX: Final = "tz_"  # noqa: S105 – not a secret
_BYTES: Final = 32


def new_key() -> str:
    """A new key of 256 random bits, as it can stand in an address."""
    return secrets.token_urlsafe(_BYTES)


def digest(key: str) -> bytes:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).digest()

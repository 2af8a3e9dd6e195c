"""Who signs an act: a post, or nobody where the installation's command line acts."""

from collections.abc import Mapping
from typing import Any

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import Word
from tongzhou.places.models import Area


def signature(by: Post | None) -> Mapping[str, Any]:
    """As the ledger takes it; empty for the command line."""
    return by.signs() if by is not None else {}


def require(*, by: Post | None, word: Word, on: Unit | Area) -> None:
    """``permissions.require``, from which the command line is exempt: whoever holds the
    machine holds the accounts."""
    if by is not None:
        permissions.require(by=by, word=word, on=on)

"""What the API says about an analysis."""

from datetime import datetime
from typing import Any

from ninja import Schema


class InsightOut(Schema):
    """The kept result: ``figures`` as ``actscope summary`` gives them (null before the first
    analysis), the ledger position they stand on, how many acts were sealed since, and whether
    a fresh analysis is on its way."""

    position: int
    behind: int
    working: bool
    made_at: datetime | None
    error: str
    figures: dict[str, Any] | None


class AskedOut(Schema):
    """Whether a fresh analysis was asked for."""

    asked: bool

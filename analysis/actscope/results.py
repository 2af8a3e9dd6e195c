"""What every result is: a frozen value that carries its meaning and gives plain JSON."""

import math
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

import numpy as np
import pyarrow as pa


class Result:
    """Base of frozen dataclasses. ``to_dict`` gives each field under its name; what a figure
    could not be computed from is ``None``, never a number."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Each field by its name, as values that JSON knows."""
        return {
            field.name: plain(getattr(self, field.name))
            for field in fields(self)  # type: ignore[arg-type] # only dataclasses inherit
        }


def plain(value: Any) -> Any:
    """A value as JSON knows it: arrays and tables become lists, instants and days ISO 8601, not-
    a-number and infinity ``None``."""
    match value:
        case Result():
            return value.to_dict()
        case Enum():
            return value.value
        case np.generic():
            return plain(value.item())
        case float():
            return value if math.isfinite(value) else None
        case date():
            return value.isoformat()
        case np.ndarray():
            return plain(value.tolist())
        case pa.Table():
            return plain(value.to_pylist())
        case Mapping():
            return {str(plain(key)): plain(held) for key, held in value.items()}
        case list() | tuple():
            return [plain(held) for held in value]
        case set() | frozenset():
            return sorted(plain(held) for held in value)
        case _:
            return value.to_dict() if hasattr(value, "to_dict") else value

"""Rows of one room each. A module here may have ``PAGES`` and ``OPERATIONS`` (rows, see
``rows``), ``SECRETS`` (words of its objects that no outsider may read) and ``furnish(world)``,
which makes its objects in the small world; they are found as ``world.of["<room>"]``."""

import importlib
import pkgutil
from types import ModuleType


def modules() -> list[ModuleType]:
    """The rows of all rooms that have some here, by name."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f"{__name__}.{name}") for name in names]

"""Everything that the installed rooms are made of, found and loaded."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import Final

from django.apps import apps
from django.utils.module_loading import module_has_submodule

PACKAGE: Final = "tongzhou"
_NOT_READ: Final = frozenset({"migrations", "__main__"})


def rooms() -> dict[str, ModuleType]:
    """The installed rooms by name, lowest first."""
    names = [config.name for config in apps.get_app_configs()]
    return {room_of(n): importlib.import_module(n) for n in names if n.startswith(f"{PACKAGE}.")}


def modules_named(name: str) -> dict[str, ModuleType]:
    """The module ``name`` of each room that has one, by room."""
    return {
        room: importlib.import_module(f"{package.__name__}.{name}")
        for room, package in rooms().items()
        if module_has_submodule(package, name)
    }


def load_all() -> None:
    """Loads every module of every room, so that what they declare is known. A module that
    cannot be loaded is an error here as it would be in use."""
    for package in rooms().values():
        for _module in _below(package):
            pass


def room_of(module: str) -> str:
    """The room that a module lies in."""
    return module.removeprefix(f"{PACKAGE}.").partition(".")[0]


def _below(package: ModuleType) -> Iterator[ModuleType]:
    for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        if info.name.rpartition(".")[2] in _NOT_READ:
            continue
        module = importlib.import_module(info.name)
        yield module
        if info.ispkg:
            yield from _below(module)

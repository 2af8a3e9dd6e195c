"""What other rooms show on the page of an area: a room registers a panel, this room shows
it and knows nothing of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from tongzhou.places.models import Area

Fill = Callable[[Area, HttpRequest], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """A part of the page: a template, and a function that gives its variables, or None
    where there is nothing to show. ``order`` sorts; lower stands higher."""

    order: int
    template: str
    fill: Fill


@dataclass(frozen=True)
class Shown:
    """A panel with its variables."""

    template: str
    variables: Mapping[str, Any]


_PANELS: list[Panel] = []


def register(*, order: int, template: str) -> Callable[[Fill], Fill]:
    """Adds a panel. The template finds the variables as ``panel``, and ``area``."""

    def add(fill: Fill) -> Fill:
        _PANELS.append(Panel(order, template, fill))
        return fill

    return add


def shown(area: Area, request: HttpRequest) -> list[Shown]:
    """The panels of an area that have something to show."""
    found = []
    for panel in sorted(_PANELS, key=lambda p: p.order):
        variables = panel.fill(area, request)
        if variables is not None:
            found.append(Shown(panel.template, variables))
    return found

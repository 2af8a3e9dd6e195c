"""Lengths of time that follow from the incubation of an incident's agent."""

import math
from dataclasses import dataclass
from datetime import date
from typing import cast

from tongzhou.incidents.models import Incident
from tongzhou.library import queries as library
from tongzhou.library.kinds.windows import Window, WindowsBody
from tongzhou.library.queries import NoTemplate, Version

KIND, KEY = "windows", "incubation"


@dataclass(frozen=True)
class Windows:
    """The windows of an incident. ``known``: False while the incubation is not known, and the
    template's own figure stands for it."""

    version: Version | None
    incubation: int
    known: bool
    rows: list[tuple[Window, int]]

    def days(self, key: str, *, default: int) -> int:
        """The length of one window in days."""
        return next((days for window, days in self.rows if window.key == key), default)


def of(incident: Incident, *, on: date) -> Windows:
    """The windows of an incident by the template in force on a day."""
    return by_days(incident.incubation_days, on=on)


def by_days(incubation: int | None, *, on: date) -> Windows:
    """The windows that an incubation of so many days gives; whole days, rounded up, at least
    one."""
    try:
        version = library.in_force(KIND, KEY, on=on)
    except NoTemplate:
        return Windows(None, incubation or 0, bool(incubation), [])
    body = cast(WindowsBody, version.body)
    days = incubation or body.default_days
    rows = [(window, max(1, math.ceil(window.times * days))) for window in body.windows]
    return Windows(version, days, bool(incubation), rows)

"""The templates that tickets and whistles live by: those in force on the day they came in."""

import hashlib
from datetime import datetime
from typing import Final
from uuid import UUID

from tongzhou.library import queries as library
from tongzhou.library.kinds.hotline import Hotline
from tongzhou.library.kinds.whistle import WhistleRules
from tongzhou.tasks.models import Form, Task

#: Kind and key of the templates.
HOTLINE: Final = ("hotline", "public")
WHISTLE: Final = ("whistle", "street")


def hotline(*, at: datetime) -> tuple[UUID, Hotline]:
    """The hotline template of that day and its version's id. Raises NoTemplate."""
    version = library.in_force(*HOTLINE, on=at.date())
    assert isinstance(version.body, Hotline)
    return version.id, version.body


def hotline_of(version: UUID) -> Hotline:
    """The body of one version."""
    body = library.version(version).body
    assert isinstance(body, Hotline)
    return body


def whistle(*, at: datetime) -> tuple[UUID, WhistleRules]:
    """The whistle template of that day and its version's id. Raises NoTemplate."""
    version = library.in_force(*WHISTLE, on=at.date())
    assert isinstance(version.body, WhistleRules)
    return version.id, version.body


def whistle_of(version: UUID) -> WhistleRules:
    """The body of one version."""
    body = library.version(version).body
    assert isinstance(body, WhistleRules)
    return body


def drawn_for_call_back(task: UUID, *, percent: int) -> bool:
    """True of so many tickets in a hundred, always of the same ones: nobody chooses whom to
    ask, and closing a ticket anew does not draw again."""
    place = int.from_bytes(hashlib.sha256(task.bytes).digest()[:8])
    return place % 100 < percent


def most_bounces(task: Task) -> int:
    """So often a ticket or a call may be passed on before the unit above decides."""
    if task.form == Form.TICKET:
        return hotline_of(task.ticket.template).bounces
    return whistle_of(task.call.whistle.template).bounces

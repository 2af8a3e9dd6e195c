"""Addresses of time limits and of the background work."""

from datetime import timedelta
from typing import Final

from contract.rows import NOT_YOURS, OWN, Build, operation, page, read, send
from contract.world import World

from tongzhou.clocks.models import Clock
from tongzhou.clocks.rules import known_rules


def furnish(world: World) -> Clock:
    """A limit that the command of the province waits for."""
    known = next(k for k in known_rules(on=world.at.date()) if k.rule.key == "signal-assessment")
    owner, watcher = world.cast.units["zj-cdc"].id, world.cast.units["zj-command"].id
    return Clock.objects.create(
        rule=known.rule.key,
        version=known.version,
        about_kind="signal",
        about_id=world.signal.id,
        owners=[owner],
        watchers=[watcher],
        parties=[owner, watcher],
        started_by=world.act,
        started_at=world.at,
        due_at=world.at + timedelta(days=2),
        next_at=world.at + timedelta(days=1),
    )


def _clock() -> Build:
    return lambda world: {"id": world.of["clocks"].id}


PAGES: Final = (
    page("clocks", read(**OWN)),
    page("clocks", read(**OWN), query="?whose=owner&state=missed&within=day", note="filtered"),
    page("clocks", read(422, outsider=422), query="?state=nothing", note="unknown filter"),
    page("clocks-export", read(**OWN)),
    page("clock", read(), args=_clock()),
    page("clock-extend", read(),
         send(302, lambda world: {"due_at": world.later_local, "reason": "More"}), args=_clock()),
    page("background", read(**NOT_YOURS)),
)  # fmt: skip
OPERATIONS: Final = (
    operation("clocks_clocks", "GET", 200, 200),
    operation("clocks_clock", "GET", 200, args=_clock()),
    operation("clocks_extend", "POST", 200, args=_clock(),
              body=lambda world: {"due_at": world.later, "reason": "More"}),
    operation("clocks_background", "GET", 200, 403),
)  # fmt: skip

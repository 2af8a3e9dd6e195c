"""How the unit of a post stands to a unit that it would inspect or ask for something.

Above it in the line of command, or responsible for the place: a department asks a community
for a form although it does not command it, and whoever answers for a town inspects its
firms. Both are what oversight and burden are about."""

from dataclasses import dataclass

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models import AUTHORITIES


@dataclass(frozen=True)
class Supervised:
    """A unit as something to inspect: by those above it; firms, hospitals and organisations
    also by the authorities of their place."""

    unit: Unit

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "own", "line", "inside"; "known" is everybody."""
        found = set(permissions.relations_with(post, self.unit) - {"inside"})
        outside_of_line = self.unit.sector not in AUTHORITIES
        if outside_of_line and governs(post, self.unit):
            found.add("inside")
        return frozenset(found)


@dataclass(frozen=True)
class Asked:
    """A unit as something to ask for forms, meetings and inspections: by those above it, and
    by every authority of its place."""

    unit: Unit

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "own", "line", "inside"; "known" is everybody."""
        found = set(permissions.relations_with(post, self.unit) - {"inside"})
        if governs(post, self.unit):
            found.add("inside")
        return frozenset(found)


def governs(post: Post, unit: Unit) -> bool:
    """True when the post's unit is an authority whose area holds that of the other unit, and
    does not stand below it."""
    below = unit.id in post.unit.above
    return not below and post.unit.sector in AUTHORITIES and post.unit.area.contains(unit.area)


def sees_burden(post: Post, unit: Unit) -> bool:
    """Who may know what is asked of a unit: itself, those above it, and those who may ask."""
    return post.unit_id in unit.line or governs(post, unit)

"""Who may propose what to whom, and who is told. That a unit owes something is known to
everybody who is signed in; a change is proposed by the unit itself, by those above it, and
by those whose area it works in."""

from collections.abc import Iterable
from uuid import UUID

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import MANDATE_PROPOSE
from tongzhou.kernel.errors import NotAllowed


def may_propose(post: Post, unit: Unit) -> bool:
    """True when the post may propose what ``unit`` is charged with."""
    if not permissions.holds(post, MANDATE_PROPOSE):
        return False
    return post.unit_id in unit.line or post.answers_for(unit.area)


def require_proposer(post: Post, unit: Unit) -> None:
    """Raises NotAllowed unless the post may propose what ``unit`` is charged with."""
    if not may_propose(post, unit):
        raise NotAllowed(permission=MANDATE_PROPOSE.label)


def audience(units: Iterable[Unit]) -> set[UUID]:
    """The units themselves and everyone above them."""
    return {unit for each in units for unit in (each.id, *each.line)}


def authority(by: Post | None, units: Iterable[Unit]) -> str:
    """The basis of an act towards ``units``: "order" where the acting unit stands above all
    of them, "agreement" otherwise."""
    if by is None:
        return ""
    return "order" if all(by.unit_id in unit.line for unit in units) else "agreement"

"""Who may propose what to whom, and who is told. That a unit owes something is known to
everybody who is signed in; a change is proposed by the unit itself, by those above it, and
by the authorities whose area it works in."""

from collections.abc import Iterable
from uuid import UUID

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Sector, Unit
from tongzhou.actors.vocabulary import DUTY_DECLARE, MANDATE_PROPOSE
from tongzhou.kernel.errors import NotAllowed

#: Sectors whose units answer for their area and may say what is owed in it.
AUTHORITIES = frozenset({Sector.GOVERNMENT, Sector.PARTY_BODY, Sector.CDC})


def may_propose(post: Post, unit: Unit) -> bool:
    """True when the post may propose what ``unit`` is charged with."""
    if not permissions.holds(post, MANDATE_PROPOSE):
        return False
    around = post.unit.sector in AUTHORITIES and post.answers_for(unit.area)
    return post.unit_id in unit.line or around


def may_declare(post: Post) -> bool:
    """True when the post may declare duties: those of an authority alone."""
    return permissions.holds(post, DUTY_DECLARE) and post.unit.sector in AUTHORITIES


def require_declarer(post: Post) -> None:
    """Raises NotAllowed unless the post may declare duties."""
    if not may_declare(post):
        raise NotAllowed(permission=DUTY_DECLARE.label)


def require_proposer(post: Post, unit: Unit) -> None:
    """Raises NotAllowed unless the post may propose what ``unit`` is charged with."""
    if not may_propose(post, unit):
        raise NotAllowed(permission=MANDATE_PROPOSE.label)


def audience(units: Iterable[Unit]) -> set[UUID]:
    """The units themselves and everyone above them."""
    return {unit for each in units for unit in (each.id, *each.line)}


def authority(by: Post | None, units: Iterable[Unit]) -> str:
    """The basis of an act towards ``units``: "order" where the acting unit stands above all
    of them, "agreement" otherwise; none where it acts for itself alone."""
    units = [unit for unit in units if by is None or unit.id != by.unit_id]
    if by is None or not units:
        return ""
    return "order" if all(by.unit_id in unit.line for unit in units) else "agreement"

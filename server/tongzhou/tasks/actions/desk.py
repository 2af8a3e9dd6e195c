"""Which unit takes in what comes without an account."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import ROLES, TICKET_REGISTER
from tongzhou.incidents.models import AUTHORITIES
from tongzhou.kernel.errors import Invalid
from tongzhou.places.models import Area

#: Roles with which somebody sits at a desk.
_ROLES = frozenset(role for role, words in ROLES.items() if TICKET_REGISTER in words)


class NoDesk(Invalid):
    """Nobody is there who could take it in."""

    code = "no-desk"
    message = _("No authority over %(area)s takes requests in here. Please call instead.")


def desk_for(area: Area, *, at: datetime, levels: Sequence[str]) -> Unit:
    """The authority over the area with somebody at the desk, of the first of these levels that
    has one, else the nearest of all. Raises NoDesk."""
    in_force = Post.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=at),
        starts_at__lte=at,
        role__in=_ROLES,
        person__is_active=True,
    )
    units = (
        Unit.objects.filter(
            active=True,
            sector__in=AUTHORITIES,
            area__code__in=area.line(),
            posts__in=in_force,
        )
        .select_related("area")
        .defer("area__boundary", "area__profile")
        .distinct()
    )
    # Of one level the one that commands the others: the shortest line of command.
    found = sorted(units, key=lambda u: (_place(u, levels), -len(u.area.path), len(u.line), u.code))
    if not found:
        raise NoDesk(field="area", area=area.name)
    return found[0]


def _place(unit: Unit, levels: Sequence[str]) -> int:
    return levels.index(unit.level) if unit.level in levels else len(levels)

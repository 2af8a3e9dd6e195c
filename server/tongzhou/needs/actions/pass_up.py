from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import NEED_PASS
from tongzhou.kernel.errors import Conflict
from tongzhou.needs import access
from tongzhou.needs.actions.change import (
    REASON,
    NeedNotOpen,
    authority_of,
    bounded,
    grant_sight,
    reason_given,
    record,
)
from tongzhou.needs.actions.covering import covered
from tongzhou.needs.acts import NEED_PASSED_UP
from tongzhou.needs.models import Need, Passing
from tongzhou.places.models import Area


class NobodyAbove(Conflict):
    """It stands at the top already."""

    code = "nobody-above"
    message = _("There is nobody above %(unit)s to pass it to.")


class NothingUnmet(Conflict):
    """Everything that is asked for is promised."""

    code = "nothing-unmet"
    message = _("Everything in %(reference)s is promised already.")


def pass_up(*, need: Need, by: Post | None, at: datetime, reason: str = "") -> Need:
    """An unmet need goes to the unit above the one whose turn it was. By hand with a reason,
    which is kept beside; without a post when its time ran out. Raises NotFound, NotAllowed,
    NeedNotOpen, ReasonMissing, NobodyAbove, NothingUnmet."""
    with transaction.atomic():
        locked = (
            Need.objects.select_for_update(of=("self",), no_key=True)
            .select_related("unit", "area", "incident", "holder__area")
            .get(id=need.id)
        )
        if by is not None:
            permissions.require(by=by, word=NEED_PASS, on=locked)
            reason = reason_given(reason)
        if not locked.is_open:
            raise NeedNotOpen(reference=locked.reference)
        if covered(locked):
            raise NothingUnmet(reference=locked.reference)
        above = next_above(locked.holder)
        if above is None:
            raise NobodyAbove(unit=locked.holder.name)
        former, reason = locked.holder, bounded(reason, field="reason", limit=REASON)
        Passing.objects.create(
            need=locked, former=former, holder=above, reason=reason, post=by, at=at
        )
        locked.holder, locked.held_since = above, at
        locked.save(update_fields=["holder", "held_since"])
        access.settle(locked.id)
        grant_sight(locked.incident, above)
        record(
            NEED_PASSED_UP,
            need=locked,
            by=by,
            at=at,
            outcome="by hand" if by is not None else "time ran out",
            data={"from": str(former.id), "said": bool(reason)},
        )
    return locked


def next_above(unit: Unit) -> Unit | None:
    """The unit above in the line; of the head of a line the authority over the area around
    its own, the lowest first; None at the top."""
    if unit.parent_id is not None:
        return Unit.objects.select_related("area").get(id=unit.parent_id)
    around = Area.objects.filter(code__in=unit.area.line()[:-1]).order_by("-path").first()
    found = authority_of(around) if around is not None else None
    return found if found is not None and found.id != unit.id else None

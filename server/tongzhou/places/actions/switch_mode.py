from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.errors import Conflict, Invalid, ReasonMissing
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append
from tongzhou.places import modes
from tongzhou.places.acts import MODE_SWITCHED
from tongzhou.places.models import Area, AreaMode, Mode
from tongzhou.places.permissions import Editor, require_switch

#: An emergency is looked at anew at least twice a year.
LONGEST: Final = timedelta(days=183)


class UnknownMode(Invalid):
    """A mode other than peacetime and emergency."""

    code = "unknown-mode"
    message = _("Unknown mode “%(mode)s”.")


class ModeUnchanged(Conflict):
    """The area is in this mode already, until the same moment."""

    code = "mode-unchanged"
    message = _("%(area)s is in the mode “%(mode)s” already.")


class ModeHeldAbove(Conflict):
    """An area around it is in an emergency."""

    code = "mode-held-above"
    message = _(
        "%(above)s is in an emergency, and %(area)s lies inside. Peacetime begins there first."
    )


class ModeEndsTooEarly(Invalid):
    """The emergency would be over already."""

    code = "mode-ends-too-early"
    message = _("The emergency would be over already. Choose a later time.")


class ModeEndsTooLate(Invalid):
    """The emergency has no end, or one that lies too far ahead."""

    code = "mode-ends-too-late"
    message = _("An emergency needs an end within half a year; it can be extended then.")


def switch_mode(
    *,
    area: Area,
    mode: str,
    reason: str,
    by: Editor,
    at: datetime,
    until: datetime | None = None,
    id: UUID | None = None,
) -> AreaMode:
    """Switches an area, with all that lies inside, to an emergency until a moment, or back to
    peacetime. Nothing that stands in the area is changed. The same emergency with another
    end extends or shortens it.

    Raises NotAllowed, UnknownMode, ReasonMissing, ModeEndsTooEarly, ModeEndsTooLate,
    ModeHeldAbove, ModeUnchanged.
    """
    require_switch(by=by, area=area)
    if mode not in Mode.values:
        raise UnknownMode(field="mode", mode=mode)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if mode == Mode.EMERGENCY:
        _check_end(until, at=at)
    with transaction.atomic():
        # One after the other: two who switch at once cannot both find it unchanged.
        locked = Area.objects.select_for_update(no_key=True).get(id=area.id)
        # Who waited for the other may have been asked before them; their switch holds by now.
        last = AreaMode.objects.filter(area=locked).aggregate(last=Max("at"))["last"]
        at = max(at, last) if last is not None else at
        before = modes.standing(locked, at=at)
        if mode == Mode.PEACE and before.row is not None and before.row.area_id != locked.id:
            raise ModeHeldAbove(field="mode", above=before.row.area.name, area=locked.name)
        own = before.row if before.row is not None and before.row.area_id == locked.id else None
        if (own is None and mode == Mode.PEACE) or (
            own is not None and mode == Mode.EMERGENCY and own.until == until
        ):
            raise ModeUnchanged(field="mode", area=locked.name, mode=Mode(mode).label)
        row = AreaMode(
            id=id or new_id(),
            area=locked,
            mode=mode,
            at=at,
            until=until if mode == Mode.EMERGENCY else None,
            reason=reason.strip(),
            by_post=by.signs()["by_post"],
        )
        row.save(force_insert=True)
        append(
            MODE_SWITCHED,
            at=at,
            about=("area", locked.id),
            area=locked.code,
            **by.signs(),
            basis="order",
            due_at=row.until,
            outcome=mode,
            public=True,
            data={"code": locked.code, "mode": mode, "before": before.mode.value},
        )
    return row


def _check_end(until: datetime | None, *, at: datetime) -> None:
    if until is None or until > at + LONGEST:
        raise ModeEndsTooLate(field="until")
    if until <= at:
        raise ModeEndsTooEarly(field="until")

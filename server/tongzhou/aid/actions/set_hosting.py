from datetime import date, datetime

from django.db import transaction

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import AID_HOST
from tongzhou.aid.actions.change import counted, require_days
from tongzhou.aid.acts import HOSTING_SET
from tongzhou.aid.models import Hosting
from tongzhou.ledger.append import append


def set_hosting(
    *, people: int, since: date, by: Post, at: datetime, unit: Unit | None = None
) -> Hosting:
    """From a day on so many people from outside can be lodged; said again of the same day it
    takes the place of what was said. Raises NotAllowed, AidCountWrong, AidDaysTurned."""
    owner = unit or by.unit
    counted(people, field="people", least=0, most=1_000_000)
    require_days(since, at=at, field="since")
    with transaction.atomic():
        permissions.require(by=by, word=AID_HOST, on=owner)
        found, _made = Hosting.objects.update_or_create(
            unit=owner,
            since=since,
            exercise=by.exercise,
            defaults={"people": people, "post": by, "at": at},
        )
        append(
            HOSTING_SET,
            at=at,
            about=("aid_hosting", found.id),
            **by.signs(),
            with_units=[owner.id],
            area=owner.area.code,
            audience=[owner.id],
            data={"people": people, **({"exercise": True} if by.exercise else {})},
        )
    return found

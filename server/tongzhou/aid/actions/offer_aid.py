from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import AID_OFFER
from tongzhou.aid.actions import answering
from tongzhou.aid.actions.change import (
    AidDaysTurned,
    begin_call,
    bounded,
    costed,
    counted,
    day_of,
    next_number,
    record,
    require_days,
)
from tongzhou.aid.actions.retire_package import PackageRetired
from tongzhou.aid.acts import OFFERED
from tongzhou.aid.choices import Answer, OfferState
from tongzhou.aid.models import Agreement, AidOffer, AidRequest, Package
from tongzhou.funds import money
from tongzhou.kernel.errors import Conflict, NotFound
from tongzhou.kernel.ids import new_id


class AidBeyondAsked(Conflict):
    """More than is still asked for."""

    code = "aid-beyond-asked"
    message = _("%(left)d more are asked for in %(reference)s; this is more.")


def left_of(request: AidRequest) -> int:
    """How many of a call are not spoken for by an agreement."""
    living = Agreement.objects.filter(request=request).exclude(state="cancelled")
    held: int = living.aggregate(sum=Sum("reserved"))["sum"] or 0
    return request.count - held


def offer_aid(
    *,
    request: AidRequest,
    count: int,
    arrives_at: datetime,
    ends_on: date,
    by: Post,
    at: datetime,
    cost: int | None = None,
    package: Package | None = None,
    people: int | None = None,
    conditions: str = "",
    id: UUID | None = None,
) -> AidOffer:
    """The unit of the post, which was asked, offers so many: when they arrive, until when they
    stay, what it costs in all (None: the package's estimate for each), on what conditions.
    ``people`` come with each (None: as the package says). Others that offer do not see the
    cost. Raises NotFound, NotAllowed, CallOver, AidBeyondAsked, PackageRetired, AidCountWrong,
    AidCostWrong, AidDaysTurned, AidTextTooLong."""
    counted(count, most=1_000)
    require_days(day_of(arrives_at), ends_on, at=at, field="ends_on")
    if arrives_at <= at:
        raise AidDaysTurned(field="arrives_at")
    with transaction.atomic():
        locked = begin_call(request, by=by, word=AID_OFFER)
        left = left_of(locked)
        mine = AidOffer.objects.filter(request=locked, unit=by.unit_id, state=OfferState.MADE)
        offered: int = mine.aggregate(sum=Sum("count"))["sum"] or 0
        if count + offered > left:
            raise AidBeyondAsked(
                field="count", left=max(0, left - offered), reference=locked.reference
            )
        if package is not None and package.unit_id != by.unit_id:
            raise NotFound(field="package")
        if package is not None and package.retired_at is not None:
            raise PackageRetired(field="package", package=package.code)
        each = people if people is not None else (package.people if package is not None else 0)
        if cost is None:
            cost = count * package.total if package is not None else 0
        offer = AidOffer.objects.create(
            id=id or new_id(),
            number=next_number("offer"),
            request=locked,
            unit=by.unit,
            package=package,
            count=count,
            people=counted(each, field="people", least=0),
            arrives_at=arrives_at,
            ends_on=ends_on,
            currency=money.currency().code,
            cost=costed(cost),
            conditions=bounded(conditions, field="conditions"),
            post=by,
            offered_at=at,
        )
        answering.answer(locked, answer=Answer.OFFERED, by=by, at=at)
        record(
            OFFERED, about=("aid_offer", offer.id), by=by, at=at, units=[locked.unit, by.unit],
            incident=locked.incident, area=locked.area, asked_at=locked.asked_at,
            # The cost stands in the table alone: those who offer too read the ledger.
            data={"request": locked.number, "number": offer.number, "count": count,
                  "asker": str(locked.unit_id), "offerer": str(by.unit_id)},
        )  # fmt: skip
    return offer

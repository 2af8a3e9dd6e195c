"""The administrative ecology of a unit."""

from datetime import date
from typing import Annotated

from django.utils import timezone
from ninja import Router
from pydantic import Field

from tongzhou.actors.session import PostRequest
from tongzhou.kernel import clock
from tongzhou.kernel.api.values import Code, Day, Output
from tongzhou.oversight.queries import ecology as queries
from tongzhou.oversight.queries.ecology import Month, Share

router = Router(tags=["oversight"])


class ShareOut(Output):
    """So many of so many; ``percent`` is null of fewer than three."""

    part: int | None
    of: int
    missing: int
    percent: int | None

    @classmethod
    def told(cls, share: Share) -> "ShareOut":
        """From the query."""
        return cls.model_construct(
            part=share.part if share.percent is not None else None,
            of=share.of,
            missing=share.missing,
            percent=share.percent,
        )


class MonthOut(Output):
    """One month; ``wait_seconds`` is the median until a task is accepted."""

    first: date
    orders: ShareOut
    bounced: ShareOut
    returned_for_want_of_means: ShareOut
    replied: ShareOut
    wait_seconds: float | None
    fields_a_day: float
    duplicates: int
    missed_limits: int

    @classmethod
    def told(cls, month: Month) -> "MonthOut":
        """From the query."""
        return cls.model_construct(
            first=month.first,
            orders=ShareOut.told(month.orders),
            bounced=ShareOut.told(month.bounced),
            returned_for_want_of_means=ShareOut.told(month.no_means),
            replied=ShareOut.told(month.replied),
            wait_seconds=month.wait,
            fields_a_day=month.fields_a_day,
            duplicates=month.burden.duplicates,
            missed_limits=month.missed,
        )


@router.get("/ecology/{unit}", response=list[MonthOut], summary="Administrative ecology")
def ecology(
    request: PostRequest,
    unit: Code,
    until: Day | None = None,
    months: Annotated[int, Field(ge=1, le=24)] = 6,
) -> list[MonthOut]:
    """How a unit is asked and answers, month by month; for itself and those above it. For
    learning, never for judging anybody."""
    on = until or timezone.localtime(clock.now()).date()
    found = queries.profile(visible_to=request.holder, code=unit, until=on, months=months)
    return [MonthOut.told(month) for month in found.months]

from datetime import datetime
from typing import Final

from django.db import transaction

from tongzhou.aid.actions import answering
from tongzhou.aid.actions.change import day_of, record
from tongzhou.aid.acts import ENDED
from tongzhou.aid.models import AidRequest

AT_ONCE: Final = 200


def end_requests(*, at: datetime) -> int:
    """Ends the calls whose last day is over: a surge does not go on because nobody thought of it.
    Each by an act of its own; done twice it ends each once. Returns how many."""
    with transaction.atomic():
        found = list(
            AidRequest.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
            .select_related("unit", "area", "incident")
            .prefetch_related("asked__unit")
            .filter(closed_at=None, ends_on__lt=day_of(at))
            .order_by("ends_on")[:AT_ONCE]
        )
        for request in found:
            request.closed_at = at
            request.save(update_fields=["closed_at"])
            record(
                ENDED, about=("aid_request", request.id), by=None, at=at,
                units=[request.unit, *(one.unit for one in request.asked.all())],
                incident=request.incident, area=request.area,
                data={"number": request.number, "asker": str(request.unit_id)},
            )  # fmt: skip
            answering.spare(request, by=None, at=at)
    return len(found)

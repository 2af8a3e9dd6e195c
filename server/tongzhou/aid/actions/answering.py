"""Writing down that a unit that was asked has answered, or need not any more."""

from datetime import datetime

from tongzhou.actors.models import Post, Unit
from tongzhou.aid.actions.change import record
from tongzhou.aid.acts import ANSWERED, SPARED
from tongzhou.aid.choices import Answer
from tongzhou.aid.models import AidRequest, Asked


def answer(
    request: AidRequest,
    *,
    answer: Answer,
    by: Post,
    at: datetime,
    reason: str = "",
    better: Unit | None = None,
) -> Asked:
    """Keeps the answer of the unit of the post; a later one takes its place."""
    found = next(one for one in request.asked.all() if one.unit_id == by.unit_id)
    first = found.answer == Answer.WAITING
    found.answer, found.reason, found.better, found.answered_at = answer, reason, better, at
    found.save(update_fields=["answer", "reason", "better", "answered_at"])
    if first or answer == Answer.DECLINED:
        record(
            ANSWERED,
            about=("aid_asked", found.id),
            by=by,
            at=at,
            units=[request.unit],
            incident=request.incident,
            area=request.area,
            asked_at=request.asked_at,
            outcome=str(answer),
            data={
                "number": request.number,
                "asker": str(request.unit_id),
                "asked": str(found.unit_id),
                **({"better": str(better.id)} if better is not None else {}),
            },
        )
    return found


def spare(request: AidRequest, *, by: Post | None, at: datetime) -> None:
    """Whoever has not answered need not any more."""
    for one in request.asked.all():
        if one.answer == Answer.WAITING:
            record(
                SPARED, about=("aid_asked", one.id), by=by, at=at, units=[one.unit],
                incident=request.incident, area=request.area,
                data={"number": request.number, "asked": str(one.unit_id)},
            )  # fmt: skip

"""Whether everything that a need asks for is promised: a clock runs while it is not."""

from datetime import datetime

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from tongzhou.actors.models import Post
from tongzhou.ledger.append import Json
from tongzhou.needs.actions.change import record
from tongzhou.needs.acts import NEED_COVERED, NEED_UNCOVERED
from tongzhou.needs.models import Need


def covered(need: Need) -> bool:
    """True when nobody has to look for anything any more: every line has its amount promised
    (one whose amount is not known: something)."""
    short = Q(committed__lt=Coalesce(F("asked"), F("minimum"))) | Q(
        asked=None, minimum=None, committed=0
    )
    return not need.lines.filter(short, withdrawn_at=None).exists()


def tell_cover(need: Need, *, by: Post | None, at: datetime, was: bool = False) -> None:
    """Says that the need is covered now, or open again after it ``was`` covered; call it in the
    transaction that changed a line."""
    now = covered(need)
    data: dict[str, Json] = {}
    if now and not was:
        record(NEED_COVERED, need=need, by=by, at=at, data=data)
    elif was and not now:
        record(NEED_UNCOVERED, need=need, by=by, at=at, data=data)

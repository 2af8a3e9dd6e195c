"""What the acts on a stake have in common: what is said, and keeping it as a version."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import STAKE_RECORD, STAKE_STATE, Word
from tongzhou.funds import money
from tongzhou.funds.actions.change import bounded, reason_given, written
from tongzhou.incidents.queries.lists import require_world
from tongzhou.interests.actions import change
from tongzhou.interests.models import Stake, StakeVersion
from tongzhou.kernel.errors import Conflict


class StakeGone(Conflict):
    """The stake was withdrawn."""

    code = "stake-withdrawn"
    message = _("%(reference)s was withdrawn.")


@dataclass(frozen=True)
class Words:
    """What is said of a stake. ``cost`` in the smallest unit of the currency."""

    stake: str
    cost: int = 0
    hours: Decimal = Decimal(0)
    red_line: str = ""
    wish: str = ""


def begin(stake: Stake, *, by: Post, word: Word) -> Stake:
    """Locks a stake, asks permission. Raises NotFound, NotAllowed, StakeGone, RealOnly,
    ExerciseOnly."""
    found = (
        Stake.objects.select_for_update(of=("self",), no_key=True)
        .select_related("unit__area", "incident", "measure", "area")
        .get(id=stake.id)
    )
    require_world(exercise=bool(found.incident and found.incident.exercise), visible_to=by)
    permissions.require(by=by, word=word, on=found)
    if found.withdrawn_at is not None:
        raise StakeGone(reference=found.reference)
    return found


def word_for(own: bool) -> Word:
    """Who speaks for itself needs another word than who speaks for a unit below it."""
    return STAKE_STATE if own else STAKE_RECORD


def say(stake: Stake, words: Words, *, reason: str, by: Post, at: datetime) -> None:
    """Takes over what is said, checked; for another unit with the reason. Raises TextMissing,
    TextTooLong, ReasonMissing, CostNegative, HoursAbsurd, AmountMalformed, AmountAbsurd."""
    own = stake.unit_id == by.unit_id
    stake.stake = written(words.stake, field="stake")
    stake.currency = money.currency().code
    stake.cost = change.cost(words.cost)
    stake.hours = change.hours(words.hours)
    stake.red_line = bounded(words.red_line, field="red_line")
    stake.wish = bounded(words.wish, field="wish")
    stake.reason = "" if own else reason_given(reason)
    stake.post, stake.at = by, at
    stake.confirmed_at = at if own else None


def keep(stake: Stake) -> None:
    """Keeps what stands now as a version that stays."""
    names = [
        "version", "stake", "currency", "cost", "hours", "red_line", "wish", "reason", "post_id",
        "at", "confirmed_at",
    ]  # fmt: skip
    StakeVersion.objects.create(of=stake, **{name: getattr(stake, name) for name in names})

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import COMPENSATION_PROMISE
from tongzhou.funds import money
from tongzhou.funds.actions.change import LINE, bounded
from tongzhou.interests.actions import change
from tongzhou.interests.acts import COMPENSATION_PROMISED
from tongzhou.interests.choices import ENDED, CompensationState, Means
from tongzhou.interests.models import Compensation, Conflict
from tongzhou.kernel.errors import Invalid
from tongzhou.kernel.ids import new_id


class AboveAgreed(Invalid):
    """More than the terms say."""

    code = "compensation-above-agreed"
    message = _("%(agreed)s were agreed, %(left)s of it are not promised yet; this is more.")


class NotASide(Invalid):
    """Compensation goes to a side of the conflict, from somebody else."""

    code = "compensation-not-a-side"
    message = _("Compensation goes from your unit to the other side of the conflict.")


class MeansUnknown(Invalid):
    """Nothing that can be given."""

    code = "compensation-means-unknown"
    message = _("“%(word)s” is nothing that can be given: money, goods, people, other.")


def promise_compensation(
    *,
    conflict: Conflict,
    receiver: Unit,
    means: str,
    amount: int,
    due_at: datetime,
    by: Post,
    at: datetime,
    what: str = "",
    id: UUID | None = None,
) -> Compensation:
    """The own unit – a side, or one above a side – promises the receiver money, or something
    worth so much, by a day; no more in all than was agreed. Raises NotFound, NotAllowed,
    ConflictNotSo, NotASide, MeansUnknown, AboveAgreed, DayWrong, AmountMalformed,
    AmountNotPositive, AmountAbsurd, TextTooLong."""
    if means not in Means.values:
        raise MeansUnknown(field="means", word=means[:40])
    money.require(amount)
    change.ahead(due_at, at=at)
    with transaction.atomic():
        found = change.locked(conflict, by=by, word=COMPENSATION_PROMISE, states=ENDED)
        if receiver.id == by.unit_id or receiver.id not in [side.id for side in found.units]:
            raise NotASide(field="receiver")
        promised = Compensation.objects.filter(conflict=found)
        living = promised.exclude(state=CompensationState.WAIVED)
        left = found.agreed - (living.aggregate(all=Sum("amount"))["all"] or 0)
        if amount > left:
            text = found.money.text
            raise AboveAgreed(field="amount", agreed=text(found.agreed), left=text(left))
        compensation = Compensation(
            id=id or new_id(), number=change.next_number("compensation"), conflict=found,
            payer=by.unit, receiver=receiver, means=means, amount=amount,
            what=bounded(what, field="what", limit=LINE), due_at=due_at, post=by, promised_at=at,
        )  # fmt: skip
        compensation.save(force_insert=True)
        change.tell_compensation(
            COMPENSATION_PROMISED, compensation=compensation, by=by, at=at, due_at=due_at
        )
    return compensation

"""What the acts on a claim of cost have in common."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import AID_SETTLE
from tongzhou.aid.actions.change import begin as begin_agreement
from tongzhou.aid.actions.change import tell
from tongzhou.aid.choices import CostState
from tongzhou.aid.models import Cost
from tongzhou.kernel.errors import Conflict
from tongzhou.ledger.types import ActType


class CostSettled(Conflict):
    """A claim that was paid, refused or given already."""

    code = "aid-cost-settled"
    message = _("%(reference)s is “%(state)s”; it is settled once.")


def begin(cost: Cost, *, by: Post, side: str, states: tuple[CostState, ...]) -> Cost:
    """Locks agreement and claim, asks permission, checks side and state. Raises NotFound,
    NotAllowed, AidOtherSide, AgreementNotInForce, CostSettled."""
    agreement = begin_agreement(cost.agreement, by=by, word=AID_SETTLE, sides=(side,))
    locked = Cost.objects.select_for_update(of=("self",), no_key=True).get(id=cost.id)
    locked.agreement = agreement
    if locked.state not in states:
        raise CostSettled(reference=locked.reference, state=CostState(locked.state).label)
    return locked


def free(cost: Cost, *, state: CostState, reason: str, at: datetime) -> None:
    """Settles a claim of which nothing is paid: its sum is open again in the agreement."""
    cost.state, cost.reason, cost.settled_at = state, reason, at
    cost.save(update_fields=["state", "reason", "settled_at"])
    agreement = cost.agreement
    agreement.claimed -= cost.total
    agreement.save(update_fields=["claimed"])


def tell_cost(type: ActType, *, cost: Cost, by: Post, at: datetime, amount: int) -> None:
    """Writes an act about the claim; both sides are told."""
    tell(
        type, agreement=cost.agreement, by=by, at=at, about=("aid_cost", cost.id),
        asked_at=cost.claimed_at, data={"number": cost.number, "amount": amount},
    )  # fmt: skip

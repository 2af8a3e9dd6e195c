from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import MEDIATION_LEAD
from tongzhou.funds.actions.change import written
from tongzhou.interests.actions import change
from tongzhou.interests.acts import MEDIATION_PROPOSED
from tongzhou.interests.choices import ConflictState, Outcome
from tongzhou.interests.models import Conflict, Mediation
from tongzhou.kernel.errors import Invalid


class OutcomeUnknown(Invalid):
    """An outcome that there is not."""

    code = "outcome-unknown"
    message = _("“%(word)s” is no outcome: settled, or settled in part.")


def propose_terms(
    *, conflict: Conflict, outcome: str, terms: str, by: Post, at: datetime, agreed: int = 0
) -> Mediation:
    """The mediator proposes terms, with the most that would be paid as compensation; consents
    to earlier ones hold no more. Raises NotFound, NotAllowed, ConflictNotSo, OutcomeUnknown,
    CostNegative, AmountMalformed, AmountAbsurd, TextMissing, TextTooLong."""
    if outcome not in Outcome.values:
        raise OutcomeUnknown(field="outcome", word=outcome[:40])
    with transaction.atomic():
        found = change.locked(
            conflict, by=by, word=MEDIATION_LEAD, states=(ConflictState.MEDIATING,)
        )
        mediation = change.leading(found, by=by)
        mediation.outcome = outcome
        mediation.terms = written(terms, field="terms")
        mediation.agreed = change.cost(agreed, field="agreed")
        mediation.round += 1
        mediation.proposed_at = at
        mediation.save()
        change.tell(
            MEDIATION_PROPOSED, conflict=found, mediation=mediation, by=by, at=at, asked_at=at,
            data={"round": mediation.round, "agreed": mediation.agreed},
        )  # fmt: skip
    return mediation

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import MEDIATION_ANSWER
from tongzhou.funds.actions.change import bounded, reason_given
from tongzhou.interests.actions import change
from tongzhou.interests.acts import MEDIATION_ANSWERED
from tongzhou.interests.choices import ConflictState
from tongzhou.interests.models import Conflict, Consent
from tongzhou.kernel import errors


class TermsMissing(errors.Conflict):
    """Nothing was proposed yet, or something newer."""

    code = "terms-missing"
    message = _("There are no such terms to answer. Look at what is proposed now.")


def answer_terms(
    *,
    conflict: Conflict,
    agreed: bool,
    by: Post,
    at: datetime,
    reason: str = "",
    round: int | None = None,
) -> Consent:
    """A side consents to the terms, or says why not; its last word counts. ``round``: of the
    terms that were read. Raises NotFound, NotAllowed, ConflictNotSo, TermsMissing,
    ReasonMissing, TextTooLong."""
    with transaction.atomic():
        found = change.locked(
            conflict, by=by, word=MEDIATION_ANSWER, states=(ConflictState.MEDIATING,)
        )
        mediation = change.running(found)
        if mediation.proposed_at is None or round not in (None, mediation.round):
            raise TermsMissing()
        said = bounded(reason, field="reason") if agreed else reason_given(reason)
        consent, _made = Consent.objects.update_or_create(
            mediation=mediation,
            round=mediation.round,
            unit=by.unit,
            defaults={"agreed": agreed, "reason": said, "post": by, "at": at},
        )
        change.tell(
            MEDIATION_ANSWERED, conflict=found, mediation=mediation, by=by, at=at,
            asked_at=mediation.proposed_at, outcome="agreed" if agreed else "refused",
            data={"round": mediation.round},
        )  # fmt: skip
    return consent

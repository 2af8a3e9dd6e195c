from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.mandates.actions.answering import begin_answer
from tongzhou.mandates.actions.change import record, require_active
from tongzhou.mandates.actions.proposing import ProposalClosed, put_in_force
from tongzhou.mandates.acts import CHARGE_CONSENTED
from tongzhou.mandates.models import Proposal, ProposalKind


def consent_charge(*, proposal: Proposal, by: Post, at: datetime) -> Proposal:
    """The post's unit consents to a change that concerns it; with the last consent it is in
    force. Raises NotAllowed, ProposalClosed, ChargedUnitInactive, SecondAccountable."""
    with transaction.atomic():
        locked = begin_answer(proposal, by=by)
        if by.unit_id in locked.given:
            raise ProposalClosed()
        if locked.kind != ProposalKind.END:
            require_active(locked.charge.unit, field="unit")
        locked.given = [*locked.given, by.unit_id]
        if not locked.waiting:
            put_in_force(locked, by=by, at=at)
            return locked
        locked.save(update_fields=["given"])
        record(
            CHARGE_CONSENTED,
            charge=locked.charge,
            by=by,
            at=at,
            with_units=[locked.by_unit] if locked.by_unit is not None else [],
            asked_at=locked.at,
            due_at=locked.due_at,
            data={"proposal": str(locked.id)},
        )
    return locked

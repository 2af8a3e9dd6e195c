from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import MANDATE_CONSENT
from tongzhou.kernel.errors import Refusal
from tongzhou.ledger.append import append_all
from tongzhou.mandates.actions.change import lock_all
from tongzhou.mandates.actions.consent_charge import consent_charge
from tongzhou.mandates.actions.proposing import agreed
from tongzhou.mandates.actions.seats import take_empty_seats
from tongzhou.mandates.models import Charge, ChargeState, Proposal, ProposalKind, ProposalState
from tongzhou.mandates.parts import Part


@dataclass(frozen=True)
class Answered:
    """How many proposals were consented to, and why others were not."""

    done: list[Proposal] = field(default_factory=list)
    refused: list[tuple[Proposal, Refusal]] = field(default_factory=list)


def consent_many(*, proposals: Sequence[Proposal], by: Post, at: datetime) -> Answered:
    """Consents to each by itself: what is refused for one does not hold up the others. What
    hangs on this unit alone is put in force together, in a few statements."""
    together = _put_in_force(proposals, by=by, at=at)
    report = Answered()
    for proposal in proposals:
        if proposal.id in together:
            report.done.append(together[proposal.id])
            continue
        try:
            report.done.append(consent_charge(proposal=proposal, by=by, at=at))
        except Refusal as refusal:
            report.refused.append((proposal, refusal))
    return report


def _put_in_force(proposals: Sequence[Proposal], *, by: Post, at: datetime) -> dict[UUID, Proposal]:
    """Those that need one consent, of this unit, and in whose way nobody stands."""
    with transaction.atomic():
        lock_all({proposal.charge.duty_id for proposal in proposals})
        found = Proposal.objects.select_related(
            "charge__duty", "charge__area", "charge__unit__area", "by_unit"
        ).filter(
            id__in=[proposal.id for proposal in proposals],
            state=ProposalState.OPEN,
            kind=ProposalKind.CHARGE,
            charge__unit__active=True,
        )
        plain = [
            proposal
            for proposal in found
            if proposal.waiting == [by.unit_id]
            and permissions.allowed(by=by, word=MANDATE_CONSENT, on=proposal)
        ]
        taken = _taken(plain)
        ready = [proposal for proposal in plain if proposal.charge_id not in taken]
        for proposal in ready:
            proposal.charge.state, proposal.charge.since = ChargeState.IN_FORCE, at
            proposal.given = [*proposal.given, by.unit_id]
            proposal.state, proposal.answered_at = ProposalState.AGREED, at
        charges = [proposal.charge for proposal in ready]
        Charge.objects.bulk_update(charges, ["state", "since"], batch_size=500)
        Proposal.objects.bulk_update(ready, ["state", "given", "answered_at"], batch_size=500)
        take_empty_seats([charge for charge in charges if charge.part == Part.ACCOUNTABLE])
        append_all([agreed(proposal, by=by, at=at) for proposal in ready])
    return {proposal.id: proposal for proposal in ready}


def _taken(proposals: Sequence[Proposal]) -> set[UUID]:
    """The charges to be accountable where somebody is already, or is about to be: each of
    these is looked at by itself."""
    wanted = [p.charge for p in proposals if p.charge.part == Part.ACCOUNTABLE]
    held = Charge.objects.filter(
        duty__in=[charge.duty_id for charge in wanted],
        part=Part.ACCOUNTABLE,
        state=ChargeState.IN_FORCE,
    )
    places = {(charge.duty_id, charge.area_id) for charge in held}
    often = Counter((charge.duty_id, charge.area_id) for charge in wanted)
    return {
        charge.id
        for charge in wanted
        if (place := (charge.duty_id, charge.area_id)) in places or often[place] > 1
    }

"""Many proposals at once: written and told together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tongzhou.actors.models import Post, Unit
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append_all
from tongzhou.mandates.actions.change import told
from tongzhou.mandates.actions.proposing import put_in_force
from tongzhou.mandates.acts import CHARGE_PROPOSED
from tongzhou.mandates.models import Charge, Duty, Proposal, ProposalKind
from tongzhou.places.models import Area


@dataclass(frozen=True)
class Wanted:
    """A part that a unit is asked to take; nobody else holds it."""

    duty: Duty
    unit: Unit
    area: Area
    part: str
    cells: int


def propose_many(
    wanted: Sequence[Wanted], *, by: Post, at: datetime, due_at: datetime
) -> list[Proposal]:
    """Proposes all of them; the proposer's own unit consents by proposing. The duties are
    locked by the caller, who has checked that nothing stands in the way. Raises
    SecondAccountable where the database knows better."""
    charges = [
        Charge(
            id=new_id(),
            duty=one.duty,
            area=one.area,
            unit=one.unit,
            part=one.part,
            cells=one.cells,
            proposed_at=at,
        )
        for one in wanted
    ]
    Charge.objects.bulk_create(charges, batch_size=1000)
    proposals = [
        Proposal(
            id=new_id(),
            kind=ProposalKind.CHARGE,
            charge=charge,
            cells=charge.cells,
            asked=[charge.unit_id],
            given=[by.unit_id] if charge.unit_id == by.unit_id else [],
            by=by,
            by_unit=by.unit,
            at=at,
            due_at=due_at,
        )
        for charge in charges
    ]
    Proposal.objects.bulk_create(proposals, batch_size=1000)
    append_all(
        [
            told(
                CHARGE_PROPOSED,
                charge=proposal.charge,
                by=by,
                at=at,
                asked_at=at,
                due_at=due_at,
                data={
                    "proposal": str(proposal.id),
                    "area": proposal.charge.area.code,
                    "asked": [str(proposal.charge.unit_id)],
                    "takes_over": False,
                },
            )
            for proposal in proposals
        ]
    )
    for proposal in proposals:
        if not proposal.waiting:
            put_in_force(proposal, by=by, at=at)
    return proposals

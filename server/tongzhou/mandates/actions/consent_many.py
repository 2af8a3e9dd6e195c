from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Refusal
from tongzhou.mandates.actions.consent_charge import consent_charge
from tongzhou.mandates.models import Proposal


@dataclass(frozen=True)
class Answered:
    """How many proposals were consented to, and why others were not."""

    done: list[Proposal] = field(default_factory=list)
    refused: list[tuple[Proposal, Refusal]] = field(default_factory=list)


def consent_many(*, proposals: Sequence[Proposal], by: Post, at: datetime) -> Answered:
    """Consents to each by itself: what is refused for one does not hold up the others."""
    report = Answered()
    for proposal in proposals:
        try:
            report.done.append(consent_charge(proposal=proposal, by=by, at=at))
        except Refusal as refusal:
            report.refused.append((proposal, refusal))
    return report

"""What the acts on a claim have in common."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import Word
from tongzhou.funds.actions import change
from tongzhou.funds.choices import ClaimState
from tongzhou.funds.models import Claim
from tongzhou.kernel.errors import Conflict
from tongzhou.ledger.append import Json
from tongzhou.ledger.types import ActType


class ClaimNotSo(Conflict):
    """The claim is in another state."""

    code = "claim-state"
    message = _("%(reference)s is “%(state)s”; this cannot be done with it now.")


def begin(claim: Claim, *, by: Post, word: Word) -> Claim:
    """Locks a claim that nobody answered, asks permission. Raises NotFound, NotAllowed,
    ClaimNotSo."""
    locked = (
        Claim.objects.select_for_update(of=("self",), no_key=True)
        .select_related("unit__area", "answerer", "incident", "post")
        .get(id=claim.id)
    )
    permissions.require(by=by, word=word, on=locked)
    if locked.state != ClaimState.MADE:
        raise ClaimNotSo(reference=locked.reference, state=locked.get_state_display())
    return locked


def tell(
    type: ActType,
    *,
    claim: Claim,
    by: Post,
    at: datetime,
    outcome: str = "",
    data: Mapping[str, Json] | None = None,
) -> None:
    """Writes an act about the claim; both sides are told."""
    change.record(
        type,
        about=("claim", claim.id),
        by=by,
        at=at,
        units=[claim.unit_id, claim.answerer_id],
        incident=claim.incident,
        area=claim.unit.area,
        asked_at=claim.made_at,
        outcome=outcome,
        data={
            "number": claim.number,
            "claimant": str(claim.unit_id),
            "answerer": str(claim.answerer_id),
            **(data or {}),
        },
    )

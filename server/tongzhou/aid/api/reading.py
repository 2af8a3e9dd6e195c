"""What requests name, and whole answers."""

from tongzhou.actors.models import Post
from tongzhou.actors.schemas import UnitName
from tongzhou.aid.queries import agreements, requests
from tongzhou.aid.schemas.aid import (
    AidAgreementOut,
    AidAskedOut,
    AidCallOut,
    AidCallWhole,
    AidOfferOut,
)
from tongzhou.funds import money


def cost_of(text: str) -> int:
    """A cost as written; nothing is one, too. Raises as ``money.read``."""
    return 0 if text.strip("0.") == "" and "0" in text else money.read(text, field="cost")


def call(number: int, post: Post) -> AidCallWhole:
    """A call as it is now."""
    found = requests.find(number, visible_to=post)
    asked = [
        AidAskedOut.model_construct(
            unit=UnitName.named(one.unit), answer=one.answer, reason=one.reason,
            better=UnitName.named(one.better) if one.better else None,
            answered_at=one.answered_at,
        )
        for one in found.asked.all()
    ]  # fmt: skip
    return AidCallWhole.model_construct(
        call=AidCallOut.of(found),
        reason=found.reason,
        asked=asked,
        offers=[AidOfferOut.of(one) for one in requests.offers(found, visible_to=post)],
        agreements=[one.number for one in agreements.of_request(found.id, visible_to=post)],
    )


def agreement(number: int, post: Post) -> AidAgreementOut:
    """An agreement as it is now."""
    found = agreements.find(number, visible_to=post)
    return AidAgreementOut.of(
        found, agreements.versions(found), agreements.deployments(found), agreements.costs(found)
    )

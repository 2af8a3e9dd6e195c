"""Putting a version of an agreement down, to be signed by both sides."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.aid import terms
from tongzhou.aid.actions.change import bounded, costed, counted, day_of, require_days, tell
from tongzhou.aid.choices import Liability, Payment
from tongzhou.aid.models import Agreement, Version
from tongzhou.kernel.errors import Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.types import ActType


class GiftWithCost(Invalid):
    """A gift that costs something."""

    code = "aid-gift-with-cost"
    message = _("Where aid is a gift, the agreed sum is nothing.")


class AgreementWordUnknown(Invalid):
    """A word that is none of those to choose from."""

    code = "aid-agreement-word"
    message = _("Choose who pays and who is liable from the list.")


def put_down(
    type: ActType,
    *,
    agreement: Agreement,
    count: int,
    cost: int,
    arrives_at: datetime,
    ends_on: date,
    payment: str,
    liability: str,
    conditions: str,
    reason: str,
    by: Post,
    at: datetime,
) -> Version:
    """The next version, with the clauses that are in force today. What waited for signatures is
    dropped. Raises AidCountWrong, AidCostWrong, AidDaysTurned, AidTextTooLong, GiftWithCost,
    AgreementWordUnknown, NoTemplate."""
    counted(count, most=1_000)
    costed(cost)
    require_days(day_of(arrives_at), ends_on, at=at, field="ends_on")
    if payment not in Payment.values or liability not in Liability.values:
        raise AgreementWordUnknown(field="payment")
    if payment == Payment.GIFT and cost:
        raise GiftWithCost(field="cost")
    found = terms.in_force(at=at, area=agreement.request.area)
    before = agreement.versions.order_by("-number").first()
    agreement.versions.filter(dropped_at=None).exclude(
        asker_signed_at__isnull=False, offerer_signed_at__isnull=False
    ).update(dropped_at=at)
    version = Version.objects.create(
        id=new_id(),
        agreement=agreement,
        number=1 if before is None else before.number + 1,
        count=count,
        cost=cost,
        arrives_at=arrives_at,
        ends_on=ends_on,
        payment=payment,
        liability=liability,
        conditions=bounded(conditions, field="conditions"),
        template=found.version,
        clauses=found.clauses,
        reason=reason,
        post=by,
        drafted_at=at,
        due_at=at + found.limits["sign"],
    )
    agreement.reserved = max(count, agreement.count)
    agreement.save(update_fields=["reserved"])
    tell(
        type, agreement=agreement, by=by, at=at, asked_at=at, due_at=version.due_at,
        data={**said(version), "unsigned": [str(agreement.asker_id), str(agreement.offerer_id)]},
    )  # fmt: skip
    return version


def said(version: Version) -> dict[str, Any]:
    """What the ledger says of a version."""
    return {
        "version": version.number,
        "count": version.count,
        "cost": version.cost,
        "payment": str(version.payment),
        "liability": str(version.liability),
        "template": str(version.template),
    }

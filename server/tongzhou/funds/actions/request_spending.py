from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import FUND_ASK
from tongzhou.funds import money
from tongzhou.funds.actions.change import (
    DECIDE_WITHIN,
    LINE,
    bounded,
    day_of,
    next_number,
    require_active,
    require_days,
    require_fits,
    require_incident,
    written,
)
from tongzhou.funds.actions.open_fund import UnknownSource
from tongzhou.funds.actions.spending_acts import tell
from tongzhou.funds.acts import SPENDING_ASKED
from tongzhou.funds.choices import Purpose, Work
from tongzhou.funds.models import Claim, Fund, Spending
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Conflict, NotFound
from tongzhou.kernel.ids import new_id
from tongzhou.places.models import Area


class ClaimNotPayable(Conflict):
    """A claim of which nothing was accepted, or that is paid or asked for already."""

    code = "claim-not-payable"
    message = _("%(reference)s cannot be paid: nothing is accepted, or it is paid already.")


class ClaimOtherPayee(Conflict):
    """Money for a claim goes to whoever made it."""

    code = "claim-other-payee"
    message = _("%(reference)s was made by %(unit)s: no other unit is paid for it.")


class ClaimOverpaid(Conflict):
    """More than was accepted of a claim."""

    code = "claim-overpaid"
    message = _("%(accepted)s of %(reference)s were accepted; this is more.")


def request_spending(
    *,
    fund: Fund,
    title: str,
    purpose: str,
    amount: int,
    by: Post,
    at: datetime,
    payee: Unit | None = None,
    area: Area | None = None,
    incident: Incident | None = None,
    for_kind: str = "",
    for_id: UUID | None = None,
    for_label: str = "",
    needed_on: date | None = None,
    id: UUID | None = None,
) -> Spending:
    """Asks a fund for money: for what, how much, whom to pay (else the own unit), needed by
    when. ``for_kind`` and ``for_id`` name the task, claim, need … that it is for; a claim is
    paid to whoever made it, once, and no more than was accepted. Nothing is set aside yet.
    Raises NotFound, NotAllowed, TextMissing, TextTooLong, UnknownSource, AmountMalformed,
    AmountNotPositive, AmountAbsurd, PurposeBound, AreaBound, IncidentBound, UnitGone,
    DaysTurned, MoneyNeedsExercise, ClaimNotPayable, ClaimOtherPayee, ClaimOverpaid."""
    money.require(amount)
    receiver = payee or by.unit
    place = area or receiver.area
    day = needed_on or day_of(at)
    if purpose not in Purpose.values:
        raise UnknownSource(field="purpose", word=purpose)
    if for_kind not in ("", *Work.values) or (for_id is None) != (not for_kind):
        raise UnknownSource(field="for_kind", word=for_kind)
    require_days(day_of(at), max(day, day_of(at)), at=at, field="needed_on")
    with transaction.atomic():
        permissions.require(by=by, word=FUND_ASK, on=fund)
        for_incident = incident or fund.incident
        # Whoever may ask the fund need not know the incident that it is bound to.
        if incident is not None or fund.incident is None:
            require_incident(incident, by=by)
        require_active(receiver, field="payee")
        require_fits(fund, purpose=purpose, area=place, incident=for_incident)
        spending = Spending(
            id=id or new_id(),
            fund=fund,
            number=next_number("spending"),
            asker=by.unit,
            payee=receiver,
            title=written(title, field="title", limit=LINE),
            purpose=purpose,
            area=place,
            incident=for_incident,
            amount=amount,
            for_kind=for_kind,
            for_id=for_id,
            for_label=bounded(for_label, field="for_label", limit=LINE),
            needed_on=day,
            post=by,
            asked_at=at,
            due_at=at + DECIDE_WITHIN,
        )
        if for_kind == Work.CLAIM:
            _require_claim(spending, by=by)
        spending.save(force_insert=True)
        tell(
            SPENDING_ASKED,
            spending=spending,
            by=by,
            at=at,
            asked_at=at,
            due_at=spending.due_at,
            data={"amount": amount},
        )
    return spending


def _require_claim(spending: Spending, *, by: Post) -> None:
    """The lock on the claim makes two who ask for it at once come one after the other."""
    assert spending.for_id is not None
    claim = Claim.objects.select_for_update(no_key=True).filter(id=spending.for_id).first()
    if claim is None or not claim.relations_of(by):
        raise NotFound(field="for_id")
    asked = Spending.objects.filter(
        for_kind=Work.CLAIM, for_id=claim.id, state__in=("asked", "approved", "paid")
    )
    if not claim.is_payable or asked.exists():
        raise ClaimNotPayable(field="for_id", reference=claim.reference)
    if claim.unit_id != spending.payee_id:
        raise ClaimOtherPayee(field="payee", reference=claim.reference, unit=claim.unit.name)
    if spending.amount > (claim.accepted or 0):
        accepted = claim.money.text(claim.accepted or 0)
        raise ClaimOverpaid(field="amount", accepted=accepted, reference=claim.reference)
    spending.for_label = spending.for_label or claim.reference

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import CLAIM_MAKE
from tongzhou.funds import money, rates
from tongzhou.funds.actions.change import (
    LINE,
    DaysTurned,
    bounded,
    day_of,
    next_number,
    record,
    require_active,
    require_days,
    require_incident,
    written,
)
from tongzhou.funds.actions.open_fund import UnknownSource
from tongzhou.funds.acts import CLAIM_MADE
from tongzhou.funds.choices import Purpose
from tongzhou.funds.models import Claim, ClaimItem, Evidence
from tongzhou.incidents.models import AUTHORITIES, Incident
from tongzhou.kernel.errors import Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.library.kinds.cost_items import CostItem, CostItems
from tongzhou.tasks import kept_files

HUNDRED: Final = Decimal(100)
MOST_ITEMS: Final = 40


class ItemUnknown(Invalid):
    """An item that is not in the template."""

    code = "cost-item-unknown"
    message = _("“%(item)s” is no item that can be claimed.")


class QuantityWrong(Invalid):
    """A quantity that is none: negative, absurd, more than two decimals."""

    code = "cost-quantity-wrong"
    message = _(
        "A quantity is more than zero, has two decimals at most and here not above %(most)s."
    )


class ItemsMissing(Invalid):
    """A claim of nothing, or of the same item twice."""

    code = "cost-items-missing"
    message = _("Claim at least one item, each once, %(most)d at most.")


class NotAnswering(Invalid):
    """A unit that does not answer for the place of whoever claims."""

    code = "claim-not-theirs"
    message = _("%(unit)s does not answer for your area. Choose the street, district … above it.")


@dataclass(frozen=True)
class Line:
    """A line of a claim: so much of an item of the template."""

    item: str
    quantity: Decimal


def make_claim(
    *,
    answerer: Unit,
    since: date,
    until: date,
    what: str,
    lines: Sequence[Line],
    by: Post,
    at: datetime,
    files: Sequence[kept_files.Upload] = (),
    purpose: str = Purpose.COMMUNITY,
    incident: Incident | None = None,
    task: UUID | None = None,
    task_label: str = "",
    id: UUID | None = None,
) -> Claim:
    """The own unit claims the extra cost of a period from an authority of its area, by the
    rates in force; a time limit runs until the answer. Raises NotFound, NotAllowed,
    NotAnswering, ItemsMissing, ItemUnknown, QuantityWrong, TextMissing, TextTooLong,
    DaysTurned, UnknownSource, UnitGone, MoneyNeedsExercise, AmountAbsurd, NoTemplate, and what
    is wrong with a file."""
    kinds = kept_files.require_files(files)
    require_days(since, until, at=at)
    if since > day_of(at):
        raise DaysTurned(field="since")
    if purpose not in Purpose.values:
        raise UnknownSource(field="purpose", word=purpose)
    version = rates.version(at=at, area=by.unit.area)
    template = version.body
    assert isinstance(template, CostItems)
    with transaction.atomic():
        permissions.require(by=by, word=CLAIM_MAKE, on=by.unit)
        require_incident(incident, by=by)
        require_active(answerer, field="answerer")
        if not answers(answerer, by.unit):
            raise NotAnswering(field="answerer", unit=answerer.name)
        items = _items(template, lines)
        claim = Claim(
            id=id or new_id(),
            number=next_number("claim"),
            unit=by.unit,
            answerer=answerer,
            incident=incident,
            purpose=purpose,
            since=since,
            until=until,
            what=written(what, field="what"),
            currency=money.currency().code,
            template=version.id,
            total=money.require(sum(item.amount for item in items), field="lines"),
            task=task,
            task_label=bounded(task_label, field="task", limit=LINE),
            post=by,
            made_at=at,
            due_at=at + template.answer_within,
        )
        claim.save(force_insert=True)
        for item in items:
            item.claim = claim
        ClaimItem.objects.bulk_create(items)
        with kept_files.kept(partial(Evidence, claim=claim), files, kinds, by=by, at=at) as kept:
            record(
                CLAIM_MADE,
                about=("claim", claim.id),
                by=by,
                at=at,
                units=[claim.unit_id, answerer.id],
                incident=incident,
                area=by.unit.area,
                asked_at=at,
                due_at=claim.due_at,
                data={
                    "number": claim.number,
                    "claimant": str(claim.unit_id),
                    "answerer": str(answerer.id),
                    "amount": claim.total,
                    "template": str(version.id),
                    "files": kept_files.in_ledger(kept),
                },
            )
    return claim


def answers(answerer: Unit, claimant: Unit) -> bool:
    """True when a unit may be asked for the cost of another: an authority of its area, or a
    unit above it."""
    if answerer.id == claimant.id:
        return False
    above = answerer.id in claimant.above
    return above or (answerer.sector in AUTHORITIES and answerer.area.contains(claimant.area))


def _items(template: CostItems, lines: Sequence[Line]) -> list[ClaimItem]:
    if not 0 < len(lines) <= MOST_ITEMS or len({line.item for line in lines}) < len(lines):
        raise ItemsMissing(field="lines", most=MOST_ITEMS)
    found = []
    for place, line in enumerate(lines, start=1):
        known = template.item(line.item)
        if known is None:
            raise ItemUnknown(field="lines", row=place, item=line.item[:80])
        found.append(_item(known, line.quantity, place=place))
    return found


def _item(known: CostItem, quantity: Decimal, *, place: int) -> ClaimItem:
    here = money.currency()
    if not quantity.is_finite() or not 0 < quantity <= known.most:
        raise QuantityWrong(field=known.code, row=place, most=known.most)
    if quantity != quantity.quantize(Decimal("0.01")):
        raise QuantityWrong(field=known.code, row=place, most=known.most)
    rate = (known.price * 10**here.decimals).to_integral_value(ROUND_HALF_UP)
    return ClaimItem(
        place=place,
        code=known.code,
        title_zh=known.title.zh,
        title_en=known.title.en,
        measure_zh=known.measure.zh,
        measure_en=known.measure.en,
        quantity=int(quantity * HUNDRED),
        rate=int(rate),
        # Half a cent is rounded up, for whoever had the cost.
        amount=int((rate * quantity).to_integral_value(ROUND_HALF_UP)),
    )

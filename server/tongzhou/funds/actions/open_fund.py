import re
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import FUND_OPEN
from tongzhou.funds import money, posting
from tongzhou.funds.actions.change import (
    LINE,
    bounded,
    record,
    require_active,
    require_days,
    require_incident,
    written,
)
from tongzhou.funds.acts import FUND_OPENED
from tongzhou.funds.choices import Purpose, Source
from tongzhou.funds.models import Fund
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.places.models import Area

_CODE = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
#: Words that stand in the addresses of this room.
_RESERVED = frozenset(
    {"new", "ask", "gap", "cost", "plan", "planned", "requests", "transfers", "gifts", "files"}
)


class FundCodeTaken(Conflict):
    """Another fund has this code."""

    code = "fund-code-taken"
    message = _("Another fund has the code “%(fund)s” already.")


class FundCodeMalformed(Invalid):
    """A code that cannot stand in an address."""

    code = "fund-code-malformed"
    message = _("A code has small letters, digits and hyphens, 60 at most.")


class UnknownSource(Invalid):
    """A source or purpose that is none."""

    code = "money-word-unknown"
    message = _("Unknown word “%(word)s”.")


def open_fund(
    *,
    code: str,
    name_zh: str,
    by: Post,
    at: datetime,
    source: str,
    starts_on: date,
    ends_on: date | None = None,
    owner: Unit | None = None,
    name_en: str = "",
    purpose: str = "",
    purposes: Sequence[str] = (),
    area: Area | None = None,
    incident: Incident | None = None,
    giver: Unit | None = None,
    overdraft: int = 0,
    open_to_area: bool = False,
    takes_gifts: bool = False,
    id: UUID | None = None,
) -> Fund:
    """Opens a fund of ``owner`` (else the own unit), empty. ``purposes``, ``area`` and
    ``incident`` bind it for good. Raises NotFound, NotAllowed, FundCodeTaken,
    FundCodeMalformed, UnknownSource, TextMissing, TextTooLong, DaysTurned, AmountMalformed,
    AmountAbsurd, UnitGone, MoneyNeedsExercise."""
    keeper = owner or by.unit
    code = code.strip().lower()
    if len(code) > 60 or not _CODE.match(code) or code in _RESERVED:
        raise FundCodeMalformed(field="code")
    for word, known in [(source, Source.values), *((p, Purpose.values) for p in purposes)]:
        if word not in known:
            raise UnknownSource(field="source" if known is Source.values else "purposes", word=word)
    if overdraft:
        money.require(overdraft, field="overdraft")
    require_days(starts_on, ends_on, at=at, field="ends_on")
    with transaction.atomic():
        permissions.require(by=by, word=FUND_OPEN, on=keeper)
        require_incident(incident, by=by)
        require_active(keeper, field="owner")
        fund = Fund(
            id=id or new_id(),
            code=code,
            name_zh=written(name_zh, field="name_zh", limit=LINE),
            name_en=bounded(name_en, field="name_en", limit=LINE),
            owner=keeper,
            purpose=bounded(purpose, field="purpose"),
            source=source,
            giver=giver,
            currency=money.currency().code,
            purposes=sorted(set(purposes)),
            area=area,
            incident=incident,
            starts_on=starts_on,
            ends_on=ends_on,
            overdraft=overdraft,
            open_to_area=open_to_area,
            takes_gifts=takes_gifts,
            post=by,
            opened_at=at,
        )
        if Fund.objects.filter(code=code).exists():
            raise FundCodeTaken(field="code", fund=code)
        fund.save(force_insert=True)
        posting.open_books(fund)
        record(
            FUND_OPENED,
            about=("fund", fund.id),
            by=by,
            at=at,
            units=[keeper.id, giver.id if giver else None],
            incident=incident,
            area=area or keeper.area,
            data={
                "code": code,
                "source": source,
                "purposes": fund.purposes,
                "currency": fund.currency,
                "overdraft": overdraft,
            },
        )
    return fund

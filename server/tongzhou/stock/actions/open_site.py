import re
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import SITE_OPEN
from tongzhou.kernel.errors import Conflict, Invalid, TextMissing
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append_all
from tongzhou.places.models import Area
from tongzhou.stock import accounts
from tongzhou.stock.actions.recording import line, short
from tongzhou.stock.acts import SITE_OPENED
from tongzhou.stock.choices import AccountKind, SiteKind
from tongzhou.stock.models import Account, Site

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TAKEN = frozenset({"new", "import", "export"})


class SiteCodeMalformed(Invalid):
    """A code that could not stand in an address."""

    code = "site-code-malformed"
    message = _("“%(value)s” is not a code: small letters, digits and single hyphens, up to 80.")


class SiteCodeTaken(Conflict):
    """Another store has this code."""

    code = "site-code-taken"
    message = _("There is a store with the code %(value)s already.")


class SiteKindUnknown(Invalid):
    """A kind of store that there is not."""

    code = "site-kind-unknown"
    message = _("“%(value)s” is not a kind of store. There are: %(known)s.")


class SiteOfInactiveUnit(Conflict):
    """A unit that is no longer active keeps no store."""

    code = "site-unit-inactive"
    message = _("%(unit)s is no longer active and cannot keep a store.")


def open_site(
    *,
    code: str,
    name_zh: str,
    unit: Unit,
    by: Post,
    at: datetime,
    name_en: str = "",
    kind: str = SiteKind.WAREHOUSE,
    area: Area | None = None,
    place: str = "",
    id: UUID | None = None,
) -> Site:
    """Opens a store of a unit; by the unit itself or one above it. ``area``: where it lies,
    that of the unit unless given. In an exercise the store is one of the exercise.

    Raises NotAllowed, SiteCodeMalformed, SiteCodeTaken, SiteKindUnknown, TextMissing,
    StockTextTooLong, SiteOfInactiveUnit.
    """
    if not _CODE.fullmatch(code) or len(code) > 80:
        raise SiteCodeMalformed(field="code", value=code[:90])
    if code in _TAKEN:
        raise SiteCodeTaken(field="code", value=code)
    if kind not in SiteKind.values:
        raise SiteKindUnknown(field="kind", value=kind[:40], known=", ".join(SiteKind.values))
    site = Site(
        id=id or new_id(),
        code=code,
        name_zh=short(name_zh, field="name_zh", limit=120),
        name_en=short(name_en, field="name_en", limit=120),
        kind=kind,
        unit=unit,
        area=area or unit.area,
        place=short(place, field="place", limit=200),
        exercise=by.exercise,
        opened_at=at,
    )
    if not site.name_zh and not site.name_en:
        raise TextMissing(field="name_zh")
    with transaction.atomic():
        permissions.require(by=by, word=SITE_OPEN, on=unit)
        if not unit.active:
            raise SiteOfInactiveUnit(field="unit", unit=unit.name)
        try:
            with transaction.atomic():
                site.save(force_insert=True)
        except IntegrityError as error:
            raise SiteCodeTaken(field="code", value=code) from error
        Account.objects.create(
            id=accounts.account_of_site(site.id), kind=AccountKind.SITE, site=site, unit=unit
        )
        append_all([line(SITE_OPENED, site=site, by=by, at=at, data={"code": code, "kind": kind})])
    return site

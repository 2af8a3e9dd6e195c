from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.core.validators import validate_slug
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import AID_PREPARE
from tongzhou.aid.actions.change import (
    LINE,
    AidCountWrong,
    bounded,
    costed,
    counted,
    day_of,
    require_days,
    written,
)
from tongzhou.aid.acts import PACKAGE_PUBLISHED
from tongzhou.aid.choices import Kind, Part
from tongzhou.aid.models import Package, PackageLine
from tongzhou.catalogue.models import Item, Resource
from tongzhou.funds import money
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append

MOST_LINES: Final = 60
#: Words that stand in addresses of their own.
_TAKEN: Final = frozenset({"new"})


class PackageCodeWrong(Invalid):
    """A code that no address can hold."""

    code = "aid-package-code"
    message = _("A code is made of up to 60 letters, digits and hyphens.")


class PackageOfAnother(Conflict):
    """The code of a package of another unit."""

    code = "aid-package-taken"
    message = _("Another unit has a package with the code “%(package)s”.")


class PackageEmpty(Invalid):
    """A package of nothing, or of too much."""

    code = "aid-package-empty"
    message = _("A package holds 1 to %(most)d lines.")


class PackageKindUnknown(Invalid):
    """A word that is none of those to choose from."""

    code = "aid-kind-unknown"
    message = _("“%(word)s” is none of the words to choose from.")


class ResourceOfAnother(Invalid):
    """People of another unit, or who are registered no more."""

    code = "aid-resource-not-yours"
    message = _("“%(label)s” are not people of %(unit)s.")


@dataclass(frozen=True)
class PackageItem:
    """A line: people by skill, goods by item, equipment. ``cost``: of the whole line for all
    days, None for that of the registered people (a day's cost, times people and days)."""

    part: str
    quantity: Decimal
    item: Item | None = None
    what: str = ""
    skill: str = ""
    licence: str = ""
    cost: int | None = None
    resource: Resource | None = None


def publish_package(
    *,
    code: str,
    name_zh: str,
    kind: str,
    days: int,
    lines: Sequence[PackageItem],
    by: Post,
    at: datetime,
    name_en: str = "",
    transport: str = "",
    power: str = "",
    other_needs: str = "",
    reusable: bool = True,
    since: date | None = None,
    until: date | None = None,
    unit: Unit | None = None,
    id: UUID | None = None,
) -> Package:
    """Publishes a mission package of a unit: what comes, for how many days, at what cost, what
    the host has to give. The same code again is its next version. Raises NotAllowed,
    PackageCodeWrong, PackageOfAnother, PackageEmpty, PackageKindUnknown, ResourceOfAnother,
    TextMissing, AidTextTooLong, AidCountWrong, AidCostWrong, AidDaysTurned."""
    owner = unit or by.unit
    first = since or day_of(at)
    counted(days, field="days", most=366)
    require_days(first, *([until] if until is not None else []), at=at, field="until")
    if kind not in Kind.values:
        raise PackageKindUnknown(field="kind", word=kind[:80])
    code = _coded(code)
    if not 0 < len(lines) <= MOST_LINES:
        raise PackageEmpty(field="lines", most=MOST_LINES)
    with transaction.atomic():
        permissions.require(by=by, word=AID_PREPARE, on=owner)
        before = (
            Package.objects.select_for_update(no_key=True)
            .filter(code=code).order_by("-version").first()
        )  # fmt: skip
        if before is not None and (before.unit_id != owner.id or before.exercise != by.exercise):
            raise PackageOfAnother(field="code", package=code)
        if before is not None:
            Package.objects.filter(code=code, retired_at=None).update(retired_at=at)
        made = [
            _line(line, place, owner=owner, days=days) for place, line in enumerate(lines, start=1)
        ]
        people = sum(int(one.quantity) for one in made if one.part == Part.PEOPLE)
        package = Package.objects.create(
            id=id or new_id(),
            code=code,
            version=1 if before is None else before.version + 1,
            unit=owner,
            name_zh=written(name_zh or name_en, field="name_zh", limit=LINE),
            name_en=bounded(name_en, field="name_en", limit=LINE),
            kind=kind,
            days=days,
            people=counted(people, field="lines", least=0),
            transport=bounded(transport, field="transport", limit=LINE),
            power=bounded(power, field="power", limit=LINE),
            other_needs=bounded(other_needs, field="other_needs", limit=LINE),
            reusable=reusable,
            since=first,
            until=until,
            currency=money.currency().code,
            total=costed(sum(one.cost for one in made), field="lines"),
            post=by,
            published_at=at,
            exercise=by.exercise,
        )
        for one in made:
            one.package = package
        PackageLine.objects.bulk_create(made)
        append(
            PACKAGE_PUBLISHED,
            at=at,
            about=("aid_package", package.id),
            **by.signs(),
            with_units=[owner.id],
            area=owner.area.code,
            audience=[owner.id],
            data={
                "code": code,
                "version": package.version,
                "people": people,
                "cost": package.total,
                **({"exercise": True} if by.exercise else {}),
            },
        )
    return package


def _coded(code: str) -> str:
    text = code.strip().lower()
    plain = text.replace("-", "").replace("_", "")
    if not text or len(text) > 60 or text in _TAKEN or not (plain.isascii() and plain.isalnum()):
        raise PackageCodeWrong(field="code")
    validate_slug(text)
    return text


def _line(line: PackageItem, place: int, *, owner: Unit, days: int) -> PackageLine:
    if line.part not in Part.values:
        raise PackageKindUnknown(field="lines", row=place, word=line.part[:80])
    amount = line.quantity
    whole = line.part == Part.PEOPLE
    if not amount.is_finite() or not 0 < amount <= 10**9 or (whole and amount % 1):
        raise AidCountWrong(field="lines", row=place, least=1, most=10**9)
    found = line.resource
    if found is not None and (found.unit_id != owner.id or found.ended_at is not None):
        raise ResourceOfAnother(field="lines", row=place, label=found.label, unit=owner.name)
    cost = line.cost
    if cost is None:
        daily = found.cost_per_day if found is not None and found.cost_per_day else Decimal(0)
        cost = int(daily * amount * days * 10 ** money.currency().decimals)
    what = bounded(line.what, field="lines", limit=LINE)
    skill = bounded(line.skill, field="lines", limit=LINE)
    if line.item is None and not what and not skill:
        written("", field="lines")
    return PackageLine(
        position=place,
        part=line.part,
        item=line.item if line.item is not None else (found.item if found is not None else None),
        resource=found,
        what=what,
        skill=skill or (", ".join(found.skills) if found is not None else ""),
        licence=bounded(
            line.licence or (found.licence if found is not None else ""), field="lines", limit=LINE
        ),
        quantity=amount,
        cost=costed(cost, field="lines"),
    )

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.actions.appoint_person import appoint_person
from tongzhou.actors.actions.create_unit import create_unit
from tongzhou.actors.models import Post, Sector, Unit
from tongzhou.actors.passwords import check_password_strength
from tongzhou.actors.vocabulary import Role
from tongzhou.kernel.errors import Conflict
from tongzhou.places.actions.create_area import create_area
from tongzhou.places.models import Area, Level

_CODE: Final = "administration"


class UnitToChoose(Conflict):
    """Several units could be meant."""

    code = "unit-to-choose"
    message = _("There are several units without one above them. Say which: %(known)s.")


class AreaToChoose(Conflict):
    """Several areas could be meant."""

    code = "area-to-choose"
    message = _("There are several areas without one above them. Say which: %(known)s.")


def create_administrator(
    *,
    username: str,
    password: str,
    at: datetime,
    unit: Unit | None = None,
    area: Area | None = None,
    name_zh: str = "",
    name_en: str = "",
) -> Post:
    """The first way into an installation, for the command line: a person who keeps the
    accounts of ``unit`` and of everything in its area. Without a unit it is the topmost
    one there is; where there is none, one is made in ``area``, and an area too.

    Raises UnitToChoose, AreaToChoose, PasswordWeak, UsernameMalformed, UsernameTaken.
    """
    check_password_strength(password, username=username)
    with transaction.atomic():
        return appoint_person(
            username=username,
            name_zh=name_zh,
            name_en=name_en or ("" if name_zh else username),
            password=password,
            unit=unit or _top_unit(area, at=at),
            role=Role.ADMINISTRATOR,
            by=None,
            at=at,
        )


def _top_unit(area: Area | None, *, at: datetime) -> Unit:
    government = Unit.objects.filter(parent=None, active=True, sector=Sector.GOVERNMENT)
    if area is not None:
        government = government.filter(area=area)
    found = list(government.select_related("area").order_by("code")[:20])
    if len(found) > 1:
        raise UnitToChoose(field="unit", known=", ".join(unit.code for unit in found))
    if found:
        return found[0]
    home = area or _top_area(at=at)
    taken = Unit.objects.filter(code__startswith=_CODE).count()
    return create_unit(
        code=_CODE if not taken else f"{_CODE}-{taken + 1}",
        name_zh="平台管理办公室",
        name_en="Platform Administration",
        sector=Sector.GOVERNMENT,
        level=home.level,
        area=home,
        by=None,
        at=at,
    )


def _top_area(*, at: datetime) -> Area:
    found = list(Area.objects.filter(parent=None).order_by("code")[:40])
    if len(found) > 1:
        raise AreaToChoose(field="area", known=", ".join(area.code for area in found))
    if found:
        return found[0]
    return create_area(
        code="CN", name_zh="中国", name_en="China", level=Level.NATION, by=None, at=at
    )

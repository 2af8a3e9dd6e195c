"""What the acts on duties have in common: one lock per duty, the words, the line in the
ledger. The acts themselves are in the files beside this one, one each."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.kernel.errors import Conflict, Invalid, ReasonMissing
from tongzhou.ledger.append import Json, NewAct, append_all
from tongzhou.ledger.types import ActType
from tongzhou.mandates import access
from tongzhou.mandates.models import Charge, ChargeState, Duty
from tongzhou.mandates.parts import MeansKind

REASON_LIMIT = 4_000
TEXT_LIMIT = 1_000


class DutyRetired(Conflict):
    """Nobody owes it any more, so nobody can be charged with it."""

    code = "duty-retired"
    message = _("The duty “%(duty)s” has been retired.")


class ChargeNotInForce(Conflict):
    """The charge has ended, or was never agreed to."""

    code = "charge-not-in-force"
    message = _("%(unit)s is not charged with this now. Somebody may have been faster.")


class ChargedUnitInactive(Invalid):
    """A unit that is no longer active can take on nothing."""

    code = "charged-unit-inactive"
    message = _("%(unit)s is no longer active and cannot be charged with a duty.")


class TextTooLong(Invalid):
    """More words than anybody reads."""

    code = "mandate-text-too-long"
    message = _("This is longer than %(limit)s characters.")


class UnknownMeans(Invalid):
    """A kind of means that is none of those there are."""

    code = "means-unknown"
    message = _("“%(value)s” is not a kind of means. There are: %(known)s.")


def lock(duty: UUID) -> Duty:
    """Locks a duty: all that concerns who is charged with it happens one after the other."""
    return (
        Duty.objects.select_for_update(of=("self",), no_key=True)
        .select_related("unit")
        .get(id=duty)
    )


def lock_all(duties: Collection[UUID]) -> None:
    """Locks many, in an order that all keep."""
    locked = Duty.objects.select_for_update(of=("self",), no_key=True).filter(id__in=duties)
    list(locked.order_by("id"))


def begin(duty: UUID) -> Duty:
    """``lock``, of a duty that is owed. Raises DutyRetired."""
    locked = lock(duty)
    if not locked.is_open:
        raise DutyRetired(field="duty", duty=locked.name)
    return locked


def read(charge: UUID) -> Charge:
    """A charge with unit, area and duty, as it is now."""
    return Charge.objects.select_related("unit__area", "area", "duty").get(id=charge)


def require_in_force(charge: Charge) -> None:
    """Raises ChargeNotInForce."""
    if charge.state != ChargeState.IN_FORCE:
        raise ChargeNotInForce(unit=charge.unit.name)


def require_active(unit: Unit, *, field: str) -> None:
    """Raises ChargedUnitInactive."""
    if not unit.active:
        raise ChargedUnitInactive(field=field, unit=unit.name)


def require_means(kinds: Iterable[str], *, field: str) -> None:
    """Raises UnknownMeans."""
    for kind in kinds:
        if kind not in MeansKind.values:
            raise UnknownMeans(field=field, value=kind, known=", ".join(MeansKind.values))


def reason_given(reason: str) -> str:
    """The reason without blanks around it. Raises ReasonMissing, TextTooLong."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    return short(reason, field="reason", limit=REASON_LIMIT)


def short(text: str, *, field: str, limit: int = TEXT_LIMIT) -> str:
    """The text without blanks around it. Raises TextTooLong."""
    if len(text.strip()) > limit:
        raise TextTooLong(field=field, limit=limit)
    return text.strip()


class More(TypedDict, total=False):
    """What else an act about a charge may say."""

    with_units: Iterable[Unit]
    asked_at: datetime | None
    due_at: datetime | None
    outcome: str
    data: Mapping[str, Json]


def record(
    type: ActType, *, charge: Charge, by: Post | None, at: datetime, **more: Unpack[More]
) -> None:
    """Writes an act about a charge, as ``told`` makes it."""
    append_all([told(type, charge=charge, by=by, at=at, **more)])


def told(
    type: ActType,
    *,
    charge: Charge,
    by: Post | None,
    at: datetime,
    with_units: Iterable[Unit] = (),
    asked_at: datetime | None = None,
    due_at: datetime | None = None,
    outcome: str = "",
    data: Mapping[str, Json] | None = None,
) -> NewAct:
    """An act about a charge; its unit and ``with_units`` are told, and all above them."""
    others = {charge.unit_id: charge.unit, **{unit.id: unit for unit in with_units}}
    return NewAct(
        type,
        at=at,
        about=("charge", charge.id),
        **(by.signs() if by is not None else {}),
        with_units=others,
        area=charge.area.code,
        basis=access.authority(by, others.values()),
        asked_at=asked_at,
        due_at=due_at,
        outcome=outcome,
        audience=access.audience(others.values()) | ({by.unit_id} if by is not None else set()),
        data={
            "duty": str(charge.duty_id),
            "code": charge.duty.code,
            "unit": str(charge.unit_id),
            "part": str(charge.part),
            "cells": charge.cells,
            **(data or {}),
        },
    )

"""Duties and charges one by one: what stands on their pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.kernel.errors import Invalid, NotFound
from tongzhou.mandates.models import (
    Charge,
    ChargeState,
    Delegation,
    Duty,
    Means,
    Proposal,
    ProposalState,
)

_THERE = Prefetch("means", queryset=Means.objects.filter(ended_at=None).order_by("kind", "at"))
_SHOWN = (ChargeState.IN_FORCE, ChargeState.PROPOSED)


class DutyUnknown(Invalid):
    """A code of no duty."""

    code = "duty-unknown"
    message = _("There is no duty with the code “%(code)s”.")


def duty(code: str, *, visible_to: Post) -> Duty:
    """The duty with this code; duties are known to everybody who is signed in. Raises
    NotFound."""
    found = Duty.objects.select_related("unit").filter(code=code).first()
    if found is None:
        raise NotFound(field="duty")
    return found


def named(code: str, *, field: str = "duty") -> Duty:
    """The duty that somebody wrote the code of. Raises DutyUnknown."""
    found = Duty.objects.filter(code=code).first()
    if found is None:
        raise DutyUnknown(field=field, code=code)
    return found


def listed(*, visible_to: Post, q: str = "", limit: int = 200) -> list[Duty]:
    """The duties that are owed, by code, whose name or code holds every word of ``q``."""
    found = Duty.objects.filter(retired_at=None)
    for word in q.split():
        found = found.filter(
            Q(name_zh__icontains=word) | Q(name_en__icontains=word) | Q(code__icontains=word)
        )
    return list(found.order_by("code")[:limit])


def charge(id: UUID, *, visible_to: Post) -> Charge:
    """One charge with unit, area and duty. Raises NotFound."""
    found = _joined(Charge.objects.filter(id=id)).first()
    if found is None:
        raise NotFound(field="charge")
    return found


def proposal(id: UUID, *, visible_to: Post) -> Proposal:
    """One proposal with its charge. Raises NotFound."""
    found = _proposals(Proposal.objects.filter(id=id)).first()
    if found is None:
        raise NotFound(field="proposal")
    return found


def delegation(id: UUID, *, visible_to: Post) -> Delegation:
    """One delegation with both charges. Raises NotFound."""
    found = Delegation.objects.select_related(
        "charge__unit", "charge__duty", "charge__area", "to__unit", "to__duty", "to__area"
    )
    one = found.filter(id=id).first()
    if one is None:
        raise NotFound(field="delegation")
    return one


def means(id: UUID, *, visible_to: Post) -> Means:
    """One means with its charge. Raises NotFound."""
    found = Means.objects.select_related("charge__unit__area", "charge__duty").filter(id=id).first()
    if found is None:
        raise NotFound(field="means")
    return found


def of_duty(duty: Duty, *, visible_to: Post, ended: bool = False) -> list[Charge]:
    """Who is charged with a duty or asked to be, accountable first, then by area; or those
    who were (``ended``, the last hundred)."""
    if ended:
        over = Charge.objects.filter(duty=duty, state__in=[ChargeState.ENDED, ChargeState.DECLINED])
        return list(_joined(over).order_by("-ended_at", "id")[:100])
    found = _joined(Charge.objects.filter(duty=duty, state__in=_SHOWN))
    return list(found.order_by("area__path", "part", "unit__code", "id"))


def of_unit(unit: Unit, *, visible_to: Post) -> list[Charge]:
    """What a unit is charged with or asked to take on, by part and duty."""
    found = _joined(Charge.objects.filter(unit=unit, state__in=_SHOWN, duty__retired_at=None))
    return list(found.order_by("part", "duty__side", "duty__code", "id"))


def passed_on(charges: Sequence[Charge]) -> list[Delegation]:
    """The delegations that run from these charges or to them."""
    ids = [charge.id for charge in charges]
    found = Delegation.objects.filter(
        Q(charge_id__in=ids) | Q(to_id__in=ids), recalled_at=None
    ).select_related("charge__unit", "charge__duty", "to__unit", "to__area")
    return list(found.prefetch_related(_THERE).order_by("at"))


def going_back(delegation: Delegation) -> list[Delegation]:
    """What a recall takes back: the delegation, and whatever was passed on further from it, each
    before what came of it. Two queries."""
    found = Delegation.objects.filter(charge__duty=delegation.charge.duty_id, recalled_at=None)
    running: dict[UUID, list[Delegation]] = {}
    rows = found.select_related("charge__unit", "to__unit", "to__area").prefetch_related(_THERE)
    for one in rows.order_by("at", "id"):
        running.setdefault(one.charge_id, []).append(one)
    ahead = [one for one in running.get(delegation.charge_id, ()) if one.id == delegation.id]
    back: list[Delegation] = []
    while ahead:
        back.append(ahead.pop(0))
        ahead = [*running.get(back[-1].to_id, ()), *ahead]
    return back


@dataclass(frozen=True)
class Proposals:
    """Open proposals: those that wait for my unit, and those that it made."""

    to_answer: list[Proposal]
    made: list[Proposal]


def open_proposals(*, visible_to: Post, limit: int = 200) -> Proposals:
    """The open proposals that concern the post's unit, the first to be answered first."""
    unit = visible_to.unit_id
    waiting = _proposals(
        Proposal.objects.filter(state=ProposalState.OPEN, asked__contains=[unit]).exclude(
            given__contains=[unit]
        )
    )
    made = _proposals(Proposal.objects.filter(state=ProposalState.OPEN, by_unit=unit))
    return Proposals(
        list(waiting.order_by("due_at", "id")[:limit]), list(made.order_by("due_at", "id")[:limit])
    )


def waiting_count(*, visible_to: Post) -> int:
    """How many proposals wait for the post's unit."""
    unit = visible_to.unit_id
    found = Proposal.objects.filter(state=ProposalState.OPEN, asked__contains=[unit])
    return found.exclude(given__contains=[unit]).count()


def late(proposal: Proposal, *, at: datetime) -> bool:
    """True when the time to answer has passed."""
    return proposal.state == ProposalState.OPEN and proposal.due_at <= at


def _joined(found: "QuerySet[Charge]") -> "QuerySet[Charge]":
    return (
        found.select_related("duty", "unit__area", "area")
        .defer("area__boundary", "area__profile", "unit__area__boundary", "unit__area__profile")
        .prefetch_related(_THERE, "proposals__by_unit")
    )


def _proposals(found: "QuerySet[Proposal]") -> "QuerySet[Proposal]":
    return found.select_related("charge__duty", "charge__unit__area", "charge__area", "by_unit")

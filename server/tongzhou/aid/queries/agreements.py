"""Agreements with what follows from them, and the load of a host."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import AID_SIGN
from tongzhou.aid import hosting
from tongzhou.aid.choices import AgreementState
from tongzhou.aid.hosting import Day, Stay
from tongzhou.aid.models import Agreement, Cost, CostLine, Deployment, Hosting, Version
from tongzhou.incidents.queries.lists import of_world
from tongzhou.kernel.errors import NotFound

_RELATED: Final = (
    "request__unit__area", "request__area", "request__incident", "asker__area", "offerer__area",
    "offer__package",
)  # fmt: skip
DAYS: Final = 21
MOST_DAYS: Final = 120


def visible(post: Post) -> "QuerySet[Agreement, Agreement]":
    """The agreements of the post's unit, or of a unit below it, in the post's own world."""
    unit = [post.unit_id]
    sides = Q(asker__line__contains=unit) | Q(offerer__line__contains=unit)
    return Agreement.objects.filter(sides, of_world(post, by="request__incident"))


def find(number: int, *, visible_to: Post) -> Agreement:
    """One agreement with its sides. Raises NotFound."""
    found = visible(visible_to).select_related(*_RELATED)
    agreement = found.filter(number=number).first() if number < 2**62 else None
    if agreement is None:
        raise NotFound()
    return agreement


def of_request(request_id: UUID, *, visible_to: Post) -> list[Agreement]:
    """The agreements of a call that the post may see, the latest last."""
    found = visible(visible_to).filter(request=request_id).select_related(*_RELATED)
    return list(found.order_by("number"))


def versions(agreement: Agreement) -> list[Version]:
    """All versions, the latest first."""
    found = agreement.versions.select_related(
        "post__unit", "asker_post__unit", "asker_post__person", "offerer_post__unit",
        "offerer_post__person",
    )  # fmt: skip
    return list(found.order_by("-number"))


def deployments(agreement: Agreement) -> list[Deployment]:
    """Who was sent, in order."""
    found = list(agreement.deployments.order_by("position"))
    for one in found:
        one.agreement = agreement
    return found


def costs(agreement: Agreement) -> list[Cost]:
    """What was claimed, with lines and what pays it."""
    lines = Prefetch("lines", CostLine.objects.order_by("position"))
    found = list(
        agreement.costs.select_related("spending").prefetch_related(lines).order_by("number")
    )
    for one in found:
        one.agreement = agreement
    return found


def deployment(id: UUID, *, visible_to: Post) -> Deployment:
    """One deployment of an agreement that the post may see. Raises NotFound."""
    found = Deployment.objects.filter(agreement__in=visible(visible_to)).select_related(
        *(f"agreement__{name}" for name in _RELATED)
    )
    one = found.filter(id=id).first()
    if one is None:
        raise NotFound()
    return one


def cost(number: int, *, visible_to: Post) -> Cost:
    """One claim of an agreement that the post may see. Raises NotFound."""
    found = Cost.objects.filter(agreement__in=visible(visible_to)).select_related(
        "spending", *(f"agreement__{name}" for name in _RELATED)
    )
    one = found.filter(number=number).first() if number < 2**62 else None
    if one is None:
        raise NotFound()
    return one


def to_sign(*, visible_to: Post) -> int:
    """How many versions wait for a signature that the post can give: of its own unit's side, or
    of one below it, never where it stands above both."""
    if not permissions.holds(visible_to, AID_SIGN):
        return 0
    unit = [visible_to.unit_id]
    asks = Q(agreement__asker__line__contains=unit)
    sends = Q(agreement__offerer__line__contains=unit)
    waits = Version.objects.filter(agreement__in=visible(visible_to), dropped_at=None)
    return waits.filter(
        (asks & ~sends & Q(asker_signed_at=None)) | (sends & ~asks & Q(offerer_signed_at=None))
    ).count()


def room(unit: Unit, *, exercise: bool) -> list[Hosting]:
    """Since when a unit can lodge how many."""
    return list(Hosting.objects.filter(unit=unit, exercise=exercise).order_by("since"))


def load(
    unit: Unit, *, visible_to: Post, at: datetime, first: date | None = None, days: int = DAYS
) -> list[Day]:
    """The people from outside whom a unit lodges, day by day from a day (today): those who are
    here or on the way, and those who are agreed and not sent. Three queries."""
    exercise = visible_to.exercise
    known = [(one.since, one.people) for one in room(unit, exercise=exercise)]
    agreed = Agreement.objects.filter(
        of_world(visible_to, by="request__incident"), asker=unit, state=AgreementState.FORCE
    ).prefetch_related("deployments")
    stays: list[Stay] = []
    for one in agreed:
        left = one.count - one.sent
        if left:
            stays.append(Stay(_day(one.arrives_at), one.ends_on, left * one.people, sure=False))
        for each in one.deployments.all():
            stays.extend(_stays(each, one, today=_day(at)))
    start = first or _day(at)
    return hosting.load(stays, known, first=start, days=max(1, min(days, MOST_DAYS)))


def _stays(one: Deployment, agreement: Agreement, *, today: date) -> list[Stay]:
    since = _day(one.arrived_at or one.due_at)
    found = []
    if still := one.sent - one.released:
        # Who stays longer than agreed still has to be lodged.
        last = max(agreement.ends_on, today) if one.here else agreement.ends_on
        found.append(Stay(since, last, still * agreement.people))
    if one.released and one.released_at is not None:
        last = _day(one.released_at) - timedelta(days=1)
        found.append(Stay(since, last, one.released * agreement.people))
    return found


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()

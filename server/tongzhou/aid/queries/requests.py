"""Calls for aid: the board, one of them, its offers; who sees what of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import (
    BigIntegerField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from tongzhou.actors.models import Post
from tongzhou.aid.choices import CostState, Kind, OfferState
from tongzhou.aid.models import Agreement, AidOffer, AidRequest, Asked, Cost, Deployment, Version
from tongzhou.incidents.queries.lists import of_world
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import NotFound

_RELATED: Final = ("unit__area", "area", "incident", "package")


@dataclass(frozen=True)
class Filters:
    """What the board shows. ``show``: a stage of ``STAGES``, "over", "all", or "" for what is not
    over; ``relation``: "asker" or "asked" of the own unit; ``q``: words."""

    show: str = ""
    q: str = ""
    kind: str = ""
    relation: str = ""
    incident: str = ""


def visible(post: Post) -> "QuerySet[AidRequest, AidRequest]":
    """The calls that the post's unit made or was asked by, or a unit below it, in the post's own
    world."""
    unit = [post.unit_id]
    asked = Asked.objects.filter(request=OuterRef("pk"), unit__line__contains=unit)
    return AidRequest.objects.filter(
        Q(unit__line__contains=unit) | Q(Exists(asked)), of_world(post)
    )


def _sum(found: "QuerySet[Any, Any]", by: str, what: Any, *, big: bool = False) -> Coalesce:
    rows = found.order_by().values(by).annotate(n=Sum(what)).values("n")
    field: Any = BigIntegerField() if big else IntegerField()
    return Coalesce(Subquery(rows, output_field=field), 0, output_field=field)


def _staged(found: "QuerySet[AidRequest, AidRequest]") -> "QuerySet[AidRequest, AidRequest]":
    """With how many of each call are at which stage."""
    call = OuterRef("pk")
    offers = AidOffer.objects.filter(request=call, state=OfferState.MADE)
    agreed = Agreement.objects.filter(request=call, state="force")
    moved = Deployment.objects.filter(agreement__request=call)
    waits = (CostState.CLAIMED, CostState.ASKED)
    costs = Cost.objects.filter(agreement__request=call, state__in=waits)
    to_sign = Version.objects.filter(
        Q(asker_signed_at=None) | Q(offerer_signed_at=None),
        agreement__request=call, dropped_at=None,
    )  # fmt: skip
    way = "agreement__request"
    return found.annotate(
        offered=_sum(offers, "request", "count"),
        agreed=_sum(agreed, "request", "count"),
        on_the_way=_sum(moved, way, F("sent") - F("arrived")),
        here=_sum(moved, way, F("arrived") - F("released")),
        gone=_sum(moved, way, "released"),
        at_home=_sum(moved, way, "home"),
        to_pay=_sum(costs, way, "total", big=True),
        to_sign=Exists(to_sign),
    ).annotate(
        still_asked=F("count") - F("agreed"),
        to_go=F("agreed") - F("on_the_way") - F("here") - F("gone"),
        going_home=F("gone") - F("at_home"),
    )


#: Not over: still asked for, or something goes on.
_GOING: Final = (
    Q(closed_at=None) | Q(on_the_way__gt=0) | Q(here__gt=0) | Q(to_pay__gt=0) | Q(to_sign=True)
    | Q(to_go__gt=0) | Q(going_home__gt=0)
)  # fmt: skip
STAGES: Final[dict[str, Q]] = {
    "asked": Q(closed_at=None, still_asked__gt=0),
    "offered": Q(offered__gt=0),
    "agreed": Q(to_sign=True) | Q(to_go__gt=0),
    "on_the_way": Q(on_the_way__gt=0),
    "here": Q(here__gt=0),
    "home": Q(gone__gt=0),
    "to_pay": Q(to_pay__gt=0),
}


def filtered(*, visible_to: Post, filters: Filters) -> "QuerySet[AidRequest, AidRequest]":
    """The calls that the filters let through, with their stages."""
    found = _staged(visible(visible_to))
    if filters.show in STAGES:
        found = found.filter(STAGES[filters.show])
    elif filters.show == "over":
        found = found.exclude(_GOING)
    elif filters.show != "all":
        found = found.filter(_GOING)
    for word in filters.q.split()[:8]:
        found = found.filter(_matching(word))
    if filters.kind in Kind.values:
        found = found.filter(kind=filters.kind)
    if filters.relation == "asker":
        found = found.filter(unit=visible_to.unit_id)
    elif filters.relation == "asked":
        mine = Asked.objects.filter(request=OuterRef("pk"), unit=visible_to.unit_id)
        found = found.filter(Exists(mine))
    if filters.incident:
        found = found.filter(incident__code=filters.incident)
    return found


def _matching(word: str) -> Q:
    digits = word.upper().removeprefix("MA").removeprefix("-")
    found = Q(what__icontains=word)
    for name in ("unit__name_zh", "unit__name_en", "area__name_zh", "area__name_en"):
        found |= Q(**{f"{name}__icontains": word})
    if digits.isascii() and digits.isdigit() and len(digits) < 16:
        found |= Q(number=int(digits))
    return found


def listed(
    *, visible_to: Post, filters: Filters, cursor: str = "", limit: int = 50
) -> Slice[AidRequest]:
    """A page, the latest call first. Two queries. Raises CursorInvalid."""
    rows = filtered(visible_to=visible_to, filters=filters).select_related(*_RELATED)
    rows = rows.prefetch_related(Prefetch("asked", Asked.objects.select_related("unit")))
    return slice_of(rows, by=[("number", int)], cursor=cursor, limit=limit, descending=True)


def all_rows(*, visible_to: Post, filters: Filters) -> Iterator[AidRequest]:
    """All that the filters let through, for files."""
    rows = filtered(visible_to=visible_to, filters=filters).select_related(*_RELATED)
    return rows.order_by("number").iterator(chunk_size=500)


def figures(*, visible_to: Post) -> dict[str, int]:
    """How many calls there are of each stage; a question for each."""
    found = _staged(visible(visible_to))
    return {name: found.filter(condition).count() for name, condition in STAGES.items()}


def find(number: int, *, visible_to: Post) -> AidRequest:
    """One call with its stages and those asked. Raises NotFound."""
    rows = _staged(visible(visible_to)).select_related(*_RELATED, "post__unit", "package__unit")
    asked = Asked.objects.select_related("unit", "better").order_by("unit__code")
    rows = rows.prefetch_related(Prefetch("asked", asked))
    found = rows.filter(number=number).first() if number < 2**62 else None
    if found is None:
        raise NotFound()
    return found


def sees_cost(offer: AidOffer, request: AidRequest, post: Post) -> bool:
    """The asking side sees every price, whoever offers the own one; others once an agreement on
    it bears both signatures."""
    relations = request.relations_of(post)
    if relations & {"asker", "asker_line"}:
        return True
    if post.unit_id in offer.unit.line:
        return True
    agreement = getattr(offer, "agreement", None)
    return agreement is not None and agreement.version > 0


def offers(request: AidRequest, *, visible_to: Post) -> list[AidOffer]:
    """The offers of a call that the post may see, the first arrival first; where it may not see
    the price, cost and conditions are taken out and ``shown`` is False. One query."""
    found = request.offers.select_related("unit", "package", "agreement", "request").order_by(
        "state", "arrives_at", "number"
    )
    rows = []
    for offer in found:
        offer.request = request
        offer.shown = sees_cost(offer, request, visible_to)  # type: ignore[attr-defined]
        if not offer.shown:  # type: ignore[attr-defined]
            offer.cost, offer.conditions, offer.reason = 0, "", ""
        rows.append(offer)
    return rows


def find_offer(number: int, *, visible_to: Post) -> AidOffer:
    """One offer of a call that the post may see, whose price it may see. Raises NotFound."""
    found = AidOffer.objects.filter(request__in=visible(visible_to)).select_related(
        "request__unit__area", "request__area", "request__incident", "unit__area", "package",
        "agreement",
    )  # fmt: skip
    offer = found.filter(number=number).first() if number < 2**62 else None
    if offer is None or not sees_cost(offer, offer.request, visible_to):
        raise NotFound()
    return offer


def surge(request: AidRequest) -> list[tuple[date, int]]:
    """How many had arrived by the end of each local day on which some did."""
    rows = Deployment.objects.filter(agreement__request=request, arrived__gt=0)
    found: dict[date, int] = {}
    there = 0
    for one in rows.order_by("arrived_at"):
        assert one.arrived_at is not None
        there += one.arrived
        found[timezone.localtime(one.arrived_at).date()] = there
    return sorted(found.items())

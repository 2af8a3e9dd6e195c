from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import OFFER_MAKE
from tongzhou.incidents.models import AUTHORITIES, Incident
from tongzhou.kernel.ids import new_id
from tongzhou.needs.actions.ask_for import UnknownWay
from tongzhou.needs.actions.change import (
    LINE,
    TEXT,
    bounded,
    grant_sight,
    next_number,
    require_incident,
)
from tongzhou.needs.actions.offering import Offered, offer_lines, record_offer, require_span
from tongzhou.needs.acts import OFFER_MADE
from tongzhou.needs.choices import Answer, Channel
from tongzhou.needs.models import Offer, OfferLine
from tongzhou.places.models import Area
from tongzhou.tasks.actions.desk import desk_for


def offer(
    *,
    lines: Sequence[Offered],
    by: Post,
    at: datetime,
    unit: Unit | None = None,
    area: Area | None = None,
    place: str = "",
    from_at: datetime | None = None,
    until_at: datetime | None = None,
    conditions: str = "",
    channel: str = Channel.WEB,
    incident: Incident | None = None,
    id: UUID | None = None,
) -> Offer:
    """A unit offers supplies or help. What firms, organisations and volunteers offer is answered
    by the authority of the place, by a clock; an authority's own offer may be taken from at once.

    Raises NotFound, NotAllowed, NothingOffered, TooMuchOffered, OfferExpired, NeedTimeOff,
    UnknownWay, WordsTooMany, NeedsExercise, IncidentOver, NoDesk, and what the catalogue says of
    an amount.
    """
    unit = unit or by.unit
    area = area or unit.area
    start = from_at or at
    with transaction.atomic():
        permissions.require(by=by, word=OFFER_MAKE, on=unit)
        require_incident(incident, by=by)
        require_span(start, until_at, at=at)
        if channel not in Channel.values:
            raise UnknownWay(field="channel", value=channel[:40])
        asked_by_nobody = unit.sector not in AUTHORITIES
        made = Offer(
            id=id or new_id(),
            number=next_number("offer_number")[0],
            unit=unit,
            area=area,
            place=bounded(place, field="place", limit=LINE),
            incident=incident,
            exercise=incident is not None and incident.exercise,
            from_at=start,
            until_at=until_at,
            conditions=bounded(conditions, field="conditions", limit=TEXT),
            channel=channel,
            unsolicited=asked_by_nobody,
            desk=desk_for(area, at=at, levels=()) if asked_by_nobody else None,
            answer=Answer.WAITING if asked_by_nobody else Answer.ACCEPTED,
            post=by,
            at=at,
        )
        rows = offer_lines(made, lines, at=at)
        made.save(force_insert=True)
        OfferLine.objects.bulk_create(rows)
        grant_sight(incident, unit)
        record_offer(OFFER_MADE, made, by=by, at=at)
    return made

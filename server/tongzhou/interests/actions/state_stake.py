from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.funds.actions.change import require_active
from tongzhou.incidents.models import Incident, Measure
from tongzhou.interests.actions import change, stake_acts
from tongzhou.interests.actions.stake_acts import Words
from tongzhou.interests.acts import STAKE_RECORDED, STAKE_STATED
from tongzhou.interests.models import Stake
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.places.models import Area

CONFIRM_WITHIN: Final = timedelta(days=7)


class MatterMissing(Invalid):
    """A stake in nothing, or in a measure of another incident."""

    code = "matter-missing"
    message = _("Say what it is about: an incident, one of its measures, or an area.")


class StakeThere(Conflict):
    """The unit said already what is at stake for it here."""

    code = "stake-there"
    message = _("%(reference)s says already what is at stake for %(unit)s here. Change that one.")


def state_stake(
    *,
    words: Words,
    by: Post,
    at: datetime,
    unit: Unit | None = None,
    incident: Incident | None = None,
    measure: Measure | None = None,
    area: Area | None = None,
    reason: str = "",
    id: UUID | None = None,
) -> Stake:
    """A unit says what is at stake for it in a matter: an incident, a measure of it, or an
    area. A superior may record it for a unit below, with the reason; then the unit is asked to
    confirm it. Raises NotFound, NotAllowed, MatterMissing, StakeThere, UnitGone, RealOnly,
    ExerciseOnly, and as ``say``."""
    owner = unit or by.unit
    if measure is not None and (incident is None or measure.incident_id != incident.id):
        raise MatterMissing(field="measure")
    place = measure.area if measure is not None else incident.area if incident is not None else area
    if place is None or (incident is not None and area is not None):
        raise MatterMissing(field="incident")
    with transaction.atomic():
        own = owner.id == by.unit_id
        permissions.require(by=by, word=stake_acts.word_for(own), on=owner)
        change.require_incident(incident, by=by)
        require_active(owner, field="unit")
        # Two who state the same at once come one after the other.
        Unit.objects.select_for_update(no_key=True).get(id=owner.id)
        there = Stake.objects.filter(
            unit=owner, incident=incident, measure=measure, area=place, withdrawn_at=None
        ).first()
        if there is not None:
            raise StakeThere(field="incident", reference=there.reference, unit=owner.name)
        stake = Stake(
            id=id or new_id(), number=change.next_number("stake"), unit=owner,
            incident=incident, measure=measure, area=place, version=1,
        )  # fmt: skip
        stake_acts.say(stake, words, reason=reason, by=by, at=at)
        stake.save(force_insert=True)
        stake_acts.keep(stake)
        change.tell_stake(
            STAKE_STATED if own else STAKE_RECORDED,
            stake=stake,
            by=by,
            at=at,
            due_at=None if own else at + CONFIRM_WITHIN,
        )
    return stake

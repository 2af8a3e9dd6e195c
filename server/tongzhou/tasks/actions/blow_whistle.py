from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import WHISTLE_BLOW
from tongzhou.incidents.actions.report_signal import LONGEST_LINE, LONGEST_TEXT
from tongzhou.incidents.models import AUTHORITIES, Incident
from tongzhou.kernel.errors import Invalid, TextMissing
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append
from tongzhou.library.kinds.whistle import Ground, WhistleKind, WhistleRules
from tongzhou.mandates.models import Duty
from tongzhou.places.models import Area
from tongzhou.tasks import rules
from tongzhou.tasks.actions.arrive_at_whistle import PlaceMissing
from tongzhou.tasks.actions.comment_task import TextTooLong
from tongzhou.tasks.actions.create_task import (
    ExerciseNeedsIncident,
    IncidentClosed,
    keep_draft,
    next_number,
)
from tongzhou.tasks.actions.dispatch_task import dispatch_task
from tongzhou.tasks.actions.mandate import require_open
from tongzhou.tasks.actions.participants import require_active
from tongzhou.tasks.actions.register_ticket import title_of
from tongzhou.tasks.acts import WHISTLE_BLOWN
from tongzhou.tasks.choices import require_choice
from tongzhou.tasks.models import Basis, Call, Form, Priority, Task, Whistle, Work


class NobodyCalled(Invalid):
    """A whistle to no one."""

    code = "whistle-to-nobody"
    message = _("Choose at least one department to call.")


class TooManyCalled(Invalid):
    """A whistle to everybody calls nobody."""

    code = "whistle-too-many"
    message = _("At most %(limit)s departments can be called at once.")


class WhistleToItself(Invalid):
    """A unit whistled for itself."""

    code = "whistle-to-itself"
    message = _("A whistle calls others. Your own unit cannot be called.")


class WhistleDownwards(Invalid):
    """Somebody below was whistled for: that is a task, not a whistle."""

    code = "whistle-downwards"
    message = _("%(unit)s stands below your unit. Give it a task; a whistle calls departments.")


class WhistleElsewhere(Invalid):
    """A whistle for a place that the unit does not answer for, or by one that answers for none."""

    code = "whistle-elsewhere"
    message = _(
        "Whoever answers for a place whistles for it: a street, a town or a community. %(unit)s "
        "does not answer for %(area)s; give a task instead."
    )


def blow_whistle(
    *,
    kind: str,
    ground: str,
    text: str,
    place: str,
    area: Area,
    units: Sequence[Unit],
    by: Post,
    at: datetime,
    duty: Duty | None = None,
    incident: Incident | None = None,
    id: UUID | None = None,
) -> Whistle:
    """Calls departments to a place. Each gets a call of its own: to accept, arrive and answer,
    or to refuse in writing with a better owner. By when it must be there, and done, follows
    from the kind. Where a duty is named, each call notes whether the department is charged with
    it. Raises NotAllowed, NotFound (of the incident), UnknownChoice (kind, ground), TextMissing,
    TextTooLong, PlaceMissing, NobodyCalled, TooManyCalled, WhistleToItself, WhistleDownwards,
    UnitInactive, IncidentClosed,
    WhistleElsewhere, ExerciseNeedsIncident, DutyRetired, DutyForbidden, NoTemplate."""
    template, known = rules.whistle(at=at)
    of, _why = _kind_and_ground(known, kind, ground)
    _check(text, place)
    called = list({unit.id: unit for unit in units}.values())
    _require_departments(called, by=by, most=known.most_called)
    require_open(duty)
    with transaction.atomic():
        permissions.require(by=by, word=WHISTLE_BLOW, on=incident)
        if by.unit.sector not in AUTHORITIES or not by.answers_for(area):
            raise WhistleElsewhere(field="area", unit=by.unit.name, area=area.name)
        if incident is not None and not incident.is_open:
            raise IncidentClosed(field="incident")
        if by.exercise and (incident is None or not incident.exercise):
            raise ExerciseNeedsIncident(field="incident")
        whistle = Whistle.objects.create(
            id=id or new_id(),
            number=next_number(),
            kind=kind,
            ground=ground,
            place=place.strip(),
            unit=by.unit,
            area=area,
            incident=incident,
            template=template,
            blown_at=at,
        )
        append(
            WHISTLE_BLOWN,
            at=at,
            about=("whistle", whistle.id),
            **by.signs(),
            with_units=[unit.id for unit in called],
            incident=whistle.incident_id,
            area=area.code,
            basis=Basis.LAW.value,
            asked_at=at,
            due_at=at + of.arrive_within,
            audience=[by.unit_id, *(unit.id for unit in called)],
            data={"number": whistle.number, "kind": kind, "ground": ground},
        )
        for unit in called:
            _call(unit, whistle=whistle, of=of, text=text.strip(), duty=duty, by=by, at=at)
    return whistle


def _call(
    unit: Unit,
    *,
    whistle: Whistle,
    of: WhistleKind,
    text: str,
    duty: Duty | None,
    by: Post,
    at: datetime,
) -> None:
    task = Task(
        form=Form.WHISTLE,
        incident=whistle.incident,
        exercise=whistle.incident is not None and whistle.incident.exercise,
        title=title_of(text),
        body=text,
        work=Work.JOINT_ACTION,
        basis=Basis.LAW,
        basis_note=whistle.reference,
        priority=Priority.CRITICAL if of.code == "emergency" else Priority.URGENT,
        asker=by.unit,
        asker_post=by,
        lead=unit,
        area=whistle.area,
        duty=duty,
        due_at=at + of.done_within,
    )
    keep_draft(task, by=by, at=at)
    Call.objects.create(task=task, whistle=whistle, arrive_by=at + of.arrive_within)
    dispatch_task(task=task, by=by, at=at)


def _kind_and_ground(known: WhistleRules, kind: str, ground: str) -> tuple[WhistleKind, Ground]:
    of, why = known.kind_of(kind), known.ground_of(ground)
    if of is None or why is None:
        require_choice(kind, [one.code for one in known.kinds], field="kind")
        require_choice(ground, [one.code for one in known.grounds], field="ground")
    assert of is not None
    assert why is not None
    return of, why


def _check(text: str, place: str) -> None:
    if not text.strip():
        raise TextMissing(field="text")
    if not place.strip():
        raise PlaceMissing(field="place")
    for field, value, limit in (("text", text, LONGEST_TEXT), ("place", place, LONGEST_LINE)):
        if len(value.strip()) > limit:
            raise TextTooLong(field=field, limit=limit)


def _require_departments(called: Sequence[Unit], *, by: Post, most: int) -> None:
    if not called:
        raise NobodyCalled(field="units")
    if len(called) > most:
        raise TooManyCalled(field="units", limit=most)
    for unit in called:
        if unit.id == by.unit_id:
            raise WhistleToItself(field="units")
        if by.unit_id in unit.line:
            raise WhistleDownwards(field="units", unit=unit.name)
    require_active(called, field="units")

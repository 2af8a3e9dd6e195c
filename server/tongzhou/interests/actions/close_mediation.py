from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import MEDIATION_LEAD
from tongzhou.funds.actions.change import reason_given
from tongzhou.incidents.models import AUTHORITIES
from tongzhou.interests.actions import change
from tongzhou.interests.acts import MEDIATION_FAILED, MEDIATION_SETTLED
from tongzhou.interests.choices import ConflictState
from tongzhou.interests.models import Conflict, Consent, Mediation
from tongzhou.kernel import errors

DECIDE_WITHIN: Final = timedelta(days=5)


class ConsentsMissing(errors.Conflict):
    """An outcome to which not both sides have consented."""

    code = "consents-missing"
    message = _("Both sides must consent to the terms first. Missing: %(units)s.")


def close_mediation(
    *, conflict: Conflict, by: Post, at: datetime, failed: bool = False, reason: str = ""
) -> Conflict:
    """The mediator closes: with the terms to which both sides consented, or (``failed``, with
    the reason) without; then the nearest unit above both decides by a time limit. Raises
    NotFound, NotAllowed, ConflictNotSo, ConsentsMissing, ReasonMissing, TextTooLong."""
    with transaction.atomic():
        found = change.locked(
            conflict, by=by, word=MEDIATION_LEAD, states=(ConflictState.MEDIATING,)
        )
        mediation = change.leading(found, by=by)
        mediation.closed_at = at
        if failed:
            _fail(found, mediation, reason=reason, by=by, at=at)
        else:
            _settle(found, mediation, by=by, at=at)
    return found


def _settle(conflict: Conflict, mediation: Mediation, *, by: Post, at: datetime) -> None:
    agreed = set(
        Consent.objects.filter(mediation=mediation, round=mediation.round, agreed=True)
        .values_list("unit_id", flat=True)
    )  # fmt: skip
    missing = [side.name for side in conflict.units if side.id not in agreed]
    if missing:
        raise ConsentsMissing(units=", ".join(missing))
    mediation.save(update_fields=["closed_at"])
    conflict.state = ConflictState(mediation.outcome)
    conflict.terms, conflict.agreed = mediation.terms, mediation.agreed
    conflict.ended_at = at
    conflict.save(update_fields=["state", "terms", "agreed", "ended_at"])
    change.tell(
        MEDIATION_SETTLED, conflict=conflict, mediation=mediation, by=by, at=at,
        asked_at=mediation.opened_at, outcome=mediation.outcome,
        data={"agreed": mediation.agreed},
    )  # fmt: skip


def _fail(conflict: Conflict, mediation: Mediation, *, reason: str, by: Post, at: datetime) -> None:
    mediation.failed, mediation.reason = True, reason_given(reason)
    mediation.save(update_fields=["closed_at", "failed", "reason"])
    conflict.state, conflict.decider = ConflictState.FAILED, decider(conflict)
    conflict.save(update_fields=["state", "decider"])
    change.tell(
        MEDIATION_FAILED, conflict=conflict, mediation=mediation, by=by, at=at,
        asked_at=at, due_at=at + DECIDE_WITHIN,
    )  # fmt: skip


def decider(conflict: Conflict) -> Unit | None:
    """Who decides between the sides: the nearest unit above both; without one the unit that
    leads the incident; without that the lowest authority of the place that is no side."""
    one, other = conflict.units
    above = {*one.above} & {*other.above}
    common = [unit for unit in one.line if unit in above]
    if common:
        return Unit.objects.get(id=common[-1])
    sides = [one.id, other.id]
    if conflict.incident is not None and conflict.incident.owner_id not in sides:
        return conflict.incident.owner
    of_place = Unit.objects.filter(
        sector__in=AUTHORITIES, area__code__in=conflict.area.line(), active=True
    )
    return of_place.exclude(id__in=sides).order_by("-area__path", "code").first()

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import CONFLICT_DECLARE
from tongzhou.funds import money
from tongzhou.funds.actions.change import written
from tongzhou.interests.actions import change
from tongzhou.interests.actions.stake_acts import StakeGone
from tongzhou.interests.acts import CONFLICT_DECLARED
from tongzhou.interests.choices import Clash, Severity
from tongzhou.interests.models import Conflict, Stake
from tongzhou.kernel import errors
from tongzhou.kernel.errors import Invalid
from tongzhou.kernel.ids import new_id


class ConflictWithSelf(Invalid):
    """A unit against itself."""

    code = "conflict-with-self"
    message = _("A conflict has two different units; choose the stake of another one.")


class MattersApart(Invalid):
    """Stakes in matters that have nothing to do with each other."""

    code = "matters-apart"
    message = _("%(one)s and %(other)s are about different matters.")


class ConflictKindUnknown(Invalid):
    """A kind or a severity that there is not."""

    code = "conflict-kind-unknown"
    message = _("“%(word)s” is not a kind of conflict, or no severity from 1 to 3.")


class ConflictThere(errors.Conflict):
    """The same two stakes are in conflict already."""

    code = "conflict-there"
    message = _("%(reference)s holds this conflict already.")


def declare_conflict(
    *,
    one: Stake,
    other: Stake,
    clash: str,
    severity: int,
    why: str,
    by: Post,
    at: datetime,
    id: UUID | None = None,
) -> Conflict:
    """Says that two stakes in the same matter clash: said by a side, by a unit above one, or by
    a third party of the matter who would mediate. Raises NotFound, NotAllowed, RealOnly,
    ExerciseOnly, ConflictWithSelf, MattersApart, ConflictKindUnknown, ConflictThere, StakeGone,
    TextMissing, TextTooLong."""
    if clash not in Clash.values:
        raise ConflictKindUnknown(field="clash", word=clash[:40])
    if severity not in Severity.values:
        raise ConflictKindUnknown(field="severity", word=severity)
    with transaction.atomic():
        ids = sorted([one.id, other.id])
        stakes = (
            Stake.objects.select_for_update(of=("self",), no_key=True)
            .select_related("unit__area", "incident", "area")
            .filter(id__in=ids)
            .order_by("id")
        )
        found = {stake.id: stake for stake in stakes}
        first, second = found[one.id], found[other.id]
        for stake, field in ((first, "one"), (second, "other")):
            change.require_incident(stake.incident, by=by)
            permissions.require(by=by, word=CONFLICT_DECLARE, on=stake)
            if stake.withdrawn_at is not None:
                raise StakeGone(field=field, reference=stake.reference)
        if first.unit_id == second.unit_id:
            raise ConflictWithSelf(field="other")
        same = first.incident_id is not None or first.area_id == second.area_id
        if first.incident_id != second.incident_id or not same:
            raise MattersApart(field="other", one=first.reference, other=second.reference)
        pair = Q(one=first, other=second) | Q(one=second, other=first)
        there = Conflict.objects.filter(pair, clash=clash, ended_at=None).first()
        if there is not None:
            raise ConflictThere(field="other", reference=there.reference)
        conflict = Conflict(
            id=id or new_id(), number=change.next_number("conflict"), one=first, other=second,
            incident=first.incident, area=first.area, clash=clash, severity=severity,
            why=written(why, field="why"), post=by, declared_at=at,
            currency=money.currency().code,
        )  # fmt: skip
        conflict.save(force_insert=True)
        change.tell(
            CONFLICT_DECLARED, conflict=conflict, by=by, at=at,
            data={"clash": clash, "severity": severity},
        )  # fmt: skip
    return conflict

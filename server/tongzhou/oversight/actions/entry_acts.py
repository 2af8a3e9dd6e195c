"""What the acts on an accountability entry have in common: lock, permission, state, the
protection of those who report, and the line in the ledger.

The ledger says that the keeping unit did something with an entry; neither whom it is about
nor who replied stands there. That is why its acts are signed with the unit alone where the
person concerned acts."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import ACCOUNTABILITY_OPEN
from tongzhou.incidents.actions.change import exercise_mark
from tongzhou.incidents.models import Signal
from tongzhou.kernel.errors import Conflict, NotFound, Refusal
from tongzhou.ledger.append import append
from tongzhou.ledger.types import ActType
from tongzhou.oversight.models import AccountabilityEntry, EntryState, Finding, Ground
from tongzhou.oversight.queries.citing import Cited


class EntryNotSo(Conflict):
    """The entry is in another state."""

    code = "accountability-state"
    message = _("%(reference)s is “%(state)s”; this cannot be done with it now.")


class ProtectedReport(Refusal):
    """The entry would rest on what somebody reported in good faith."""

    code = "protected-report"
    status = 403
    message = _(
        "It rests on an early report. Whoever reports in good faith is not held to account, even "
        "where the report is not borne out, and nobody may interfere (Law on the Prevention and "
        "Treatment of Infectious Diseases, revised 2025). Only concealment can be the ground."
    )


class ProtectedMistake(Refusal):
    """The entry would rest on a mistake that the unit itself brought to light."""

    code = "protected-mistake"
    status = 403
    message = _(
        "%(reference)s is a mistake that the unit found and reported itself. That is protected; "
        "only concealment can be the ground."
    )


def require_unprotected(*, ground: str, signal: Signal | None, cites: Sequence[Cited]) -> None:
    """Raises ProtectedReport, ProtectedMistake."""
    if ground == Ground.CONCEALMENT:
        return
    if signal is not None:
        raise ProtectedReport(field="signal")
    cited = [c.id for c in cites if c.kind == "finding"]
    for finding in Finding.objects.filter(id__in=cited):
        if finding.self_reported:
            raise ProtectedMistake(field="cites", reference=finding.reference)


def begin(
    entry: AccountabilityEntry,
    *,
    by: Post,
    states: tuple[EntryState, ...],
    supervising: bool = True,
) -> AccountabilityEntry:
    """Locks an entry that the post may see, in one of the states; ``supervising``: by those
    who may open entries. Raises NotFound, NotAllowed, EntryNotSo."""
    locked = (
        AccountabilityEntry.objects.select_for_update(of=("self",), no_key=True)
        .select_related("post", "unit", "supervisor__area", "opened_by")
        .get(id=entry.id)
    )
    if supervising:
        permissions.require(by=by, word=ACCOUNTABILITY_OPEN, on=locked)
    elif not locked.relations_of(by):
        raise NotFound()
    if locked.state not in states:
        raise EntryNotSo(reference=locked.reference, state=locked.get_state_display())
    return locked


def record(
    type: ActType,
    *,
    entry: AccountabilityEntry,
    by: Post | None,
    at: datetime,
    asked_at: datetime | None = None,
    due_at: datetime | None = None,
    outcome: str = "",
) -> None:
    """Writes an act about the entry. ``by`` None: signed with the keeping unit alone."""
    append(
        type,
        at=at,
        about=("accountability", entry.id),
        by_post=by.id if by is not None else None,
        by_unit=by.unit_id if by is not None else entry.supervisor_id,
        incident=entry.incident_id,
        area=entry.supervisor.area.code,
        basis="law",
        asked_at=asked_at,
        due_at=due_at,
        outcome=outcome,
        data={
            "number": entry.number,
            "supervisor": str(entry.supervisor_id),
            "ground": str(entry.ground),
            **exercise_mark(entry.incident),
        },
    )

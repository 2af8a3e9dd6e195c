"""What the acts on a finding have in common: lock, permission, state, and the line in the
ledger."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import Word
from tongzhou.incidents.actions.change import exercise_mark
from tongzhou.kernel.errors import Conflict
from tongzhou.ledger.append import Json, append
from tongzhou.ledger.types import ActType
from tongzhou.oversight.models import Finding, FindingState


class FindingNotSo(Conflict):
    """The finding is in another state."""

    code = "finding-state"
    message = _("%(reference)s is “%(state)s”; this cannot be done with it now.")


def begin(finding: Finding, *, by: Post, word: Word, states: tuple[FindingState, ...]) -> Finding:
    """Locks the finding, asks permission, and checks its state. Raises NotFound, NotAllowed,
    FindingNotSo."""
    locked = (
        Finding.objects.select_for_update(of=("self",), no_key=True)
        .select_related("owner__area", "supervisor")
        .get(id=finding.id)
    )
    permissions.require(by=by, word=word, on=locked)
    if locked.state not in states:
        raise FindingNotSo(reference=locked.reference, state=locked.get_state_display())
    return locked


def record(
    type: ActType,
    *,
    finding: Finding,
    by: Post,
    at: datetime,
    asked_at: datetime | None = None,
    due_at: datetime | None = None,
    outcome: str = "",
    basis: str = "",
    data: Mapping[str, Json] | None = None,
) -> None:
    """Writes an act about the finding; its two units are told."""
    append(
        type,
        at=at,
        about=("finding", finding.id),
        **by.signs(),
        with_units=[finding.owner_id, finding.supervisor_id],
        incident=finding.incident_id,
        area=finding.owner.area.code,
        basis=basis,
        asked_at=asked_at,
        due_at=due_at,
        outcome=outcome,
        audience=[finding.owner_id, finding.supervisor_id],
        data={
            "number": finding.number,
            "owner": str(finding.owner_id),
            "supervisor": str(finding.supervisor_id),
            "severity": str(finding.severity),
            **exercise_mark(finding.incident),
            **(data or {}),
        },
    )

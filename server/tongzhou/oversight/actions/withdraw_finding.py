from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import FINDING_RECORD
from tongzhou.incidents.actions.change import reason_given
from tongzhou.kernel.errors import NotAllowed
from tongzhou.oversight.actions.finding_acts import begin, record
from tongzhou.oversight.acts import FINDING_WITHDRAWN
from tongzhou.oversight.models import Finding, FindingState


def withdraw_finding(*, finding: Finding, reason: str, by: Post, at: datetime) -> Finding:
    """Takes back a finding that was wrong; by the unit that recorded it. Raises NotFound,
    NotAllowed, FindingNotSo, ReasonMissing."""
    with transaction.atomic():
        states = (FindingState.OPEN, FindingState.ANSWERED)
        locked = begin(finding, by=by, word=FINDING_RECORD, states=states)
        if "own" not in locked.relations_of(by):
            raise NotAllowed(permission=FINDING_RECORD.label)
        locked.state, locked.closed_at = FindingState.WITHDRAWN, at
        locked.reason = reason_given(reason)
        locked.save(update_fields=["state", "closed_at", "reason"])
        record(FINDING_WITHDRAWN, finding=locked, by=by, at=at)
    return locked

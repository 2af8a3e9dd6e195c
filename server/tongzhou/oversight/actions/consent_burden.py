from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import BURDEN_CONSENT
from tongzhou.incidents.actions.change import reason_given
from tongzhou.kernel.errors import Conflict
from tongzhou.oversight.actions.ask_acts import begin_part, record
from tongzhou.oversight.actions.change import text_bounded
from tongzhou.oversight.acts import REQUEST_CONSENTED, REQUEST_DECLINED
from tongzhou.oversight.models import AskPart, PartState


class WithinQuota(Conflict):
    """A request within the quota needs no consent, so none can be taken back."""

    code = "within-quota"
    message = _("%(reference)s is within your quota; only what passes it needs your consent.")


def consent_burden(
    *, part: AskPart, consent: bool, by: Post, at: datetime, reason: str = ""
) -> AskPart:
    """The unit consents to a request past its quota, or declines it with a reason. A consent
    can be taken back: from the next day on the unit owes nothing any more. Raises NotFound,
    NotAllowed, RequestNotSo, WithinQuota, ReasonMissing, TextTooLong."""
    with transaction.atomic():
        states = (PartState.WAITING, *(() if consent else (PartState.RUNNING,)))
        locked = begin_part(part, by=by, states=states)
        permissions.require(by=by, word=BURDEN_CONSENT, on=locked)
        running = locked.state == PartState.RUNNING
        if running and locked.consented_at is None:
            raise WithinQuota(reference=locked.ask.reference)
        if consent:
            locked.state = PartState.RUNNING
            locked.consented_at, locked.consent_post = at, by
        else:
            locked.state = PartState.DECLINED
            locked.reason = text_bounded(reason_given(reason), field="reason", limit=1000)
            if running:
                locked.stops_on = timezone.localtime(at).date() + timedelta(1)
        locked.save(update_fields=["state", "consented_at", "consent_post", "reason", "stops_on"])
        record(
            REQUEST_CONSENTED if consent else REQUEST_DECLINED,
            locked,
            ask=locked.ask,
            by=by,
            at=at,
            asked_at=locked.ask.created_at,
            due_at=_first_due(locked, at=at) if consent else None,
            outcome="consented" if consent else "declined",
            data={"limits": [row["limit"] for row in locked.passed]},
        )
    return locked


def _first_due(part: AskPart, *, at: datetime) -> datetime:
    """When the first report is due that lies ahead; where none does, the last one."""
    ask = part.ask
    ahead = (ask.due_on(day) for day in ask.occasions(timezone.localtime(at).date(), ask.until))
    return next((due for due in ahead if due > at), ask.due_on(ask.until))

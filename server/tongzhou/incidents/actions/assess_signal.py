from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import SIGNAL_ASSESS
from tongzhou.incidents import access
from tongzhou.incidents.actions.change import reason_given
from tongzhou.incidents.acts import SIGNAL_ASSESSED
from tongzhou.incidents.models import Assessment, Signal, SignalState, Verdict
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.ledger.append import append

MOST_ASSESSORS = 2


class UnknownVerdict(Invalid):
    """A verdict that is not among the known ones."""

    code = "unknown-verdict"
    message = _("Unknown verdict “%(verdict)s”.")


class AssessedAlready(Conflict):
    """The same person assesses a second time."""

    code = "assessed-already"
    message = _("You have assessed this signal already; a second view must be someone else's.")


class AssessedByTwo(Conflict):
    """Two assessments are there."""

    code = "assessed-by-two"
    message = _("Two people have assessed this signal already.")


class SignalAnswered(Conflict):
    """The reporter has been answered."""

    code = "signal-answered"
    message = _("This signal has been answered already.")


def assess_signal(
    *,
    signal: Signal,
    verdict: str,
    reasons: str,
    by: Post,
    at: datetime,
    serious: bool | None = None,
    unusual: bool | None = None,
    spread: bool | None = None,
    travel_trade: bool | None = None,
) -> Assessment:
    """Keeps one assessor's answers to the four questions of IHR Annex 2 (None: not known
    yet), the verdict and the reasons. Two people may assess a signal, each once.

    Raises NotFound, NotAllowed, UnknownVerdict, ReasonMissing, SignalAnswered,
    AssessedAlready, AssessedByTwo.
    """
    with transaction.atomic():
        locked = Signal.objects.select_for_update(of=("self",), no_key=True).get(id=signal.id)
        permissions.require(by=by, word=SIGNAL_ASSESS, on=locked)
        if verdict not in Verdict.values:
            raise UnknownVerdict(field="verdict", verdict=verdict)
        reasons = reason_given(reasons)
        if locked.state == SignalState.ANSWERED:
            raise SignalAnswered()
        assessors = list(locked.assessments.values_list("post__person_id", flat=True))
        if by.person_id in assessors:
            raise AssessedAlready()
        if len(assessors) >= MOST_ASSESSORS:
            raise AssessedByTwo()
        assessment = Assessment(
            signal=locked,
            post=by,
            at=at,
            serious=serious,
            unusual=unusual,
            spread=spread,
            travel_trade=travel_trade,
            verdict=verdict,
            reasons=reasons,
        )
        assessment.save(force_insert=True)
        locked.state = SignalState.ASSESSING
        locked.save(update_fields=["state"])
        append(
            SIGNAL_ASSESSED,
            at=at,
            about=("signal", locked.id),
            **by.signs(),
            incident=locked.incident_id,
            area=locked.area.code,
            basis="law",
            asked_at=locked.reported_at,
            outcome=verdict,
            audience=access.listeners(locked.area, at=at).all,
            data={
                "assessor": len(assessors) + 1,
                "serious": serious,
                "unusual": unusual,
                "spread": spread,
                "travel_trade": travel_trade,
            },
        )
    return assessment

"""What the acts on a compensation have in common."""

from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import Word
from tongzhou.funds.choices import SpendingState, Work
from tongzhou.funds.models import Spending
from tongzhou.incidents.queries.lists import require_world
from tongzhou.interests.choices import CompensationState
from tongzhou.interests.models import Compensation
from tongzhou.kernel.errors import Conflict


class CompensationNotSo(Conflict):
    """The compensation stands elsewhere."""

    code = "compensation-state"
    message = _("%(reference)s is “%(state)s”; this cannot be done with it now.")


def begin(compensation: Compensation, *, by: Post, word: Word) -> Compensation:
    """Locks a compensation that was promised, asks permission. Raises NotFound, NotAllowed,
    CompensationNotSo, RealOnly, ExerciseOnly."""
    found = (
        Compensation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("payer__area", "receiver__area", "conflict__incident", "conflict__area",
                        "conflict__one__unit", "conflict__other__unit")
        .get(id=compensation.id)
    )  # fmt: skip
    incident = found.conflict.incident
    require_world(exercise=bool(incident and incident.exercise), visible_to=by)
    permissions.require(by=by, word=word, on=found)
    if found.state != CompensationState.PROMISED:
        raise CompensationNotSo(reference=found.reference, state=found.get_state_display())
    return found


def asked_for(compensation: Compensation) -> Spending | None:
    """The request by which a fund pays it: what was paid before what is still asked."""
    living = (SpendingState.ASKED, SpendingState.APPROVED, SpendingState.PAID)
    found = Spending.objects.filter(
        for_kind=Work.COMPENSATION, for_id=compensation.id, state__in=living
    )
    return found.select_related("fund__owner", "payment").first()

"""Who may end a plan: the authority that stood it up, and nobody else."""

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import PLAN_STAND_UP
from tongzhou.incidents.actions.change import begin
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Conflict, NotAllowed
from tongzhou.plans.models import StandUp


class PlanNotStanding(Conflict):
    """The plan was replaced, taken back or stepped down before."""

    code = "plan-not-standing"
    message = _("This plan does not stand any more: %(state)s.")


class AnotherAuthority(NotAllowed):
    """A plan is ended by the authority that stood it up."""

    code = "another-authority"
    message = _("%(unit)s stood this plan up; only it can take it back or step it down.")


def begin_with_plan(stand_up: StandUp, *, by: Post) -> tuple[Incident, StandUp]:
    """Locks incident and plan, and checks permission, authority, and that the plan stands.
    Raises NotFound, NotAllowed, IncidentClosed, AnotherAuthority, PlanNotStanding."""
    incident = begin(stand_up.incident_id, by=by, word=PLAN_STAND_UP)
    found = StandUp.objects.select_for_update(of=("self",)).select_related("unit")
    locked = found.get(id=stand_up.id)
    if locked.unit_id != by.unit_id:
        raise AnotherAuthority(unit=locked.unit.name)
    if not locked.is_up:
        raise PlanNotStanding(state=locked.get_state_display())
    locked.incident = incident
    return incident, locked

"""Plans that were stood up, and what became of each of their lines."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models import Incident
from tongzhou.kernel.ids import new_id
from tongzhou.library.grades import Grade
from tongzhou.library.phases import Phase
from tongzhou.places.models import Area
from tongzhou.ui.wording import worded


class StandState(models.TextChoices):
    """How a plan stands."""

    UP = "up", _("in force")
    REPLACED = "replaced", _("replaced by another plan")
    REVERSED = "reversed", _("taken back")
    STEPPED_DOWN = "stepped_down", _("stepped down")


class StandUp(models.Model):
    """That a plan was stood up in an incident: which version, at which level, in which phase,
    by whose authority, and how it ended."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="stand_ups")
    key = models.TextField()
    version = models.UUIDField()
    grade = models.TextField(choices=Grade.choices, blank=True)
    phase = models.TextField(choices=Phase.choices)
    state = models.TextField(choices=StandState.choices, default=StandState.UP)
    #: The authority: only this unit takes it back or steps it down.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    replaced = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "key"], condition=Q(state="up"), name="plan_stands_once"
            )
        ]

    @property
    def is_up(self) -> bool:
        """True until it is replaced, taken back or stepped down."""
        return self.state == StandState.UP

    def relations_of(self, post: Post) -> frozenset[str]:
        """Those to the incident."""
        return self.incident.relations_of(post)


class LineKind(models.TextChoices):
    """What a line of a plan asks for."""

    GROUP = "group", worded("group", _("working group"))
    TASK = "task", _("task")
    MEASURE = "measure", _("measure")
    STEP = "step", _("task of stepping down")


class Outcome(models.TextChoices):
    """What became of a line."""

    MADE = "made", _("done as planned")
    KEPT = "kept", _("carried over from the plan before")
    UNRESOLVED = "unresolved", _("nobody was found")
    LEFT_OUT = "left_out", _("left out")
    NOT_PROPOSED = "not_proposed", _("not proposed")
    TAKEN_BACK = "taken_back", _("taken back")
    STAYED = "stayed", _("could not be taken back")
    CARRIED_ON = "carried_on", _("goes on after the plan")


#: The thing that the line made is there and belongs to the plan.
ALIVE = frozenset({Outcome.MADE, Outcome.KEPT})


class PlanLine(models.Model):
    """One line of a plan that was stood up. ``key`` names it within the plan ("trace@3301");
    ``made`` is the task, group or measure; ``why`` the code of what stood in its way;
    ``reason`` what the person said who left it out, assigned or put it in by hand; ``rule``
    the bounds and the figures that made a measure be proposed; ``incubations`` that its
    expiry hangs on the incubation period."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    stand_up = models.ForeignKey(StandUp, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField()
    kind = models.TextField(choices=LineKind.choices)
    key = models.TextField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.TextField(choices=Outcome.choices)
    made = models.UUIDField(null=True)
    by_hand = models.BooleanField(default=False)
    why = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    rule = models.JSONField(default=list)
    incubations = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stand_up", "kind", "key"], name="plan_line_once")
        ]
        indexes = [models.Index(fields=["made"], name="plan_line_made")]

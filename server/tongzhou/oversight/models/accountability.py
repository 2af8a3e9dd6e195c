"""Accountability: what somebody in a post is held to account for, and what they say to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import Role
from tongzhou.incidents.models import Incident, Signal
from tongzhou.kernel.ids import new_id

#: Roles that lead a unit: who heads the unit of the post concerned reads the entry.
HEADS = frozenset(
    {
        Role.COMMANDER,
        Role.DEPARTMENT_LIAISON,
        Role.HOSPITAL_LIAISON,
        Role.STREET_COORDINATOR,
        Role.COMMUNITY_LEAD,
        Role.PROPERTY_MANAGER,
        Role.VOLUNTEER_LEADER,
    }
)


class Ground(models.TextChoices):
    """What an entry says was done or left undone."""

    CONCEALMENT = "concealment", _("concealed or falsified a report")
    LATE_REPORT = "late_report", _("reported late")
    DUTY_UNMET = "duty_unmet", _("a duty was not carried out")
    ORDER_REFUSED = "order_refused", _("a lawful order was not followed")
    CLOCK_MISSED = "clock_missed", _("a time limit was missed without a reason")
    FINDING_UNMET = "finding_unmet", _("a finding was not put right")
    OVERREACH = "overreach", _("went beyond the powers given")


class EntryState(models.TextChoices):
    """Where an entry stands. It takes effect with the second supervisor."""

    PROPOSED = "proposed", _("waits for a second supervisor")
    OPEN = "open", _("waits for the reply")
    REPLIED = "replied", _("replied, to be decided")
    CLOSED = "closed", pgettext_lazy("of an entry", "closed")
    DROPPED = "dropped", _("dropped")


class Outcome(models.TextChoices):
    """How an entry can end."""

    UNFOUNDED = "unfounded", _("not borne out")
    GOOD_FAITH = "good_faith", _("acted in good faith: exempt")
    TALK = "talk", _("talk and reminder")
    CORRECTION = "correction", _("to be put right by a date")
    CRITICISM = "criticism", _("written criticism")
    REFERRED = "referred", _("referred to the competent body")


class AccountabilityEntry(models.Model):
    """About a post, for a ground, on evidence. Read by the person, the head of the unit and
    the supervisors, and by nobody else."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    ground = models.TextField(choices=Ground.choices)
    what = models.TextField()
    cites = models.JSONField(default=list)
    #: The early signal that it rests on; kept apart, since it decides what is protected.
    signal = models.ForeignKey(Signal, null=True, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.TextField(choices=EntryState.choices, default=EntryState.PROPOSED)
    supervisor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    seconded_by = models.ForeignKey(
        Post, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    seconded_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    outcome = models.TextField(choices=Outcome.choices, blank=True)
    decision = models.TextField(blank=True)
    closed_by = models.ForeignKey(
        Post, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # The right of reply is held by the database, too.
            models.CheckConstraint(
                condition=~models.Q(state="closed") | models.Q(replied=True),
                name="no_end_without_reply",
            )
        ]

    replied = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"A-{self.number}"

    @property
    def in_effect(self) -> bool:
        """True once a second supervisor agreed."""
        return self.state in (EntryState.OPEN, EntryState.REPLIED, EntryState.CLOSED)

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "concerned": the person in the post; "head": leads that unit; "own", "line": a
        supervisor of the unit that opened it, or of one above. Before it takes effect it is
        known to supervisors alone, and never to the person as one of them."""
        if post.person_id == self.post.person_id:
            return frozenset({"concerned"} if self.in_effect else ())
        found = set()
        if post.role in (Role.SUPERVISOR, Role.COMMANDER):
            if post.unit_id == self.supervisor_id:
                found.add("own")
            elif post.unit_id in self.supervisor.above:
                found.add("line")
        if self.in_effect and post.unit_id == self.unit_id and post.role in HEADS:
            found.add("head")
        return frozenset(found)


class EntryReply(models.Model):
    """What the person concerned says to it; they may add to it while it is open."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(AccountabilityEntry, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

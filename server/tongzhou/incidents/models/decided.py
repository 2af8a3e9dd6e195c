"""What is decided in an incident: decisions and measures."""

from datetime import datetime

from django.db import models

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models.incidents import Incident
from tongzhou.incidents.models.words import in_language
from tongzhou.kernel.ids import new_id
from tongzhou.places.models import Area


class Decision(models.Model):
    """What was decided, who carries it out and until when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="decisions")
    text = models.TextField()
    reason = models.TextField(blank=True)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT)
    due_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Post, on_delete=models.PROTECT)
    at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["incident", "completed_at", "due_at"], name="decision_list")
        ]

    def relations_of(self, post: Post) -> frozenset[str]:
        """Those to the incident; the unit that carries the decision out is its "owner"."""
        found = self.incident.relations_of(post)
        return found | {"owner"} if post.unit_id == self.owner_id else found


class DecisionSeen(models.Model):
    """That a unit has seen a decision: the first of its posts to say so."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="seen")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    post = models.ForeignKey(Post, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "unit"], name="seen_once")]


class Measure(models.Model):
    """A measure in force: scope, legal basis, stop rule and expiry are part of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="measures")
    title_zh = models.TextField()
    title_en = models.TextField(blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    legal_basis = models.TextField()
    stop_rule = models.TextField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    starts_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lift_reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["lifted_at", "expires_at"], name="measure_in_force")]

    def in_force(self, at: datetime) -> bool:
        """True from its start until it expires or is lifted."""
        return self.starts_at <= at < (self.lifted_at or self.expires_at)

    @property
    def title(self) -> str:
        """The title in the active language."""
        return in_language(self.title_zh, self.title_en)


class Citation(models.Model):
    """An item of a guidance that a measure carries out: the version that was in force when
    it was cited, and the item in it."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="citations")
    version = models.UUIDField()
    key = models.TextField()
    item = models.TextField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "version", "item"], name="cited_once")
        ]
        indexes = [models.Index(fields=["version"], name="citation_version")]

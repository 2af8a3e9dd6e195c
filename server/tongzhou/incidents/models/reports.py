"""Reports that go up level by level, and who held them for how long."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models.incidents import Incident
from tongzhou.incidents.models.signals import Signal
from tongzhou.kernel.ids import new_id


class Report(models.Model):
    """A report about a signal or an incident on its way up a chain. ``chain`` is the version
    of the template in force when it began; a later version does not change the way."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    signal = models.ForeignKey(Signal, null=True, on_delete=models.PROTECT, related_name="reports")
    incident = models.ForeignKey(
        Incident, null=True, on_delete=models.PROTECT, related_name="reports"
    )
    chain = models.UUIDField()
    key = models.TextField()
    noticed_at = models.DateTimeField()
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    # Who holds it now; nobody here once it has left the installation.
    holder = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(signal__isnull=True) ^ Q(incident__isnull=True),
                name="report_about_one",
            ),
            models.UniqueConstraint(
                fields=["signal", "key"], condition=Q(ended_at=None), name="report_signal_once"
            ),
            models.UniqueConstraint(
                fields=["incident", "key"], condition=Q(ended_at=None), name="report_incident_once"
            ),
        ]
        indexes = [models.Index(fields=["holder", "ended_at"], name="report_holder")]

    @property
    def about(self) -> Signal | Incident:
        """What is reported."""
        found = self.signal or self.incident
        assert found is not None
        return found

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "holder": the post's unit has it now; "earlier": it had it; "line": it stands above
        the holder; "known": it may see what is reported."""
        found = set()
        if self.holder is not None:
            if self.holder_id == post.unit_id:
                found.add("holder")
            elif post.unit_id in self.holder.line:
                found.add("line")
        if self.legs.filter(unit_id=post.unit_id, passed_at__isnull=False).exists():
            found.add("earlier")
        if self.about.relations_of(post):
            found.add("known")
        # Whoever stands above the holder does not learn of it by that alone.
        return frozenset(found) if found & {"holder", "earlier", "known"} else frozenset()


class Leg(models.Model):
    """The time that a report spent at one level. ``unit`` is empty where the level lies
    outside of the installation. ``left_out``: the levels that were jumped on the way from
    here to the next one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="legs")
    place = models.PositiveSmallIntegerField()
    level = models.TextField()
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    passed_at = models.DateTimeField(null=True)
    passed_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    left_out = ArrayField(models.TextField(), default=list)
    # Why levels were left out, in words: stands here and not in the ledger.
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "place"], name="leg_place")]
        indexes = [models.Index(fields=["unit", "report"], name="leg_unit")]

"""A whistle, and the call of each department that it was blown to."""

from django.db import models

from tongzhou.actors.models import Unit
from tongzhou.incidents.models import Incident
from tongzhou.kernel.ids import new_id
from tongzhou.places.models import Area
from tongzhou.tasks.models.task import Task


class Whistle(models.Model):
    """One blow of the whistle: a unit calls departments to a place. Each department called is
    a task of its own, so that each answers, arrives and is judged by itself. ``kind`` and
    ``ground`` are codes of the whistle template ``template`` (a version's id)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    kind = models.TextField()
    ground = models.TextField()
    place = models.TextField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT)
    template = models.UUIDField()
    blown_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "-blown_at"], name="whistle_latest")]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"W-{self.number}"


class Call(models.Model):
    """What a task has beside it when a department was whistled for: by when it must be there,
    whether it came, and how the caller found its help."""

    task = models.OneToOneField(
        Task, primary_key=True, on_delete=models.CASCADE, related_name="call"
    )
    whistle = models.ForeignKey(Whistle, on_delete=models.PROTECT, related_name="calls")
    arrive_by = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True)
    arrived_place = models.TextField(blank=True)
    solved = models.BooleanField(null=True)
    satisfied = models.BooleanField(null=True)
    evaluated_at = models.DateTimeField(null=True)

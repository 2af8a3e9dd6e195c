"""How far a scenario has been played, so that an interrupted demo goes on where it was."""

from django.db import models


class Run(models.Model):
    """One scenario with its seed; ``step`` is the number of steps that are committed."""

    scenario = models.TextField(primary_key=True)
    seed = models.IntegerField()
    step = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField()
    data = models.TextField(blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

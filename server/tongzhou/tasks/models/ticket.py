"""What stands beside a task when somebody outside asked for it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tongzhou.tasks.models.task import Task


class Channel(models.TextChoices):
    """How a ticket came in; the number is of one kind for all."""

    WEB = "web", _("web")
    PHONE = "phone", _("phone desk")
    PAPER = "paper", _("paper")
    DOOR = "door", _("at the door")
    SMS = "sms", _("text message")
    API = "api", _("programme")


class Ticket(models.Model):
    """What a task has beside it when somebody outside asked for it: the number under which
    they follow it, how it came in, and how they found the answer. ``class_code`` and the
    weights of the rates are those of the hotline template ``template`` (a version's id)."""

    task = models.OneToOneField(
        Task, primary_key=True, on_delete=models.CASCADE, related_name="ticket"
    )
    number = models.CharField(max_length=16, unique=True)
    channel = models.TextField(choices=Channel.choices)
    class_code = models.TextField()
    place = models.TextField(blank=True)
    template = models.UUIDField()
    registered_at = models.DateTimeField()
    #: Drawn, when it was closed, to be called back; None while it was never closed.
    sampled = models.BooleanField(null=True)
    called_back_at = models.DateTimeField(null=True)
    # None: not asked yet, or not reached. Never counted as a bad answer.
    reached = models.BooleanField(null=True)
    solved = models.BooleanField(null=True)
    satisfied = models.BooleanField(null=True)
    evaluated_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-registered_at"], name="ticket_latest"),
            models.Index(
                fields=["registered_at"],
                condition=Q(called_back_at__isnull=True, evaluated_at__isnull=True),
                name="ticket_to_call_back",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def going_on(self) -> Task:
        """The task in which the matter goes on: its own, or the one that it repeats."""
        task = self.task
        while task.merged_into is not None:
            task = task.merged_into
        return task


class Requester(models.Model):
    """How to reach whoever asked; for those who handle the ticket, and reading it is an act.
    Beside the ticket, so that it can be removed by itself."""

    ticket = models.OneToOneField(
        Ticket, primary_key=True, on_delete=models.CASCADE, related_name="requester"
    )
    name = models.TextField(blank=True)
    phone = models.TextField(blank=True)

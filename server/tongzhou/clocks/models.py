"""Clocks: every limit that runs, with whose it is, who waits for it, and what comes next."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.actors.models import Post
from tongzhou.kernel.ids import new_id


class State(models.TextChoices):
    """What became of a limit."""

    RUNNING = "running", _("running")
    MISSED = "missed", pgettext_lazy("time limit", "missed")
    MET = "met", _("kept")
    # A term, which nobody can miss.
    ENDED = "ended", _("term over")
    CANCELLED = "cancelled", _("cancelled")


OWNER, WATCHER, LINE = "owner", "watcher", "line"


class Clock(models.Model):
    """A limit on one object. Written by ``clocks.applying`` (from sealed acts), by
    ``clocks.firing`` (when its time comes) and by the act that extends it.

    ``version`` is the version of the template that its rule stands in. Open is who has not
    ``stopped_at``: it runs, or was missed and goes on being missed. ``step`` counts the moments
    (warnings, end, escalations) that lie behind it, ``next_at`` is the next one; ``level`` is
    how many units above the owner know. ``data`` repeats of the act that started it what its
    object is found by. ``line``: units above the owner that may see it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    rule = models.TextField()
    version = models.UUIDField()
    about_kind = models.TextField()
    about_id = models.UUIDField()
    owners = ArrayField(models.UUIDField(), default=list)
    watchers = ArrayField(models.UUIDField(), default=list)
    line = ArrayField(models.UUIDField(), default=list)
    #: All of the three: what makes a clock visible.
    parties = ArrayField(models.UUIDField(), default=list)
    incident = models.UUIDField(null=True)
    exercise = models.BooleanField(default=False)
    phase = models.TextField(blank=True)
    area = models.TextField(blank=True)
    started_by = models.UUIDField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    step = models.PositiveSmallIntegerField(default=0)
    level = models.PositiveSmallIntegerField(default=0)
    state = models.TextField(choices=State.choices, default=State.RUNNING)
    missed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.UUIDField(null=True)
    extended = models.PositiveSmallIntegerField(default=0)
    data = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about_id", "rule"],
                condition=Q(stopped_at__isnull=True),
                name="one_open_clock",
            ),
        ]
        indexes = [
            # What comes next: all that the ticker ever looks at.
            models.Index(
                fields=["next_at", "id"],
                condition=Q(next_at__isnull=False),
                name="clock_next",
            ),
            models.Index(fields=["about_kind", "about_id"], name="clock_about"),
            models.Index(
                fields=["incident", "due_at"],
                condition=Q(stopped_at__isnull=True),
                name="clock_incident",
            ),
            models.Index(
                fields=["due_at", "id"],
                condition=Q(stopped_at__isnull=True),
                name="clock_open",
            ),
            models.Index(
                fields=["-due_at", "-id"],
                condition=Q(stopped_at__isnull=False),
                name="clock_over",
            ),
            GinIndex(fields=["parties"], name="clock_parties"),
            GinIndex(fields=["owners"], condition=Q(stopped_at__isnull=True), name="clock_owners"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.about_kind}:{self.about_id}"

    @property
    def is_open(self) -> bool:
        """True while somebody still has to do something."""
        return self.stopped_at is None

    @property
    def late_by(self) -> timedelta | None:
        """By how much a missed limit was met late; None where it was not, or not yet."""
        if self.missed_at is None or self.stopped_at is None or self.stopped_at <= self.due_at:
            return None
        return self.stopped_at - self.due_at

    def left(self, at: datetime) -> timedelta:
        """What is left; negative once the end has passed."""
        return self.due_at - at

    def relations_of(self, post: Post) -> frozenset[str]:
        """How the post's unit stands to it: "owner" (whose limit it is), "watcher" (who waits
        for it), "line" (above the owner)."""
        named: list[tuple[str, list[UUID]]] = [
            (OWNER, self.owners),
            (WATCHER, self.watchers),
            (LINE, self.line),
        ]
        return frozenset(name for name, units in named if post.unit_id in units)

    def settle(self) -> None:
        """Makes the parties what owners, watchers and line say."""
        self.parties = sorted({*self.owners, *self.watchers, *self.line})


class Extension(models.Model):
    """Why a limit was extended: words of people, beside the ledger, where they can be removed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="extensions")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, db_index=False)
    reason = models.TextField()
    was_due_at = models.DateTimeField()
    due_at = models.DateTimeField()
    at = models.DateTimeField()

"""What is asked of units: a catalogue of fields, requests, and the facts that answer them."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.actors.models import Named, Post, Unit
from tongzhou.incidents.models import Incident
from tongzhou.kernel.ids import new_id
from tongzhou.places.models import Area


class ValueType(models.TextChoices):
    """What can be written into a field."""

    WHOLE = "whole", _("whole number")
    NUMBER = "number", _("number")
    YES_NO = "yes_no", _("yes or no")
    DAY = "day", _("day")
    TEXT = "text", _("text")


class Field(Named):
    """One fact, one entry: a thing that is reported, under one code. ``kept_in`` says where
    it stands already, so that nobody need be asked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(unique=True, max_length=60)
    type = models.TextField(choices=ValueType.choices, default=ValueType.WHOLE)
    measure = models.TextField(blank=True)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kept_in = models.TextField(blank=True)
    #: What it takes to find out and type it.
    seconds = models.PositiveSmallIntegerField(default=60)
    reason = models.TextField(blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()


class AskKind(models.TextChoices):
    """What is asked for."""

    FORM = "form", _("form")
    MEETING = "meeting", pgettext_lazy("asked of a unit", "meeting")
    INSPECTION = "inspection", pgettext_lazy("asked of a unit", "inspection")


class Rhythm(models.TextChoices):
    """How often."""

    ONCE = "once", pgettext_lazy("how often", "once")
    DAILY = "daily", _("daily")
    WEEKLY = "weekly", _("weekly")


class Ask(models.Model):
    """A request: a form of fields, a meeting or an inspection, to some units, with its
    purpose and legal basis. It has an occasion on each day of its rhythm from ``first_on`` to
    ``until``; from ``stops_on`` on it is withdrawn. ``passes_on``: the request from above
    that it hands down."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    kind = models.TextField(choices=AskKind.choices, default=AskKind.FORM)
    title = models.TextField()
    sender = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    rhythm = models.TextField(choices=Rhythm.choices, default=Rhythm.ONCE)
    first_on = models.DateField()
    until = models.DateField()
    stops_on = models.DateField(null=True)
    due_time = models.TimeField(default=time(17))
    purpose = models.TextField()
    legal_basis = models.TextField()
    minutes = models.PositiveIntegerField(default=0)
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    passes_on = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="passed_on"
    )
    withdraws = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by", db_index=False
    )
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["sender", "-number"], name="ask_sender"),
            models.Index(fields=["until"], name="ask_until"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"R-{self.number}"

    def runs(self, on: date) -> bool:
        """True while it asks, or will ask, for something."""
        return self.until >= on and self.stops_on is None

    def occasions(self, since: date, until: date) -> list[date]:
        """The days in this span on which it asks."""
        step = 7 if self.rhythm == Rhythm.WEEKLY else 1
        last = min(until, self.until, (self.stops_on or date.max - timedelta(1)) - timedelta(1))
        first = max(since, self.first_on)
        first += timedelta(-(first - self.first_on).days % step)
        return [
            first + timedelta(days) for days in range(0, (last - first).days + 1, step)
        ]  # empty when the last lies before the first

    def due_on(self, day: date) -> datetime:
        """The moment by which an occasion is to be answered."""
        return datetime.combine(day, self.due_time, tzinfo=timezone.get_default_timezone())

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "own": sent by the post's unit; "line": above the sender; "charged": asked."""
        found = set()
        if post.unit_id == self.sender_id:
            found.add("own")
        elif post.unit_id in self.sender.above:
            found.add("line")
        if self.parts.filter(unit__line__contains=[post.unit_id]).exists():
            found.add("charged")
        return frozenset(found)


class AskField(models.Model):
    """A field of a form. ``anew``: asked although it is reported already, for a reason; else
    what was entered once fills it."""

    id = models.BigAutoField(primary_key=True)
    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="fields")
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="asked")
    place = models.PositiveSmallIntegerField()
    anew = models.BooleanField(default=False)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "field"], name="field_asked_once")]


class PartState(models.TextChoices):
    """How a unit stands to a request."""

    RUNNING = "running", pgettext_lazy("of a request", "asked")
    WAITING = "waiting", _("waits for consent")
    DECLINED = "declined", _("declined")


class AskPart(models.Model):
    """A request as it is put to one unit. Past the unit's quota it waits for consent.
    ``stops_on``: from this day on the unit takes its consent back. ``awaited``: of a periodic
    request, the day whose report is waited for now (empty before the first report)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, related_name="parts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.TextField(choices=PartState.choices, default=PartState.RUNNING)
    #: What it passes: pairs of limit and amount.
    passed = models.JSONField(default=list)
    consented_at = models.DateTimeField(null=True)
    consent_post = models.ForeignKey(
        Post, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reason = models.TextField(blank=True)
    stops_on = models.DateField(null=True)
    awaited = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "unit"], name="asked_once")]
        indexes = [models.Index(fields=["unit", "state"], name="part_unit")]

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "charged": the unit asked; "own": the sender; "line": above one of the two."""
        found = set()
        if post.unit_id == self.unit_id:
            found.add("charged")
        if post.unit_id == self.ask.sender_id:
            found.add("own")
        if post.unit_id in (*self.unit.above, *self.ask.sender.above):
            found.add("line")
        return frozenset(found)


class Fact(models.Model):
    """What a field was in an area on a day. A correction is a new revision. ``scope``: the
    request that asked anew; empty for what all requests share."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="facts")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    scope = models.ForeignKey(Ask, null=True, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveSmallIntegerField(default=1)
    value = models.TextField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "day", "field", "scope", "revision"],
                nulls_distinct=False,
                name="fact_revision",
            ),
            models.UniqueConstraint(
                fields=["area", "day", "field", "scope"],
                condition=Q(current=True),
                nulls_distinct=False,
                name="one_current_fact",
            ),
        ]


class AskAnswer(models.Model):
    """That a unit answered an occasion of a request, once; ``revision`` counts corrections,
    ``reused`` the fields that were filled from what had been entered before. ``facts_day``:
    the day that the facts are of."""

    id = models.BigAutoField(primary_key=True)
    part = models.ForeignKey(AskPart, on_delete=models.CASCADE, related_name="answers")
    day = models.DateField()
    facts_day = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    reused = models.PositiveSmallIntegerField(default=0)
    late = models.BooleanField(default=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "day"], name="answered_once")]


class Tally(models.Model):
    """How many acts of a type a unit had to do with on a day: those it did ("by"), and those
    that were done towards it ("with"). Counted from the sealed ledger, by basis."""

    id = models.BigAutoField(primary_key=True)
    unit = models.UUIDField()
    day = models.DateField()
    side = models.TextField()
    type = models.TextField()
    basis = models.TextField(blank=True)
    n = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "day", "side", "type", "basis"], name="tally_once"
            )
        ]


def words_of(field: Any) -> str:
    """The name of a field with its unit of measure."""
    return f"{field.name} ({field.measure})" if field.measure else field.name

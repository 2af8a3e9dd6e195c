"""Two stakes that clash, how they are mediated, and what is paid for it."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q

from tongzhou.actors.models import Post, Unit
from tongzhou.funds.money import CURRENCIES, Currency
from tongzhou.incidents.models import Incident
from tongzhou.interests.choices import (
    Clash,
    CompensationState,
    ConflictState,
    Means,
    Outcome,
    Severity,
)
from tongzhou.interests.models.stakes import Stake
from tongzhou.kernel.ids import new_id
from tongzhou.places.models import Area


class Conflict(models.Model):
    """Two stakes of different units that cannot both be met as they stand."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    one = models.ForeignKey(Stake, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Stake, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    clash = models.TextField(choices=Clash.choices)
    severity = models.PositiveSmallIntegerField(choices=Severity.choices)
    why = models.TextField()
    state = models.TextField(choices=ConflictState.choices, default=ConflictState.OPEN)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    #: Terms that both consented to, or what the line decided.
    terms = models.TextField(blank=True)
    currency = models.CharField(max_length=3)
    #: The most that may be promised as compensation.
    agreed = models.BigIntegerField(default=0)
    #: Who decides once mediation has failed.
    decider = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="conflict_of_two"),
            models.CheckConstraint(condition=Q(agreed__gte=0), name="conflict_agreed"),
            models.CheckConstraint(
                condition=Q(severity__gte=1, severity__lte=3), name="conflict_severity"
            ),
        ]
        indexes = [models.Index(fields=["state", "-number"], name="conflict_list")]

    def __str__(self) -> str:
        return f"{self.reference} {self.one.unit.name} – {self.other.unit.name}"

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"K-{self.number}"

    @property
    def money(self) -> Currency:
        """The currency of what was agreed."""
        return CURRENCIES[self.currency]

    @property
    def units(self) -> tuple[Unit, Unit]:
        """Both sides."""
        return self.one.unit, self.other.unit

    @property
    def is_living(self) -> bool:
        """True while nobody has ended it."""
        return self.ended_at is None

    def near(self, unit: UUID) -> frozenset[str]:
        """ "party": a side; "line": above one; "mediator", of any mediation; "decider"."""
        found = set()
        for side in self.units:
            if unit == side.id:
                found.add("party")
            elif unit in side.line:
                found.add("line")
        if unit == self.decider_id:
            found.add("decider")
        if self.mediations.filter(mediator=unit).exists():
            found.add("mediator")
        return frozenset(found)

    def relations_of(self, post: Post) -> frozenset[str]:
        """``near``; else "known" to whoever may see a side of it."""
        found = self.near(post.unit_id)
        if found:
            return found
        sees = any(stake.relations_of(post) for stake in (self.one, self.other))
        return frozenset({"known"} if sees else ())


class Mediation(models.Model):
    """A third unit tries to bring the sides together, until a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    conflict = models.ForeignKey(Conflict, on_delete=models.PROTECT, related_name="mediations")
    mediator = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    #: Counts proposals; a consent holds for the one it was given to.
    round = models.PositiveIntegerField(default=0)
    outcome = models.TextField(choices=Outcome.choices, blank=True)
    terms = models.TextField(blank=True)
    agreed = models.BigIntegerField(default=0)
    proposed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    failed = models.BooleanField(default=False)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conflict"], condition=Q(closed_at=None), name="one_mediation_at_a_time"
            ),
            models.CheckConstraint(condition=Q(agreed__gte=0), name="mediation_agreed"),
        ]


class Meeting(models.Model):
    """That the sides met, and what the mediator noted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="meetings")
    held_at = models.DateTimeField()
    note = models.TextField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()


class Consent(models.Model):
    """What a side says to the terms of a round; the last word of a side counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="consents")
    round = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    agreed = models.BooleanField()
    reason = models.TextField(blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mediation", "round", "unit"], name="one_word_a_side")
        ]


class Compensation(models.Model):
    """What one unit gives another for what it bears, by a day. Money goes through a fund;
    whoever gets it says when it has come."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    conflict = models.ForeignKey(Conflict, on_delete=models.PROTECT, related_name="compensations")
    payer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    means = models.TextField(choices=Means.choices)
    #: Its worth, in the smallest unit of the conflict's currency.
    amount = models.BigIntegerField()
    what = models.TextField(blank=True)
    due_at = models.DateTimeField()
    state = models.TextField(choices=CompensationState.choices, default=CompensationState.PROMISED)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    promised_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0) & ~Q(payer=F("receiver")), name="compensation_amounts"
            )
        ]
        indexes = [
            models.Index(fields=["receiver", "state"], name="compensation_received"),
            models.Index(fields=["payer", "state", "due_at"], name="compensation_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.conflict.money.text(self.amount)}"

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"KC-{self.number}"

    def near(self, unit: UUID) -> frozenset[str]:
        """ "payer", "receiver"; "line": above one of them."""
        found = set()
        for name, side in (("payer", self.payer), ("receiver", self.receiver)):
            if unit == side.id:
                found.add(name)
            elif unit in side.line:
                found.add("line")
        return frozenset(found)

    def relations_of(self, post: Post) -> frozenset[str]:
        """``near``; else what the post is to the conflict, as "known"."""
        found = self.near(post.unit_id)
        return found or frozenset({"known"} if self.conflict.relations_of(post) else ())

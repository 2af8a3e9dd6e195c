"""Requests for aid, who was asked, and what was offered."""

from django.db import models
from django.db.models import F, Q

from tongzhou.actors.models import Post, Unit
from tongzhou.aid.choices import Answer, Kind, OfferState
from tongzhou.aid.models.packages import Package
from tongzhou.funds.money import CURRENCIES, Currency
from tongzhou.incidents.models import Incident
from tongzhou.kernel.ids import new_id
from tongzhou.needs.choices import Priority
from tongzhou.places.models import Area


class AidRequest(models.Model):
    """A region calls for aid: what, how many, from when until when, where, how urgent. It ends
    by itself on the day after ``ends_on``, unless it is prolonged."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(choices=Kind.choices)
    #: The package that would fit best, where one is known.
    package = models.ForeignKey(Package, null=True, on_delete=models.PROTECT, related_name="+")
    what = models.TextField()
    count = models.PositiveIntegerField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    priority = models.PositiveSmallIntegerField(choices=Priority.choices)
    reason = models.TextField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    #: Those asked answer by then.
    due_at = models.DateTimeField()
    prolonged = models.PositiveSmallIntegerField(default=0)
    prolong_reason = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    #: Empty where the time ended it.
    close_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(count__gt=0, ends_on__gte=F("starts_on")), name="aid_request_sound"
            )
        ]
        indexes = [
            models.Index(fields=["unit", "number"], name="aid_request_unit"),
            models.Index(
                fields=["ends_on"], name="aid_request_open", condition=Q(closed_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.what}"

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"MA-{self.number}"

    @property
    def is_open(self) -> bool:
        """True until it ends or is closed."""
        return self.closed_at is None

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "asker"; "asker_line": above the asker; "asked"; "asked_line": above one asked.
        Nothing in the other world of exercises."""
        if post.exercise != bool(self.incident is not None and self.incident.exercise):
            return frozenset()
        found = set()
        if post.unit_id == self.unit_id:
            found.add("asker")
        elif post.unit_id in self.unit.above:
            found.add("asker_line")
        for one in self.asked.all():
            if post.unit_id == one.unit_id:
                found.add("asked")
            elif post.unit_id in one.unit.above:
                found.add("asked_line")
        return frozenset(found)


class Asked(models.Model):
    """A unit that was asked, and what it answered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(AidRequest, on_delete=models.CASCADE, related_name="asked")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(choices=Answer.choices, default=Answer.WAITING)
    reason = models.TextField(blank=True)
    #: Who could help instead.
    better = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "unit"], name="aid_asked_once")]


class AidOffer(models.Model):
    """What a unit that was asked would send, when, and at what cost. Others who offer do not see
    the cost before an agreement on it is signed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    request = models.ForeignKey(AidRequest, on_delete=models.CASCADE, related_name="offers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    package = models.ForeignKey(Package, null=True, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()
    #: People who come with one.
    people = models.PositiveIntegerField(default=0)
    arrives_at = models.DateTimeField()
    ends_on = models.DateField()
    currency = models.CharField(max_length=3)
    cost = models.BigIntegerField(default=0)
    conditions = models.TextField(blank=True)
    state = models.TextField(choices=OfferState.choices, default=OfferState.MADE)
    reason = models.TextField(blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    offered_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(count__gt=0, cost__gte=0), name="aid_offer_amounts")
        ]

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"MO-{self.number}"

    @property
    def money(self) -> Currency:
        """Its currency."""
        return CURRENCIES[self.currency]

    def relations_of(self, post: Post) -> frozenset[str]:
        """To the request, and "offerer", "offerer_line"."""
        found = set(self.request.relations_of(post))
        if found and post.unit_id == self.unit_id:
            found.add("offerer")
        elif found and post.unit_id in self.unit.above:
            found.add("offerer_line")
        return frozenset(found)

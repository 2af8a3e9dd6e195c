"""Funds: money with an owner, a source, and what it may be spent on."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tongzhou.actors.models import Named, Post, Unit
from tongzhou.funds.choices import Purpose, Source
from tongzhou.funds.money import CURRENCIES, Currency
from tongzhou.incidents.models import Incident
from tongzhou.kernel.ids import new_id
from tongzhou.places.models import Area


class Fund(Named):
    """Money of one owner and one source. ``purposes`` (none: any), ``area`` and ``incident``
    bind it: what is bound is never spent on anything else. What was fixed when it was opened
    stays: whoever gave relied on it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(unique=True, max_length=60)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="funds")
    purpose = models.TextField(blank=True)
    source = models.TextField(choices=Source.choices)
    #: The unit that it comes from, where one unit gives it all.
    giver = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    purposes = ArrayField(models.TextField(choices=Purpose.choices), default=list)
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    #: So far it may be overdrawn, in the smallest unit of the currency; mostly not at all.
    overdraft = models.BigIntegerField(default=0)
    #: Firms and organisations of the owner's area may ask for money, too.
    open_to_area = models.BooleanField(default=False)
    #: Anybody may promise a gift to it, and sees what gifts became.
    takes_gifts = models.BooleanField(default=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(overdraft__gte=0), name="fund_overdraft_positive"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="fund_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def money(self) -> Currency:
        """Its currency."""
        return CURRENCIES[self.currency]

    @property
    def purpose_labels(self) -> list[str]:
        """What it may be spent on, in words; none: anything."""
        return [str(Purpose(code).label) for code in self.purposes]

    def runs(self, on: date) -> bool:
        """True while its term runs."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "own": keeps it; "line": above its owner; "below": stands below its owner;
        "inside": of the owner's area, where the fund is open to it; "giver"."""
        found = set()
        unit = post.unit
        if unit.id == self.owner_id:
            found.add("own")
        if unit.id in self.owner.above:
            found.add("line")
        if self.owner_id in unit.above:
            found.add("below")
        if self.open_to_area and self.owner.area.contains(unit.area):
            found.add("inside")
        if unit.id == self.giver_id:
            found.add("giver")
        return frozenset(found)


class Planned(models.Model):
    """What a unit expects to spend on a purpose between two days: for the forecast alone, it
    holds no money back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField(choices=Purpose.choices)
    since = models.DateField()
    until = models.DateField()
    amount = models.BigIntegerField()
    note = models.TextField(blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="planned_positive"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="planned_forward"),
        ]

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "own", "line"."""
        if post.unit_id == self.unit_id:
            return frozenset({"own"})
        return frozenset({"line"} if post.unit_id in self.unit.above else ())

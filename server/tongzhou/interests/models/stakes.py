"""What is at stake for a unit in a matter, version by version."""

from uuid import UUID

from django.db import models
from django.db.models import Q

from tongzhou.actors.models import Post, Unit
from tongzhou.funds.money import CURRENCIES, Currency
from tongzhou.incidents.models import Incident, Measure
from tongzhou.kernel.ids import new_id
from tongzhou.places.models import Area


class Said(models.Model):
    """What a unit said, or what was said for it (``reason`` then says why). In people's own
    words; the ledger holds none of it."""

    version = models.PositiveIntegerField()
    stake = models.TextField()
    currency = models.CharField(max_length=3)
    #: Borne so far, in the smallest unit of the currency.
    cost = models.BigIntegerField(default=0)
    hours = models.DecimalField(max_digits=9, decimal_places=1, default=0)
    red_line = models.TextField(blank=True)
    wish = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    #: When the unit itself said or confirmed it; None: recorded by its superior alone.
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def money(self) -> Currency:
        """Its currency."""
        return CURRENCIES[self.currency]


class Stake(Said):
    """What stands now. The matter is the measure where there is one, else the incident, else
    the area."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, null=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cost__gte=0, hours__gte=0), name="stake_amounts"),
            models.UniqueConstraint(
                fields=["unit", "incident", "measure", "area"],
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="one_stake_in_a_matter",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "number"], name="stake_of_unit"),
            models.Index(fields=["area", "unit"], name="stake_in_area"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.unit.name}"

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"ST-{self.number}"

    @property
    def matter(self) -> str:
        """What it is about, in words."""
        if self.measure is not None:
            return self.measure.title
        return self.incident.title if self.incident is not None else self.area.name

    @property
    def is_confirmed(self) -> bool:
        """True when the unit itself stands behind it."""
        return self.confirmed_at is not None

    def near(self, unit: UUID) -> frozenset[str]:
        """ "own": the unit's; "line": of a unit below it."""
        if unit == self.unit_id:
            return frozenset({"own"})
        return frozenset({"line"} if unit in self.unit.above else ())

    def relations_of(self, post: Post) -> frozenset[str]:
        """``near``; and "party": of a party of the matter, once the unit stands behind it."""
        found = set(self.near(post.unit_id))
        if self.is_confirmed and self._shared_with(post):
            found.add("party")
        return frozenset(found)

    def _shared_with(self, post: Post) -> bool:
        if self.incident is not None:
            return bool(self.incident.relations_of(post))
        in_area = Stake.objects.filter(incident=None, area=self.area_id, withdrawn_at=None)
        return in_area.filter(unit=post.unit_id).exists()


class StakeVersion(Said):
    """What was said once; kept as it was."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    of = models.ForeignKey(Stake, on_delete=models.PROTECT, related_name="versions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "version"], name="stake_version")]

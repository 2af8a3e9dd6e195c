"""What a region holds ready for others, and how many people it can take in."""

from django.db import models
from django.db.models import F, Q

from tongzhou.actors.models import Named, Post, Unit
from tongzhou.aid.choices import Kind, Part
from tongzhou.catalogue.models import Item, Resource
from tongzhou.catalogue.quantities import DIGITS, PLACES
from tongzhou.funds.money import CURRENCIES, Currency
from tongzhou.kernel.ids import new_id


class Package(Named):
    """A typed mission package: what one deployment of it brings, for how many days, what it
    costs, and what the host has to give. A version never changes; publishing the code anew
    retires the one before."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(choices=Kind.choices)
    days = models.PositiveIntegerField()
    #: How many people come with one of it; the host lodges them.
    people = models.PositiveIntegerField(default=0)
    transport = models.TextField(blank=True)
    power = models.TextField(blank=True)
    other_needs = models.TextField(blank=True)
    #: It can be sent again when it is home.
    reusable = models.BooleanField(default=True)
    since = models.DateField()
    until = models.DateField(null=True)
    currency = models.CharField(max_length=3)
    total = models.BigIntegerField(default=0)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    published_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    exercise = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(retired_at__isnull=True), name="aid_package_living"
            ),
            models.UniqueConstraint(fields=["code", "version"], name="aid_package_version"),
            models.CheckConstraint(
                condition=Q(days__gt=0, total__gte=0)
                & (Q(until__isnull=True) | Q(until__gte=F("since"))),
                name="aid_package_sound",
            ),
        ]

    @property
    def money(self) -> Currency:
        """Its currency."""
        return CURRENCIES[self.currency]

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "own", "line", and "known" to whoever works in the same world: what can be asked
        for must be known."""
        if post.exercise != self.exercise:
            return frozenset()
        found = {"known"}
        if post.unit_id == self.unit_id:
            found.add("own")
        elif post.unit_id in self.unit.line:
            found.add("line")
        return frozenset(found)


class PackageLine(models.Model):
    """A line: so many people with a skill, so much of an item, a piece of equipment; ``cost`` is
    that of the whole line for all its days."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    part = models.TextField(choices=Part.choices)
    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="+")
    resource = models.ForeignKey(Resource, null=True, on_delete=models.PROTECT, related_name="+")
    what = models.TextField(blank=True)
    skill = models.TextField(blank=True)
    licence = models.TextField(blank=True)
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    cost = models.BigIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["package", "position"], name="aid_line_place"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, cost__gte=0), name="aid_line_amounts"
            ),
        ]

    @property
    def title(self) -> str:
        """What it is: the item of the catalogue, else what was written."""
        if self.what:
            return self.what
        return self.item.name if self.item is not None else self.skill


class Hosting(models.Model):
    """From a day on a unit can lodge so many people from outside."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    people = models.PositiveIntegerField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    exercise = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "since", "exercise"], name="aid_hosting_of_a_day"
            )
        ]

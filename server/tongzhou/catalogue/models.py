"""Items, their names, packs and kits, what can stand for what, and people as resources."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from tongzhou.actors.models import Named, Post, Unit
from tongzhou.catalogue.choices import STORED, Category, ItemKind, Measure
from tongzhou.catalogue.quantities import DIGITS, PLACES
from tongzhou.kernel.ids import new_id
from tongzhou.places.models import Area


def here(zh: str, en: str) -> str:
    """The words of the active language, the other ones where there are none."""
    if (get_language() or "").startswith("zh"):
        return zh or en
    return en or zh


class Item(Named):
    """Something that can be asked for, held and sent, counted in ``measure`` with so many
    ``decimals``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(unique=True, max_length=60)
    kind = models.TextField(choices=ItemKind.choices, default=ItemKind.SUPPLY)
    category = models.TextField(choices=Category.choices, default=Category.OTHER)
    measure = models.TextField(choices=Measure.choices, default=Measure.PIECE)
    decimals = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(PLACES)])
    shelf_life_days = models.PositiveIntegerField(null=True)
    cold_chain = models.BooleanField(default=False)
    #: The standard it must meet, or what else makes it fit, in both languages.
    spec_zh = models.TextField(blank=True)
    spec_en = models.TextField(blank=True)
    #: The version of the template that it came from, None for one of one's own.
    version = models.UUIDField(null=True)
    declared_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["category", "code"], name="item_by_category")]

    @property
    def spec(self) -> str:
        """The specification in the active language."""
        return here(self.spec_zh, self.spec_en)

    @property
    def stored(self) -> bool:
        """True for what lies in a store; people and teams do not."""
        return ItemKind(self.kind) in STORED

    @property
    def is_open(self) -> bool:
        """True until it is retired."""
        return self.retired_at is None

    @property
    def step(self) -> Decimal:
        """The smallest amount there can be of it: 1, 0.1, …"""
        return Decimal(1).scaleb(-self.decimals)


class ItemName(models.Model):
    """One way to call an item. ``folded`` is what is compared; no two items share one."""

    id = models.BigAutoField(primary_key=True)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(max_length=120)
    folded = models.CharField(max_length=240, unique=True)


class Pack(Named):
    """How many of the item's measure make one box, case, bottle …"""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="packs")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="pack_holds_something"),
            models.UniqueConstraint(fields=["item", "name_zh"], name="one_pack_of_a_name"),
        ]


class Equivalent(models.Model):
    """That ``other`` may be given where ``item`` is asked for, on the condition stated. It
    says nothing about the other way round, nor about what can stand for ``other``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="stand_ins")
    other = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="stands_for")
    #: For what use, and why.
    condition_zh = models.TextField()
    condition_en = models.TextField(blank=True)
    #: So many of ``other`` do for one of ``item``.
    ratio = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, default=Decimal(1))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "other"], name="one_equivalent"),
            models.CheckConstraint(condition=~Q(item=F("other")), name="equivalent_of_another"),
            models.CheckConstraint(condition=Q(ratio__gt=0), name="equivalent_ratio"),
        ]

    @property
    def condition(self) -> str:
        """The condition in the active language, in the other one where it has none."""
        return here(self.condition_zh, self.condition_en)


class KitLine(models.Model):
    """What one ``kit`` is made of."""

    id = models.BigAutoField(primary_key=True)
    kit = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="parts")
    part = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="kits")
    quantity = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kit", "part"], name="one_line_of_a_kit"),
            models.CheckConstraint(condition=~Q(kit=F("part")), name="kit_of_others"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="kit_line_positive"),
        ]


class Resource(models.Model):
    """People or a team of a unit, as others may ask for them: what they can, what they are
    licensed for, how far they travel, what they cost a day. ``label`` is a code of the unit's
    own; persons are not named here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="resources")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="resources")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=80)
    people = models.PositiveIntegerField(default=1)
    skills = ArrayField(models.CharField(max_length=60), default=list)
    licence = models.CharField(max_length=120, blank=True)
    licence_until = models.DateField(null=True)
    travel_km = models.PositiveIntegerField(null=True)
    cost_per_day = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    exercise = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "label"],
                condition=Q(ended_at__isnull=True),
                name="one_resource_of_a_label",
            ),
            models.CheckConstraint(condition=Q(people__gt=0), name="resource_of_somebody"),
        ]
        indexes = [models.Index(fields=["item", "area"], name="resource_by_item")]

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "own", "line", or "known" to whoever works in the same world: what can be asked
        for must be known."""
        if post.exercise != self.exercise:
            return frozenset()
        found = {"known"}
        if post.unit_id == self.unit_id:
            found.add("own")
        elif post.unit_id in self.unit.line:
            found.add("line")
        return frozenset(found)

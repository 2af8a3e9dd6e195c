"""A plan of who gets how much of what there is, and its lines."""

from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tongzhou.actors.models import Post, Unit
from tongzhou.allocations.choices import OPEN, Objective, State
from tongzhou.catalogue.models import Item
from tongzhou.catalogue.quantities import DIGITS, PLACES
from tongzhou.incidents.models import Incident
from tongzhou.kernel.ids import new_id
from tongzhou.needs.models import Commitment, NeedLine
from tongzhou.shipments.models import Shipment
from tongzhou.stock.models import Site


def amount(**more: object) -> "models.DecimalField[Decimal, Decimal]":
    """A column for an amount."""
    return models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, **more)  # type: ignore[arg-type]


class Allocation(models.Model):
    """What is asked (``criteria``), what was needed and free when it was computed last
    (``problem``), the plan with its proof (``result``), and the figures of the plan with the
    lines that people changed (``chosen``, None while nobody did)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    #: The units whose stores give something.
    givers = ArrayField(models.UUIDField(), default=list)
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    exercise = models.BooleanField(default=False)
    objective = models.TextField(choices=Objective.choices, default=Objective.MAX_MIN)
    #: Whether something else may be given where the catalogue lets it stand for the thing.
    stand_ins = models.BooleanField(default=False)
    state = models.TextField(choices=State.choices, default=State.DRAFT)
    criteria = models.JSONField(default=dict)
    problem = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    chosen = models.JSONField(null=True)
    #: Counts up whenever it is computed anew: an answer to an older question is dropped.
    run = models.PositiveIntegerField(default=0)
    progress = models.PositiveSmallIntegerField(default=0)
    #: Of the problem and the plan, for lists.
    need_count = models.PositiveIntegerField(default=0)
    min_fill = models.FloatField(null=True)
    error = models.TextField(blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    computed_at = models.DateTimeField(null=True)
    decider = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decider__isnull=False, result__isnull=False),
                name="allocation_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(progress__lte=100), name="allocation_progress_in_percent"
            ),
        ]
        indexes = [models.Index(fields=["unit", "-number"], name="allocation_of_unit")]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"AL-{self.number}"

    @property
    def is_open(self) -> bool:
        """True until it is approved or cancelled."""
        return self.state in OPEN

    @property
    def least(self) -> float | None:
        """The least fill of a need, in percent."""
        return None if self.min_fill is None else round(100 * self.min_fill, 1)

    @property
    def figures(self) -> dict[str, Any] | None:
        """The figures of the plan as it stands, with what people changed; None before it is
        computed."""
        if self.result is None:
            return None
        found: dict[str, Any] = self.chosen or self.result["computed"]
        return found

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "own"; "line": above the unit; "giver": one of its stores gives something."""
        if post.exercise != self.exercise:
            return frozenset()
        found = set()
        if post.unit_id == self.unit_id:
            found.add("own")
        elif post.unit_id in self.unit.line:
            found.add("line")
        if post.unit_id in self.givers:
            found.add("giver")
        return frozenset(found)


class AllocationLine(models.Model):
    """So much of an item from a store to a line of a need: as computed, and as chosen. Different
    only with a reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    allocation = models.ForeignKey(Allocation, on_delete=models.CASCADE, related_name="lines")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    need_line = models.ForeignKey(NeedLine, on_delete=models.PROTECT, related_name="+")
    #: What is given: what was asked for, or what stands for it.
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    computed = amount(default=0)
    quantity = amount(default=0)
    #: Kilometres as the crow flies, for each piece.
    distance = models.FloatField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    changed_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True)
    commitment = models.ForeignKey(
        Commitment, null=True, on_delete=models.PROTECT, related_name="+"
    )
    shipment = models.ForeignKey(Shipment, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["allocation", "site", "need_line", "item"], name="one_allocation_line"
            ),
            models.CheckConstraint(
                condition=Q(computed__gte=0, quantity__gte=0), name="allocated_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(quantity=F("computed")) | ~Q(reason=""),
                name="allocation_changed_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["need_line"], name="allocation_of_need_line")]

    @property
    def changed(self) -> bool:
        """True where people chose another amount than the one computed."""
        return self.quantity != self.computed

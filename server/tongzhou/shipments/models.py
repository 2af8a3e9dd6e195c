"""Shipments, their lines, what differs, and the pictures that came with a receipt."""

from decimal import Decimal
from typing import Any, Final

from django.db import models
from django.db.models import Case, F, Q, Value, When

from tongzhou.actors.models import Post, Unit
from tongzhou.catalogue.models import Item
from tongzhou.catalogue.quantities import DIGITS, PLACES
from tongzhou.incidents.models import Incident
from tongzhou.kernel.ids import new_id
from tongzhou.places.models import Area
from tongzhou.shipments.choices import BEFORE_LEAVING, MOVING, UNDER_WAY, Cause, Kind, State
from tongzhou.stock.models import Batch, Site
from tongzhou.tasks.models import KeptFile

#: The time of the act that leads to each state, the one that weighs most first: what was
#: received is received, however it came there.
_TIMES: Final = (
    ("cancelled_at", State.CANCELLED),
    ("received_at", State.RECEIVED),
    ("taken_back_at", State.RETURNED),
    ("lost_at", State.LOST),
    ("turned_back_at", State.RETURNING),
    ("arrived_at", State.ARRIVED),
    ("left_at", State.ON_THE_WAY),
    ("loaded_at", State.LOADED),
    ("picked_at", State.PICKED),
)


def _state() -> Case:
    whens = [
        When(Q(**{f"{time}__isnull": False}), then=Value(str(state))) for time, state in _TIMES
    ]
    return Case(*whens, default=Value(str(State.PLANNED)))


def _quantity(**options: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, **options)


class Shipment(models.Model):
    """Goods that one unit hands to another. Where it goes is a site, or the unit and area that
    use it. ``key`` stands on the label: who reads it there may see the head without an account.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    key = models.CharField(max_length=24, unique=True)
    from_site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    to_site = models.ForeignKey(Site, null=True, on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    carrier = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    receiver = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    #: Where it is to be handed over.
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    exercise = models.BooleanField(default=False)
    vehicle = models.TextField(blank=True)
    note = models.TextField(blank=True)
    #: Why it was turned back, lost or cancelled, in somebody's own words.
    reason = models.TextField(blank=True)
    due_at = models.DateTimeField()
    planned_at = models.DateTimeField()
    picked_at = models.DateTimeField(null=True)
    loaded_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    turned_back_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    lost_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    #: Where it was last said to be.
    seen_area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True)
    state = models.GeneratedField(
        expression=_state(), output_field=models.TextField(choices=State.choices), db_persist=True
    )

    class Meta:
        indexes = [
            models.Index(fields=["giver", "state", "due_at"], name="shipment_giver"),
            models.Index(fields=["carrier", "state", "due_at"], name="shipment_carrier"),
            models.Index(fields=["receiver", "state", "due_at"], name="shipment_receiver"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"S-{self.number}"

    @property
    def state_label(self) -> str:
        """The state in the active language."""
        return str(State(self.state).label)

    @property
    def under_way(self) -> bool:
        """True while somebody still has something to do."""
        return self.state in UNDER_WAY

    @property
    def moving(self) -> bool:
        """True while the receiver expects it on the road or at the gate."""
        return self.state in MOVING

    @property
    def before_leaving(self) -> bool:
        """True while the goods stand in the giver's site."""
        return self.state in BEFORE_LEAVING

    @property
    def units(self) -> list[Any]:
        """The ids of the units whose work it is."""
        return sorted({self.giver_id, self.carrier_id, self.receiver_id})

    @property
    def responsible_id(self) -> Any:
        """Whose it is while it is under way: the giver's until it left, then the carrier's."""
        return self.giver_id if self.left_at is None else self.carrier_id

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "giver", "carrier", "receiver"; "line": above the giver; "above": above one of the
        others. Nothing in the other world of exercises."""
        if post.exercise != self.exercise:
            return frozenset()
        sides = {"giver": self.giver, "carrier": self.carrier, "receiver": self.receiver}
        found = {name for name, unit in sides.items() if unit.id == post.unit_id}
        for name, unit in sides.items():
            if post.unit_id in unit.above:
                found.add("line" if name == "giver" else "above")
        return frozenset(found)


class ShipmentLine(models.Model):
    """So much of one batch. What was asked of the store, set aside, loaded and received are four
    quantities: they differ, and each says so. ``for_kind`` and ``for_id`` name what it is
    for, in whatever room that stands."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shipment = models.ForeignKey(Shipment, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    planned = _quantity()
    picked = _quantity(null=True)
    loaded = _quantity(null=True)
    #: What came and can be used.
    received = _quantity(null=True)
    #: What came and cannot be used.
    damaged = _quantity(default=Decimal(0))
    #: What came back into the giver's site, of a shipment that was turned back.
    back = _quantity(null=True)
    for_kind = models.TextField(blank=True)
    for_id = models.UUIDField(null=True)

    class Meta:
        ordering = ("position",)
        indexes = [
            models.Index(
                fields=["for_id", "for_kind"],
                name="shipment_line_for",
                condition=Q(for_id__isnull=False),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["shipment", "position"], name="shipment_line_place"),
            models.CheckConstraint(condition=Q(planned__gt=0), name="shipment_line_planned"),
            models.CheckConstraint(
                condition=Q(picked__isnull=True) | Q(picked__gte=0, picked__lte=F("planned")),
                name="shipment_line_picked",
            ),
            models.CheckConstraint(
                condition=Q(loaded__isnull=True) | Q(loaded__gte=0, loaded__lte=F("planned")),
                name="shipment_line_loaded",
            ),
            models.CheckConstraint(
                condition=(Q(received__isnull=True) | Q(received__gte=0)) & Q(damaged__gte=0),
                name="shipment_line_received",
            ),
        ]


class Difference(models.Model):
    """So much of a line did not come as it was loaded. Its owner says what became of it; until
    then it stays in the account of the shipment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    line = models.ForeignKey(ShipmentLine, on_delete=models.CASCADE, related_name="differences")
    kind = models.TextField(choices=Kind.choices)
    quantity = _quantity()
    reason = models.TextField(blank=True)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    found_at = models.DateTimeField()
    cause = models.TextField(choices=Cause.choices, blank=True)
    explanation = models.TextField(blank=True)
    explained_by = models.ForeignKey(
        Post, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    explained_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "kind"], name="one_difference_of_a_kind"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="difference_of_something"),
        ]
        indexes = [
            models.Index(
                fields=["owner"], name="difference_open", condition=Q(explained_at__isnull=True)
            )
        ]


class Proof(KeptFile):
    """A picture that came with a receipt."""

    shipment = models.ForeignKey(Shipment, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(upload_to="shipments/%Y/%m/")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)

"""What a unit needs, line by line, and who said that they would give it.

The sums on a line are kept by the database whenever a commitment changes (see the migration
``sums``), and state, unmet amount and urgency are generated columns: nothing here can be typed.
"""

from django.db import models
from django.db.models import F, Func, Q

from tongzhou.actors.models import Post, Unit
from tongzhou.catalogue.models import Item
from tongzhou.catalogue.quantities import DIGITS, PLACES, plain
from tongzhou.incidents.models import Incident
from tongzhou.kernel.ids import new_id
from tongzhou.needs.choices import Channel, ImportSource, LineState, Priority, RevisionEvent, Source
from tongzhou.needs.models.offers import OfferLine
from tongzhou.places.models import Area
from tongzhou.stock.models import Site


def amount(**options: object) -> "models.DecimalField":  # type: ignore[type-arg]
    """A column for a quantity."""
    return models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, **options)  # type: ignore[arg-type]


class ImportRun(models.Model):
    """A file, or several that belong together, brought in at one time; ``digest`` is over all
    of them, so that the same again is known."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.TextField(choices=ImportSource.choices)
    digest = models.CharField(max_length=64)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    #: What it gave: counts by name, never words of the file.
    counts = models.JSONField(default=dict)


class ImportFile(models.Model):
    """A file as it was sent, kept so that it can be mended and sent again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="files")
    name = models.TextField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)


class Need(models.Model):
    """Something that a unit asks for, at a place and a time. ``holder`` is the unit whose turn
    it is to see that it is met; unmet it goes up the line."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="needs")
    #: Where it is used; not always where the unit answers for.
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    incident = models.ForeignKey(
        Incident, null=True, on_delete=models.PROTECT, related_name="needs"
    )
    exercise = models.BooleanField(default=False)
    needed_by = models.DateTimeField(null=True)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    reason = models.CharField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    #: The words of a call for help it was read from, numbers of telephones blotted out.
    call = models.TextField(blank=True)
    channel = models.TextField(choices=Channel.choices, default=Channel.WEB)
    holder = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="needs_held")
    held_since = models.DateTimeField()
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()
    #: When somebody last said that it still holds.
    confirmed_at = models.DateTimeField()
    #: Since when it waits for such a word.
    doubted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged"
    )
    run = models.ForeignKey(ImportRun, null=True, on_delete=models.PROTECT, related_name="needs")
    #: The record it came from, so that a file that is read again finds it.
    origin = models.CharField(max_length=200, null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(priority__gte=1, priority__lte=4), name="need_priority"
            )
        ]
        indexes = [
            models.Index(
                fields=["confirmed_at"],
                condition=Q(withdrawn_at__isnull=True, doubted_at__isnull=True),
                name="need_not_doubted",
            ),
            models.Index(fields=["unit", "-number"], name="need_of_unit"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"N-{self.number}"

    @property
    def is_open(self) -> bool:
        """True until it is withdrawn or merged."""
        return self.withdrawn_at is None

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "own"; "line": above the unit; "holder": whose turn it is, or above it; "area": the
        place of use lies in the area of a post that may see needs; "giver": committed to it."""
        if post.exercise != self.exercise:
            return frozenset()
        found = set()
        if post.unit_id == self.unit_id:
            found.add("own")
        elif post.unit_id in self.unit.line:
            found.add("line")
        if post.unit_id in self.holder.line:
            found.add("holder")
        if post.holds("need.see") and post.unit.area.contains(self.area):
            found.add("area")
        if not found and Commitment.objects.filter(line__need=self, unit=post.unit_id).exists():
            found.add("giver")
        return frozenset(found)


class NeedLine(models.Model):
    """One item of a need. ``asked`` None: needed, the amount is not known. What repeats the
    need (unit to priority, doubted_at) is for lists and is written by ``access.settle``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="lines")
    place = models.PositiveSmallIntegerField()
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked = amount(null=True)
    minimum = amount(null=True)
    maximum = amount(null=True)
    #: The amount as it was typed, with its pack or unit.
    typed = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    # Without keys of their own: they repeat those of the need, which has them.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False,
                             db_constraint=False)  # fmt: skip
    holder = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+",
                               db_constraint=False)  # fmt: skip
    area_path = models.TextField()
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+",
                                 db_constraint=False)  # fmt: skip
    exercise = models.BooleanField(default=False)
    priority = models.PositiveSmallIntegerField()
    needed_by = models.DateTimeField(null=True)
    stated_at = models.DateTimeField()
    doubted_at = models.DateTimeField(null=True)

    committed = amount(default=0)
    on_way = amount(default=0)
    received = amount(default=0)

    state = models.GeneratedField(
        expression=Func(
            F("asked"), F("minimum"), F("committed"), F("on_way"), F("received"),
            F("withdrawn_at"), F("doubted_at"), function="needs_line_state",
        ),
        output_field=models.TextField(choices=LineState.choices), db_persist=True,
    )  # fmt: skip
    open = models.GeneratedField(
        expression=Func(
            F("asked"), F("minimum"), F("received"), F("withdrawn_at"),
            function="needs_line_is_open",
        ),
        output_field=models.BooleanField(), db_persist=True,
    )  # fmt: skip
    #: What nobody has said yet that they give; None where the amount is not known.
    unmet = models.GeneratedField(
        expression=Func(
            F("asked"), F("minimum"), F("committed"), F("withdrawn_at"), function="needs_line_unmet"
        ),
        output_field=models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True),
        db_persist=True,
    )
    #: Seconds: the smaller, the sooner somebody should do something about it.
    urgency = models.GeneratedField(
        expression=Func(
            F("priority"), F("needed_by"), F("stated_at"), F("asked"), F("minimum"),
            F("committed"), function="needs_line_urgency",
        ),
        output_field=models.BigIntegerField(), db_persist=True,
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(asked__isnull=True) | Q(asked__gt=0), name="need_asks_something"
            ),
            models.CheckConstraint(
                condition=Q(minimum__isnull=True)
                | Q(minimum__gt=0) & (Q(maximum__isnull=True) | Q(maximum__gte=F("minimum"))),
                name="need_minimum_below_maximum",
            ),
            models.CheckConstraint(
                condition=Q(committed__gte=0, on_way__gte=0, received__gte=0),
                name="need_sums_not_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["exercise", "urgency", "id"], name="need_board"),
            models.Index(
                fields=["item", "urgency", "id"], condition=Q(open=True), name="need_board_item"
            ),
            models.Index(fields=["unit", "urgency", "id"], name="need_board_unit"),
            models.Index(
                fields=["area_path"], name="need_line_area", opclasses=["text_pattern_ops"]
            ),
        ]

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(LineState(self.state).label)

    @property
    def target(self) -> object:
        """The amount at which it is met; None where none was said."""
        return self.asked if self.asked is not None else self.minimum


class Revision(models.Model):
    """That the amount asked was another one before; nothing is written over."""

    id = models.BigAutoField(primary_key=True)
    line = models.ForeignKey(NeedLine, on_delete=models.CASCADE, related_name="revisions")
    at = models.DateTimeField()
    event = models.TextField(choices=RevisionEvent.choices)
    before = amount(null=True)
    after = amount(null=True)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+",
                             db_index=False)  # fmt: skip


class Commitment(models.Model):
    """That a unit, or a donor by an offer, gives so much to a line. It is taken back with a
    reason, or received once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    line = models.ForeignKey(NeedLine, on_delete=models.PROTECT, related_name="commitments")
    source = models.TextField(choices=Source.choices)
    #: Who gives; None: a donor without account, see the offer.
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="commitments")
    offer_line = models.ForeignKey(
        OfferLine, null=True, on_delete=models.PROTECT, related_name="commitments"
    )
    #: A reservation in the room of stock.
    reservation = models.UUIDField(null=True)
    quantity = amount()
    #: What is given, where it is something else that stands for the item asked.
    item = models.ForeignKey(
        Item, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    due_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)
    #: Why more than the maximum is given, where it is.
    over_reason = models.CharField(max_length=300, blank=True)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+",
                             db_index=False)  # fmt: skip
    at = models.DateTimeField()
    on_way = amount(default=0)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)
    received = amount(null=True)
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+",
                                    db_index=False)  # fmt: skip
    difference_reason = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=200, null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="commitment_gives_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(received__isnull=True),
                name="commitment_withdrawn_or_received",
            ),
            models.CheckConstraint(
                condition=Q(received__isnull=True) | Q(received__gte=0),
                name="commitment_received_something",
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(received__isnull=False),
                name="commitment_received_how_much",
            ),
            models.CheckConstraint(
                condition=Q(source="offer", offer_line__isnull=False)
                | Q(source="reservation", reservation__isnull=False, unit__isnull=False)
                | Q(source="word", unit__isnull=False),
                name="commitment_of_somebody",
            ),
        ]

    @property
    def key(self) -> str:
        """The id as text, for names in a page."""
        return str(self.id)

    @property
    def shipment_line(self) -> str:
        """What a shipment that carries it is planned with."""
        item = self.item or self.line.item
        return f"{item.code}:{plain(self.quantity)}:commitment:{self.id}"

    #: The store that keeps it, where one does: set by the queries that show it.
    store: Site | None = None

    @property
    def plain(self) -> str:
        """The amount as a form takes it."""
        return plain(self.quantity)

    @property
    def open(self) -> bool:
        """True while it is neither taken back nor received."""
        return self.withdrawn_at is None and self.received_at is None

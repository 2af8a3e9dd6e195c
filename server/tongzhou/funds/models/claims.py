"""Claims of cost: what firms, communities and organisations spent on what they were asked."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q

from tongzhou.actors.models import Post, Unit
from tongzhou.funds.choices import ClaimState, Purpose
from tongzhou.funds.money import CURRENCIES, Currency
from tongzhou.incidents.models import Incident
from tongzhou.incidents.models.words import in_language
from tongzhou.kernel.ids import new_id


class Claim(models.Model):
    """Extra cost of a period, by the rates of a dated template; answered by a time limit."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    #: Whom it is made to: who answers it.
    answerer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField(choices=Purpose.choices, default=Purpose.COMMUNITY)
    since = models.DateField()
    until = models.DateField()
    what = models.TextField()
    currency = models.CharField(max_length=3)
    #: The version of the template whose rates were applied.
    template = models.UUIDField()
    total = models.BigIntegerField()
    accepted = models.BigIntegerField(null=True)
    #: The task or duty that it was spent on.
    task = models.UUIDField(null=True)
    task_label = models.TextField(blank=True)
    state = models.TextField(choices=ClaimState.choices, default=ClaimState.MADE)
    reason = models.TextField(blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer_post = models.ForeignKey(
        Post, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    paid_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(total__gt=0)
                & (Q(accepted__isnull=True) | Q(accepted__gte=0, accepted__lte=F("total"))),
                name="claim_amounts",
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="claim_forward"),
        ]
        indexes = [
            models.Index(fields=["unit", "number"], name="claim_of_unit"),
            models.Index(fields=["answerer", "state", "due_at"], name="claim_to_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.what}"

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"C-{self.number}"

    @property
    def money(self) -> Currency:
        """Its currency."""
        return CURRENCIES[self.currency]

    @property
    def is_payable(self) -> bool:
        """True when something was accepted and nothing paid."""
        return self.state in (ClaimState.ACCEPTED, ClaimState.PARTLY)

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "own": makes it; "answerer"; "line": above the answerer."""
        unit: UUID = post.unit_id
        found = set()
        if unit == self.unit_id:
            found.add("own")
        if unit == self.answerer_id:
            found.add("answerer")
        if unit in self.answerer.above:
            found.add("line")
        return frozenset(found)


class ClaimItem(models.Model):
    """A line of a claim. ``title_zh``, ``title_en``, ``measure`` and ``rate`` are those of the
    template then."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    code = models.TextField()
    title_zh = models.TextField()
    title_en = models.TextField()
    measure_zh = models.TextField()
    measure_en = models.TextField()
    #: In hundredths: hours and pieces are claimed to two decimals.
    quantity = models.BigIntegerField()
    rate = models.BigIntegerField()
    amount = models.BigIntegerField()
    accepted = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "place"], name="claim_item_place"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, amount__gt=0)
                & (Q(accepted__isnull=True) | Q(accepted__gte=0, accepted__lte=F("amount"))),
                name="claim_item_amounts",
            ),
        ]

    @property
    def title(self) -> str:
        """What it is, in the active language."""
        return in_language(self.title_zh, self.title_en)

    @property
    def measure(self) -> str:
        """Its unit of measure, in the active language."""
        return in_language(self.measure_zh, self.measure_en)

    @property
    def quantity_text(self) -> str:
        """How much: 12, 7.5."""
        return f"{self.quantity / 100:.2f}".rstrip("0").rstrip(".")

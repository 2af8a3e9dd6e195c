"""What an inspection found, what its owner answered, and who looked again."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models import Incident
from tongzhou.kernel.ids import new_id
from tongzhou.tasks.models import KeptFile


class Severity(models.TextChoices):
    """How much a finding weighs."""

    MINOR = "minor", _("minor")
    SERIOUS = "serious", pgettext_lazy("of a finding", "serious")
    CRITICAL = "critical", pgettext_lazy("of a finding", "critical")


class FindingState(models.TextChoices):
    """Where a finding stands."""

    OPEN = "open", _("to be answered")
    ANSWERED = "answered", _("to be re-checked")
    CLOSED = "closed", pgettext_lazy("of a finding", "closed")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Finding(models.Model):
    """Something that is not as a rule demands. Its owner answers with proof by the deadline;
    somebody else looks again. ``cites`` holds what it rests on: kind, id and name of acts,
    tasks and measures."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.BigIntegerField(unique=True)
    what = models.TextField()
    item = models.TextField(blank=True)
    severity = models.TextField(choices=Severity.choices, default=Severity.SERIOUS)
    rule = models.TextField(blank=True)
    #: The version of a template in the library that the rule stands in.
    rule_version = models.UUIDField(null=True)
    cites = models.JSONField(default=list)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="findings")
    supervisor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.TextField(choices=FindingState.choices, default=FindingState.OPEN)
    #: By when the owner answers; a finding that is sent back gets a new one.
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    rounds = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner", "state", "due_at"], name="finding_owner"),
            models.Index(fields=["supervisor", "state", "due_at"], name="finding_supervisor"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.what}"

    @property
    def reference(self) -> str:
        """The number as people quote it."""
        return f"F-{self.number}"

    @property
    def is_open(self) -> bool:
        """True while somebody still has something to do."""
        return self.state in (FindingState.OPEN, FindingState.ANSWERED)

    @property
    def self_reported(self) -> bool:
        """True when the unit itself recorded its own mistake."""
        return self.supervisor_id == self.owner_id

    def relations_of(self, post: Post) -> frozenset[str]:
        """ "owner": has to answer; "own": the unit that recorded it; "line": above one of
        the two."""
        found = set()
        if post.unit_id == self.owner_id:
            found.add("owner")
        if post.unit_id == self.supervisor_id:
            found.add("own")
        if post.unit_id in (*self.owner.above, *self.supervisor.above):
            found.add("line")
        return frozenset(found)


class FindingAnswer(models.Model):
    """What the owner says was done, in one round."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="answers")
    round = models.PositiveSmallIntegerField()
    text = models.TextField()
    cites = models.JSONField(default=list)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "round"], name="answered_once_a_round")
        ]


class FindingCheck(models.Model):
    """What somebody else saw who looked again. ``passed``: it is closed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="checks")
    answer = models.OneToOneField(FindingAnswer, on_delete=models.CASCADE, related_name="check_of")
    passed = models.BooleanField()
    text = models.TextField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()


class Proof(KeptFile):
    """A file: evidence of a finding, or proof that comes with an answer."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="files")
    answer = models.ForeignKey(
        FindingAnswer, null=True, on_delete=models.CASCADE, related_name="files"
    )
    file = models.FileField(upload_to="findings/%Y/%m/")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", db_index=False)

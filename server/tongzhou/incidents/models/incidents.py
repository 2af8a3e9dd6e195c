"""Incidents with their levels and phases, and who has to do with them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tongzhou.actors.models import Named, Post, Unit
from tongzhou.incidents.models.words import in_language
from tongzhou.kernel.ids import new_id
from tongzhou.library.grades import Grade
from tongzhou.library.phases import Phase
from tongzhou.places.models import Area


class Incident(models.Model):
    """A public health emergency and its profile. Every change of grade and phase is a row
    of its own, so one incident can have several waves."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(unique=True, max_length=60)
    title_zh = models.TextField()
    title_en = models.TextField(blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="incidents")
    agent = models.TextField(blank=True)
    incubation_days = models.PositiveSmallIntegerField(null=True)
    severity = models.TextField(blank=True)
    uncertainty = models.TextField(blank=True)
    summary_zh = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    grade = models.TextField(choices=Grade.choices, blank=True)
    phase = models.TextField(choices=Phase.choices, default=Phase.WATCH)
    wave = models.PositiveSmallIntegerField(default=1)
    exercise = models.BooleanField(default=False)
    public = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    close_reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the active language, the other one where it has none."""
        return in_language(self.title_zh, self.title_en)

    def relations_of(self, post: Post) -> frozenset[str]:
        """How the post's unit stands to the incident: "owner", "line" (above the owner),
        "member" (of a working group), "tasked", "area" (a unit of its area)."""
        rows = self.parties.filter(unit_id=post.unit_id).values_list("relations", flat=True)
        return frozenset(name for row in rows for name in row)

    @property
    def is_open(self) -> bool:
        """True until it is closed."""
        return self.closed_at is None


class IncidentParty(models.Model):
    """That a unit has to do with an incident, and how: what makes it visible to the unit."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="parties")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT)
    relations = ArrayField(models.TextField(), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "incident"], name="incident_party")]


class GradeChange(models.Model):
    """A response level set: criterion, approver, legal basis, and until when it holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="grades")
    grade = models.TextField(choices=Grade.choices)
    criterion = models.TextField()
    legal_basis = models.TextField()
    approver = models.ForeignKey(Post, on_delete=models.PROTECT)
    at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    #: Set by a lower level to begin at once, until the competent one has decided.
    provisional = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["incident", "-at"], name="grade_history")]


class PhaseChange(models.Model):
    """A phase entered, with its reason; ``wave`` counts the times that "respond" began."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="phases")
    phase = models.TextField(choices=Phase.choices)
    wave = models.PositiveSmallIntegerField()
    reason = models.TextField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT)
    at = models.DateTimeField()


class WorkingGroup(Named):
    """Units that work together under a chair until the group is dissolved."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="groups")
    purpose = models.TextField(blank=True)
    chair = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="chairs")
    members = models.ManyToManyField(Unit, related_name="working_groups")
    formed_at = models.DateTimeField()
    dissolved_at = models.DateTimeField(null=True)

"""Templates, their versions, and the country profile in use."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from tongzhou.actors.models import Post
from tongzhou.kernel.ids import new_id
from tongzhou.library.document import Confidence, Force


class Template(models.Model):
    """What is versioned: one key of one kind, for one jurisdiction (a country profile, an
    area, or everywhere)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.TextField()
    key = models.TextField()
    jurisdiction = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "jurisdiction"], name="one_template_of_a_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key} ({self.jurisdiction})"


class TemplateVersion(models.Model):
    """A version, never changed (the database holds to it): who needs other words publishes
    the next one, with a reason.

    ``valid_from`` and ``valid_to`` are what it says of itself. ``until`` is the last day on
    which it is in force: it comes forward when a later version takes its place, to the day
    before the first of that version – before ``valid_from`` where it was replaced from its
    first day on. Of one template no day is covered twice.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title_zh = models.TextField()
    title_en = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    until = models.DateField(null=True)
    legal_force = models.TextField(choices=Force.choices)
    source_text = models.TextField()
    source_url = models.TextField(blank=True)
    confidence = models.TextField(choices=Confidence.choices)
    marks = models.JSONField(default=dict)
    #: JSON as it was written: a column of JSON would lose the order of what stands in it.
    body = models.TextField()
    #: SHA-256 of what the version says, by which an unchanged file is known again.
    digest = models.TextField()
    #: The version that the shipped file gives itself; None for what people published.
    shipped = models.PositiveIntegerField(null=True)
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    reason = models.TextField(blank=True)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="one_version_of_a_number"),
            models.UniqueConstraint(
                fields=["template", "shipped"],
                condition=Q(shipped__isnull=False),
                name="shipped_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="dates_in_order",
            ),
        ]

    @property
    def title(self) -> str:
        """The title in the active language."""
        return self.title_zh if (get_language() or "").startswith("zh") else self.title_en


class ProfileChoice(models.Model):
    """Which country profile was chosen, when, by whom and why. The last one holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    profile = models.TextField()
    reason = models.TextField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-at", "-id"], name="profile_latest")]

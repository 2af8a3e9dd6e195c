"""What hospitals say of themselves: one row for each time, the last one counts."""

from django.db import models

from tongzhou.actors.models import Post, Unit
from tongzhou.kernel.ids import new_id
from tongzhou.needs.choices import Channel, Emergency, Supply


def count(**options: object) -> "models.PositiveIntegerField":  # type: ignore[type-arg]
    """A number of things; None: not said."""
    return models.PositiveIntegerField(null=True, blank=True, **options)  # type: ignore[arg-type]


class HospitalStatus(models.Model):
    """Ten figures of a hospital at ``as_of``, in the words of EDXL-HAVE. None is "not said" and
    never zero."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="hospital_statuses")
    beds = count()
    beds_free = count()
    isolation_free = count()
    icu_free = count()
    ventilators_free = count()
    dialysis_free = count()
    staff = models.TextField(choices=Supply.choices, blank=True)
    drugs = models.TextField(choices=Supply.choices, blank=True)
    oxygen = models.TextField(choices=Supply.choices, blank=True)
    emergency = models.TextField(choices=Emergency.choices, blank=True)
    as_of = models.DateTimeField()
    at = models.DateTimeField()
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+",
                             db_index=False)  # fmt: skip
    channel = models.TextField(choices=Channel.choices, default=Channel.WEB)
    source = models.CharField(max_length=200, blank=True)
    exercise = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "as_of", "exercise"], name="one_hospital_status_of_a_moment"
            )
        ]
        indexes = [models.Index(fields=["unit", "-as_of"], name="hospital_latest")]

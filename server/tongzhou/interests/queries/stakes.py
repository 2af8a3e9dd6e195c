"""Stakes: a list, one with its versions, and the matters that one can be stated in."""

from uuid import UUID

from django.db.models import Q

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models import Incident, Measure
from tongzhou.incidents.queries import lists
from tongzhou.interests import access
from tongzhou.interests.models import Stake, StakeVersion
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import NotFound

RELATED = ("unit__area", "incident", "measure", "area")


def listed(
    *,
    visible_to: Post,
    q: str = "",
    incident: str = "",
    show: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Slice[Stake]:
    """Stakes by number, the latest first; ``q`` in unit names and texts; ``incident`` a code;
    ``show``: "" those that hold, "own", "confirm" (ours to confirm), "withdrawn". One query.
    Raises CursorInvalid."""
    found = access.stakes(visible_to).select_related(*RELATED).defer(
        "area__boundary", "area__profile", "unit__area__boundary", "unit__area__profile"
    )  # fmt: skip
    for word in q.split()[:8]:
        matching = (
            Q(stake__icontains=word) | Q(unit__name_zh__icontains=word)
            | Q(unit__name_en__icontains=word) | Q(area__name_zh__icontains=word)
            | Q(area__name_en__icontains=word)
        )  # fmt: skip
        found = found.filter(matching)
    if incident:
        found = found.filter(incident__code=incident)
    found = found.filter(withdrawn_at__isnull=show != "withdrawn")
    if show in ("own", "confirm"):
        found = found.filter(unit=visible_to.unit_id)
    if show == "confirm":
        found = found.filter(confirmed_at=None)
    return slice_of(found, by=[("number", int)], cursor=cursor, limit=limit, descending=True)


def find(number: int, *, visible_to: Post) -> Stake:
    """One stake. Raises NotFound."""
    found = access.stakes(visible_to).select_related(*RELATED, "post__unit")
    stake = found.filter(number=number).first() if number < 2**62 else None
    if stake is None:
        raise NotFound()
    return stake


def versions(stake: Stake) -> list[StakeVersion]:
    """What was said, the latest first."""
    return list(stake.versions.select_related("post__unit").order_by("-version"))


def to_confirm(*, visible_to: Post) -> int:
    """How many wait for the post's unit to confirm them."""
    mine = access.stakes(visible_to).filter(unit=visible_to.unit_id)
    return mine.filter(confirmed_at=None, withdrawn_at=None).count()


def others(*, visible_to: Post, limit: int = 200) -> list[Stake]:
    """The stakes that hold and that the post may see, for a choice: the matters together."""
    found = access.stakes(visible_to).filter(withdrawn_at=None)
    rows = found.select_related("unit", "incident", "measure", "area")
    return list(rows.order_by("incident_id", "area__path", "number")[:limit])


def below(*, visible_to: Post, limit: int = 300) -> list[Unit]:
    """The units below the post's, for which it may record."""
    found = Unit.objects.filter(line__contains=[visible_to.unit_id], active=True)
    return list(found.exclude(id=visible_to.unit_id).order_by("code")[:limit])


def matters(*, visible_to: Post) -> tuple[list[Incident], list[Measure]]:
    """The open incidents that the post may see, and their measures that are not lifted."""
    incidents = lists.codes(visible_to=visible_to)
    measures = Measure.objects.filter(incident__in=incidents, lifted_at=None)
    return incidents, list(measures.select_related("incident", "area").order_by("starts_at")[:200])


def incident_of(code: str, *, visible_to: Post) -> Incident | None:
    """The incident of a code, None for an empty one. Raises NotFound, ExerciseOnly, RealOnly."""
    return lists.find(code, visible_to=visible_to) if code else None


def measure_of(id: UUID, *, visible_to: Post) -> Measure:
    """A measure of an incident that the post may see. Raises NotFound."""
    found = Measure.objects.select_related("incident", "area").filter(
        id=id, incident__in=lists.visible(visible_to)
    )
    measure = found.first()
    if measure is None:
        raise NotFound(field="measure")
    return measure

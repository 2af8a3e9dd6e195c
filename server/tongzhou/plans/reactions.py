"""What acts of this room are about, for lines of the ledger in any room, and what this room
does when something happens in another: the incubation of an incident changes."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.sentences import Subject, subjects
from tongzhou.ledger.follow import Sealed, follower
from tongzhou.ledger.queries import Line
from tongzhou.library import queries as library
from tongzhou.plans.actions.follow_incubation import follow_incubation
from tongzhou.plans.models import StandUp


@subjects("plan")
def _plans(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = StandUp.objects.select_related("incident").filter(
        id__in={line.act.about_id for line in lines}
    )
    return {
        stand.id: Subject(
            str(library.version(stand.version).title),
            reverse("incident-plans", args=[stand.incident.code]),
        )
        for stand in found
    }


@follower("plans.windows", title=_("Measures end with the incubation period"))
def windows_follow(acts: Sequence[Sealed]) -> None:
    """The expiry of measures follows a changed incubation."""
    for act in acts:
        if act.by_post is None:
            continue
        if act.type == "incident.edited.v1" and "incubation_days" in act.data.get("changes", {}):
            by = Post.objects.get(id=act.by_post)
            follow_incubation(incident=act.about_id, by=by, at=act.at)

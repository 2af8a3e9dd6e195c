"""Accountability entries: for the person concerned, the head of the unit and supervisors."""

from datetime import datetime

from django.db.models import Q, QuerySet

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import Role
from tongzhou.incidents.queries.lists import of_world
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import NotFound
from tongzhou.oversight.models import AccountabilityEntry, EntryReply, EntryState, Ground
from tongzhou.oversight.models.accountability import HEADS

IN_EFFECT = (EntryState.OPEN, EntryState.REPLIED, EntryState.CLOSED)


def visible(post: Post) -> QuerySet[AccountabilityEntry, AccountabilityEntry]:
    """The entries that the post may read: the same as ``relations_of`` says of each."""
    mine = Q(post__person_id=post.person_id)
    seen = mine & Q(state__in=IN_EFFECT)
    if post.role in HEADS:
        seen |= ~mine & Q(unit=post.unit_id, state__in=IN_EFFECT)
    if post.role in (Role.SUPERVISOR, Role.COMMANDER):
        seen |= ~mine & Q(supervisor__line__contains=[post.unit_id])
    return AccountabilityEntry.objects.filter(seen, of_world(post))


def listed(
    *,
    visible_to: Post,
    show: str = "",
    ground: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Slice[AccountabilityEntry]:
    """Entries, the latest first; ``show`` is a state, or empty for all. Raises
    CursorInvalid."""
    found = visible(visible_to).select_related("post__unit", "post__person", "unit", "supervisor")
    if show in EntryState.values:
        found = found.filter(state=show)
    if ground in Ground.values:
        found = found.filter(ground=ground)
    return slice_of(found, by=[("number", int)], cursor=cursor, limit=limit, descending=True)


def find(number: int, *, visible_to: Post) -> AccountabilityEntry:
    """One entry. Raises NotFound."""
    found = visible(visible_to).select_related(
        "post__unit",
        "post__person",
        "unit",
        "supervisor",
        "incident",
        "signal",
        "opened_by__unit",
        "seconded_by__unit",
        "closed_by__unit",
    )
    entry = found.filter(number=number).first() if number < 2**62 else None
    if entry is None:
        raise NotFound()
    return entry


def replies(entry: AccountabilityEntry) -> list[EntryReply]:
    """What the person said, in order."""
    return list(entry.replies.select_related("post").order_by("at", "id"))


def about_me(*, visible_to: Post) -> QuerySet[AccountabilityEntry, AccountabilityEntry]:
    """The entries about the person of the post that wait for a reply."""
    return AccountabilityEntry.objects.filter(
        of_world(visible_to), post__person_id=visible_to.person_id, state=EntryState.OPEN
    ).order_by("due_at")


def posts_of(unit: Unit, *, but: Post, at: datetime) -> list[Post]:
    """The posts of a unit that an entry can be about, without those of the person who asks."""
    found = Post.objects.filter(unit=unit, starts_at__lte=at).exclude(person_id=but.person_id)
    return list(found.select_related("person", "unit__area").order_by("role", "starts_at"))

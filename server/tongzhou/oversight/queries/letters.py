"""Supervision letters: a list, and one of them."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from tongzhou.actors.models import Post
from tongzhou.incidents.queries.lists import of_world
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import NotFound
from tongzhou.oversight.models import Letter, LetterState


def visible(post: Post) -> QuerySet[Letter, Letter]:
    """The letters that the post's unit, or one below it, sent or received."""
    unit = post.unit_id
    return Letter.objects.filter(
        Q(recipient__line__contains=[unit]) | Q(sender__line__contains=[unit]), of_world(post)
    )


def listed(
    *,
    visible_to: Post,
    at: datetime,
    q: str = "",
    show: str = "",
    relation: str = "",
    late: bool = False,
    cursor: str = "",
    limit: int = 50,
) -> Slice[Letter]:
    """Letters, the latest first; ``show`` is a state, or empty for all; ``relation`` "owner"
    (to my unit) or "own" (from it). Raises CursorInvalid."""
    found = visible(visible_to).select_related("sender", "recipient")
    for word in q.split()[:8]:
        found = found.filter(Q(subject__icontains=word) | Q(body__icontains=word))
    if show in LetterState.values:
        found = found.filter(state=show)
    if relation == "owner":
        found = found.filter(recipient=visible_to.unit_id)
    if relation == "own":
        found = found.filter(sender=visible_to.unit_id)
    if late:
        found = found.filter(state=LetterState.SENT, due_at__lt=at)
    by: list[tuple[str, type[datetime] | type[UUID]]] = [("sent_at", datetime), ("id", UUID)]
    return slice_of(found, by=by, cursor=cursor, limit=limit, descending=True)


def find(id: UUID, *, visible_to: Post) -> Letter:
    """One letter with its units. Raises NotFound."""
    found = visible(visible_to).select_related(
        "sender", "recipient", "incident", "post__unit", "answer_post__unit"
    )
    letter = found.filter(id=id).first()
    if letter is None:
        raise NotFound()
    return letter


def waiting(*, visible_to: Post) -> QuerySet[Letter, Letter]:
    """What the post's unit must answer, the most urgent first."""
    found = visible(visible_to).filter(recipient=visible_to.unit_id, state=LetterState.SENT)
    return found.order_by("due_at")

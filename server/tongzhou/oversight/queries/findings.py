"""Findings: a list, one of them, and what waits."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from tongzhou.actors.models import Post
from tongzhou.incidents.queries.lists import of_world
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import NotFound
from tongzhou.oversight.models import Finding, FindingAnswer, FindingState, Proof

OPEN: Final = (FindingState.OPEN, FindingState.ANSWERED)


def visible(post: Post) -> QuerySet[Finding, Finding]:
    """The findings that concern the post's unit: recorded by it, about it, or about or by a
    unit below it."""
    unit = post.unit_id
    return Finding.objects.filter(
        Q(owner__line__contains=[unit]) | Q(supervisor__line__contains=[unit]), of_world(post)
    )


def listed(
    *,
    visible_to: Post,
    at: datetime,
    q: str = "",
    show: str = "",
    severity: str = "",
    unit: str = "",
    relation: str = "",
    late: bool = False,
    cursor: str = "",
    limit: int = 50,
) -> Slice[Finding]:
    """Findings by number, the latest first: whose text or number holds ``q``; ``show`` is a
    state, "pending" for those that are open, or empty for all; ``relation`` "owner" or
    "own". Raises CursorInvalid."""
    found = visible(visible_to).select_related("owner", "supervisor", "incident")
    for word in q.split()[:8]:
        found = found.filter(_matching(word))
    if show in FindingState.values:
        found = found.filter(state=show)
    elif show == "pending":
        found = found.filter(state__in=OPEN)
    if severity:
        found = found.filter(severity=severity)
    if unit:
        found = found.filter(owner__code=unit)
    if relation == "owner":
        found = found.filter(owner=visible_to.unit_id)
    if relation == "own":
        found = found.filter(supervisor=visible_to.unit_id)
    if late:
        found = found.filter(state=FindingState.OPEN, due_at__lt=at)
    return slice_of(found, by=[("number", int)], cursor=cursor, limit=limit, descending=True)


def _matching(word: str) -> Q:
    digits = word.upper().removeprefix("F").removeprefix("-")
    found = Q(what__icontains=word) | Q(item__icontains=word) | Q(rule__icontains=word)
    if digits.isascii() and digits.isdigit() and len(digits) < 16:
        found |= Q(number=int(digits))
    return found


def find(number: int, *, visible_to: Post) -> Finding:
    """One finding with its units. Raises NotFound."""
    found = visible(visible_to).select_related("owner", "supervisor", "incident", "post__unit")
    finding = found.filter(number=number).first() if number < 2**62 else None
    if finding is None:
        raise NotFound()
    return finding


def rounds(finding: Finding) -> list[FindingAnswer]:
    """The answers with their files and checks, the latest first."""
    found = finding.answers.select_related("post__unit", "post__person", "check_of__post__unit")
    return list(found.prefetch_related("files").order_by("-round"))


def evidence(finding: Finding) -> list[Proof]:
    """The files that came with the finding itself."""
    return list(finding.files.filter(answer=None).order_by("at", "id"))


def file(id: UUID, *, visible_to: Post) -> Proof:
    """A file of a finding that the post may see. Raises NotFound."""
    proof = Proof.objects.filter(id=id, finding__in=visible(visible_to)).first()
    if proof is None:
        raise NotFound()
    return proof


def waiting(*, visible_to: Post) -> QuerySet[Finding, Finding]:
    """What the post's unit must answer, the most urgent first."""
    mine = visible(visible_to).filter(owner=visible_to.unit_id)
    found = mine.filter(state=FindingState.OPEN)
    return found.order_by("due_at")

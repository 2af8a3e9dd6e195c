"""Requests for money and transfers: lists, one of them, and what they are for."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import FUND_APPROVE, FUND_KEEP
from tongzhou.funds.choices import SpendingState, TransferState, Work
from tongzhou.funds.models import Evidence, Payment, Spending, Transfer
from tongzhou.funds.queries import claims
from tongzhou.incidents.queries.lists import of_world
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import Invalid, NotFound
from tongzhou.tasks import queries as tasks

_TASK: Final = re.compile(r"^T-?(\d{1,18})$", re.IGNORECASE)
_CLAIM: Final = re.compile(r"^C-?(\d{1,18})$", re.IGNORECASE)
RELATED: Final = ("fund__owner", "asker", "payee", "payment")


class WorkUnknown(Invalid):
    """Something that money cannot be asked for."""

    code = "spending-for-unknown"
    message = _("“%(text)s” is no task (T-1001) or claim (C-1001) that you can see.")


@dataclass(frozen=True)
class For:
    """What money is asked for: kind, id, and the name it has now."""

    kind: str = ""
    id: UUID | None = None
    label: str = ""


def visible(post: Post) -> QuerySet[Spending, Spending]:
    """Requests that concern the post's unit: of its funds or of those below it, by it or by a
    unit below it, or to pay it."""
    unit = post.unit_id
    concerned = (
        Q(fund__owner__line__contains=[unit]) | Q(asker__line__contains=[unit]) | Q(payee=unit)
    )
    return Spending.objects.filter(concerned, of_world(post))


def listed(
    *,
    visible_to: Post,
    at: datetime,
    q: str = "",
    show: str = "",
    purpose: str = "",
    fund: str = "",
    receipt: str = "",
    relation: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Slice[Spending]:
    """Requests by number, the latest first. ``show``: a state, or "pending"; ``receipt``:
    "missing", or "late" past its day; ``relation``: "decide" (ours to decide), "pay" (ours to
    pay), "asked" (by us). One query. Raises CursorInvalid."""
    found = visible(visible_to).select_related(*RELATED)
    for word in q.split()[:8]:
        digits = re.sub(r"^S-?", "", word, flags=re.IGNORECASE)
        matching = Q(title__icontains=word) | Q(for_label__icontains=word)
        if digits.isascii() and digits.isdigit() and len(digits) < 16:
            matching |= Q(number=int(digits))
        found = found.filter(matching)
    if show == "pending":
        found = found.filter(state__in=(SpendingState.ASKED, SpendingState.APPROVED))
    elif show:
        found = found.filter(state=show)
    if purpose:
        found = found.filter(purpose=purpose)
    if fund:
        found = found.filter(fund__code=fund)
    if receipt:
        found = found.filter(payment__receipt_at=None, state=SpendingState.PAID)
    if receipt == "late":
        found = found.filter(payment__receipt_due_at__lt=at)
    if relation == "asked":
        found = found.filter(asker=visible_to.unit_id)
    elif relation in ("decide", "pay"):
        state = SpendingState.ASKED if relation == "decide" else SpendingState.APPROVED
        found = found.filter(fund__owner__line__contains=[visible_to.unit_id], state=state)
    return slice_of(found, by=[("number", int)], cursor=cursor, limit=limit, descending=True)


def find(number: int, *, visible_to: Post) -> Spending:
    """One request with what a page shows of it. Raises NotFound."""
    found = visible(visible_to).select_related(
        *RELATED, "fund__owner__area", "fund__area", "fund__incident", "area", "incident",
        "post__unit", "post__person", "decider__unit", "payment__post__unit",
    )  # fmt: skip
    spending = found.filter(number=number).first() if number < 2**62 else None
    if spending is None:
        raise NotFound()
    return spending


def payment_of(spending: Spending) -> Payment | None:
    """What was paid on it."""
    return getattr(spending, "payment", None)


def receipts(spending: Spending) -> list[Evidence]:
    """The receipts of what was paid."""
    payment = payment_of(spending)
    if payment is None:
        return []
    return list(payment.receipts.order_by("at", "id"))


def file(id: UUID, *, visible_to: Post) -> Evidence:
    """A receipt, or evidence of a claim, that the post may see. Raises NotFound."""
    of_payment = Q(payment__spending__in=visible(visible_to))
    found = Evidence.objects.filter(
        of_payment | Q(claim__in=claims.visible(visible_to)), id=id
    ).first()
    if found is None:
        raise NotFound()
    return found


def named(text: str, *, visible_to: Post) -> For:
    """What a number stands for: T-1001 a task, C-1001 a claim. Raises WorkUnknown."""
    written = text.strip()
    if not written:
        return For()
    try:
        if match := _TASK.match(written):
            task = tasks.task_for(visible_to=visible_to, number=int(match[1]))
            return For(Work.TASK, task.id, f"{task.reference} {task.title}"[:300])
        if match := _CLAIM.match(written):
            claim = claims.find(int(match[1]), visible_to=visible_to)
            return For(Work.CLAIM, claim.id, str(claim)[:300])
    except NotFound as error:
        raise WorkUnknown(field="for_what", text=written[:80]) from error
    raise WorkUnknown(field="for_what", text=written[:80])


def transfers(*, visible_to: Post, limit: int = 100) -> list[Transfer]:
    """Transfers that concern the post's unit, those to decide first."""
    unit = visible_to.unit_id
    concerned = (
        Q(source__owner__line__contains=[unit])
        | Q(target__owner__line__contains=[unit])
        | Q(asker=unit)
    )
    found = Transfer.objects.filter(concerned, of_world(visible_to, by="source__incident"))
    rows = found.select_related("source__owner", "target__owner", "asker")
    return sorted(rows.order_by("-number")[:limit], key=lambda t: t.state != TransferState.ASKED)


def transfer(number: int, *, visible_to: Post) -> Transfer:
    """One transfer. Raises NotFound."""
    unit = visible_to.unit_id
    concerned = (
        Q(source__owner__line__contains=[unit])
        | Q(target__owner__line__contains=[unit])
        | Q(asker=unit)
    )
    found = Transfer.objects.filter(concerned, of_world(visible_to, by="source__incident"))
    rows = found.select_related("source__owner", "target__owner", "asker", "post__person")
    one = rows.filter(number=number).first() if number < 2**62 else None
    if one is None:
        raise NotFound()
    return one


@dataclass(frozen=True)
class Waiting:
    """What waits for the post's unit: to decide, to pay, receipts to hand in, transfers."""

    decide: int
    pay: int
    receipts: int
    transfers: int


def waiting(*, visible_to: Post) -> Waiting:
    """Counts of what the post's unit has to do. One query each."""
    mine = visible(visible_to)
    unit = visible_to.unit_id
    own = Q(fund__owner=unit)
    decides = permissions.holds(visible_to, FUND_APPROVE)
    keeps = permissions.holds(visible_to, FUND_KEEP)
    return Waiting(
        decide=mine.filter(own, state=SpendingState.ASKED).count() if decides else 0,
        pay=mine.filter(own, state=SpendingState.APPROVED).count() if keeps else 0,
        receipts=mine.filter(
            asker=unit, state=SpendingState.PAID, payment__receipt_at=None
        ).count(),
        transfers=Transfer.objects.filter(
            source__owner=unit, state=TransferState.ASKED
        ).count() if decides else 0,
    )  # fmt: skip

"""What a closed case costs, by its kind: hours from acceptance to the end, and the money paid
for it; before one day and from another on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import (
    Avg,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
)
from django.utils import timezone

from tongzhou.actors.models import Post
from tongzhou.funds.choices import Work
from tongzhou.funds.models import Payment
from tongzhou.tasks import queries as tasks
from tongzhou.tasks.models import Form
from tongzhou.tasks.models import Work as Kind

#: Fewer cases say nothing.
FEWEST: Final = 3


@dataclass(frozen=True)
class Cost:
    """Cases of a kind that were closed in a span: ``n`` of them; the mean hours, of which
    ``no_hours`` have none; the money paid for them in all, ``paid`` of them with any."""

    n: int
    hours: float | None
    no_hours: int
    money: int
    paid: int

    @property
    def each(self) -> int | None:
        """Money for each case; None where there are too few, or nothing was paid for any."""
        return self.money // self.n if self.n >= FEWEST and self.paid else None

    @property
    def shown_hours(self) -> float | None:
        """The mean, where there are enough cases."""
        return self.hours if self.n - self.no_hours >= FEWEST else None


NONE: Final = Cost(0, None, 0, 0, 0)


@dataclass(frozen=True)
class Row:
    """A kind of case, before and after."""

    form: str
    work: str
    before: Cost
    after: Cost


@dataclass(frozen=True)
class Costs:
    """All kinds, and the two days."""

    rows: list[Row]
    before: date
    after: date


def closed(*, visible_to: Post, before: date, after: date) -> Costs:
    """Tasks, tickets and whistles that the post may see and that were done: before the one
    day, and from the other on. Two queries however many cases."""
    first, second = (
        _spans(visible_to, Q(done_at__lt=_start(before))),
        _spans(visible_to, Q(done_at__gte=_start(after))),
    )
    keys = sorted(first.keys() | second.keys())
    return Costs(
        rows=[
            Row(
                str(Form(form).label), str(Kind(work).label),
                first.get((form, work), NONE), second.get((form, work), NONE),
            )
            for form, work in keys
        ],
        before=before,
        after=after,
    )  # fmt: skip


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _spans(post: Post, span: Q) -> Mapping[tuple[str, str], Cost]:
    paid = (
        Payment.objects.filter(spending__for_kind=Work.TASK, spending__for_id=OuterRef("id"))
        .order_by()
        .values("spending__for_id")
        .annotate(sum=Sum(F("amount") - F("returned")))
        .values("sum")
    )
    taken = ExpressionWrapper(F("done_at") - F("accepted_at"), output_field=DurationField())
    rows = (
        tasks.visible(post)
        .filter(span, merged_into=None)
        .annotate(paid=Subquery(paid))
        .order_by()
        .values("form", "work")
        .annotate(
            n=Count("id"),
            length=Avg(taken),
            timed=Count("accepted_at"),
            money=Sum("paid"),
            with_money=Count("paid"),
        )
    )
    return {(row["form"], row["work"]): _cost(row) for row in rows}


def _cost(row: Mapping[str, Any]) -> Cost:
    length = row["length"]
    return Cost(
        n=row["n"],
        hours=length.total_seconds() / 3600 if length is not None else None,
        no_hours=row["n"] - row["timed"],
        money=row["money"] or 0,
        paid=row["with_money"],
    )

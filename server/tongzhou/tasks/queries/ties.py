"""Acts outside of every mandate: who asked whom for duties that somebody else, or nobody, is
charged with. The analysis calls such ties emergent."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from tongzhou.actors.models import Post
from tongzhou.tasks.queries.details import visible
from tongzhou.tasks.queries.rows import Label

MOST = 100


@dataclass(frozen=True, slots=True)
class Tie:
    """A pair of units and a duty; how many tasks, of them with another unit passed over."""

    asker: Label
    lead: Label
    duty: Label
    count: int
    last: datetime


def emergent_ties(*, visible_to: Post) -> list[Tie]:
    """The pairs among the tasks that the post may see, the most frequent first; one query."""
    found = visible(visible_to).filter(mandate__startswith="emergent")
    pair = (
        "asker__code", "asker__name_zh", "asker__name_en", "asker__sector",
        "lead__code", "lead__name_zh", "lead__name_en", "lead__sector",
        "duty__code", "duty__name_zh", "duty__name_en",
    )  # fmt: skip
    rows = (
        found.values_list(*pair)
        .annotate(count=Count("id"), last=Max("dispatched_at"))
        .order_by("-count", *pair)[:MOST]
    )
    return [
        Tie(Label(*row[:4]), Label(*row[4:8]), Label(*row[8:11]), row[11], row[12]) for row in rows
    ]

"""Notices of a unit: the follower that writes them, and reading them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from tongzhou.delivery.models import Notice
from tongzhou.ledger.follow import Sealed, follower

_MOST = 99
_UNREAD = """
    SELECT count(*) FROM
    (SELECT FROM delivery_notice WHERE unit = %s AND read_at IS NULL AND exercise = %s
    LIMIT %s) unread
"""


@follower("notices", title=_("Notices to units"))
def write(acts: Sequence[Sealed]) -> None:
    """One notice for each unit that an act is addressed to, other than the one that acted.
    Run twice over the same act, it writes once."""
    Notice.objects.bulk_create(
        [
            Notice(
                unit=unit,
                act=act.id,
                position=act.position,
                type=act.type,
                by_unit=act.by_unit,
                about_kind=act.about_kind,
                about_id=act.about_id,
                at=act.at,
                exercise=bool(act.data.get("exercise")),
            )
            for act in acts
            # What is no collaboration (having seen a task, say) is no news either.
            if act.kind
            for unit in act.with_units
            if unit != act.by_unit
        ],
        ignore_conflicts=True,
    )


def unread(*, unit: UUID, exercise: bool = False) -> int:
    """How many notices of the unit are unread, counted up to 99: of real acts, or of those in
    exercises. Every page asks."""
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD, [unit, exercise, _MOST])
        (found,) = cursor.fetchone()
    return int(found)


def latest(*, unit: UUID, exercise: bool = False, limit: int = 30) -> list[Notice]:
    """The latest notices of a unit: of real acts, or of those in exercises."""
    return list(Notice.objects.filter(unit=unit, exercise=exercise).order_by("-position")[:limit])


def mark_read(*, unit: UUID, at: datetime, exercise: bool = False) -> int:
    """Marks all notices of a unit as read, of real acts or of those in exercises; returns how
    many were not."""
    unread_ones = Notice.objects.filter(unit=unit, read_at__isnull=True, exercise=exercise)
    return unread_ones.update(read_at=at)

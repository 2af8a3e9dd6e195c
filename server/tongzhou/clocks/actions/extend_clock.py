from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import CLOCK_EXTEND
from tongzhou.clocks.acts import CLOCK_EXTENDED
from tongzhou.clocks.firing import lines_of, run_all, save, write
from tongzhou.clocks.models import Clock, Extension, State
from tongzhou.clocks.rules import Book
from tongzhou.clocks.running import set_due
from tongzhou.kernel.errors import Conflict, Invalid, ReasonMissing
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append

#: Further ahead a limit is none.
LONGEST: Final = timedelta(days=366)
LONGEST_REASON: Final = 2000


class ClockOver(Conflict):
    """The clock does not run any more."""

    code = "clock-over"
    message = _("This time limit is over: it was kept, cancelled or has ended.")


class ClockFollowsObject(Conflict):
    """The end of the clock is the due time of its object."""

    code = "clock-follows-object"
    message = _("This limit ends with the due time of what it is about. Change that instead.")


class ExtendedTooEarly(Invalid):
    """A new end that does not lie behind the old one, or lies in the past."""

    code = "clock-extended-too-early"
    message = _("The new end must lie ahead, and later than the present one.")


class ExtendedTooFar(Invalid):
    """A new end that nobody would wait for."""

    code = "clock-extended-too-far"
    message = _("A limit can be extended by a year at most.")


class ReasonTooLong(Invalid):
    """A reason that nobody would read."""

    code = "reason-too-long"
    message = _("The reason is longer than %(limit)s characters.")


def extend_clock(*, clock: Clock, due_at: datetime, reason: str, by: Post, at: datetime) -> Clock:
    """Whoever waits, or stands above, gives more time. A limit that was missed and goes on
    runs again; that it was missed stays in the ledger. Raises NotFound, NotAllowed,
    ReasonMissing, ReasonTooLong, ClockOver, ClockFollowsObject, ExtendedTooEarly,
    ExtendedTooFar."""
    said = reason.strip()
    with transaction.atomic():
        locked = Clock.objects.select_for_update(of=("self",), no_key=True).get(id=clock.id)
        permissions.require(by=by, word=CLOCK_EXTEND, on=locked)
        if not said:
            raise ReasonMissing(field="reason")
        if len(said) > LONGEST_REASON:
            raise ReasonTooLong(field="reason", limit=LONGEST_REASON)
        book = Book()
        if locked.is_open:
            # What was due before comes first: that it was missed is not undone.
            owners = lines_of(locked.owners)
            write(run_all([locked], until=at, book=book, lines=owners))
        if not locked.is_open:
            raise ClockOver()
        rule = book.of_clock(locked.rule, locked.version)
        if rule.until is not None:
            raise ClockFollowsObject()
        if due_at <= max(at, locked.due_at):
            raise ExtendedTooEarly(field="due_at")
        if due_at > at + LONGEST:
            raise ExtendedTooFar(field="due_at")
        extension = Extension(
            id=new_id(),
            clock=locked,
            post=by,
            reason=said,
            was_due_at=locked.due_at,
            due_at=due_at,
            at=at,
        )
        extension.save(force_insert=True)
        was = locked.due_at
        missed = locked.state == State.MISSED
        calendar = book.calendar(rule, locked.started_at)
        set_due(locked, rule, due_at=due_at, at=at, calendar=calendar)
        locked.extended += 1
        save([locked])
        append(
            CLOCK_EXTENDED,
            at=at,
            about=(locked.about_kind, locked.about_id),
            **by.signs(),
            with_units=locked.owners,
            incident=locked.incident,
            phase=locked.phase,
            area=locked.area,
            basis="agreement",
            asked_at=locked.started_at,
            due_at=due_at,
            outcome="missed before" if missed else "in time",
            audience=locked.parties,
            data={
                **locked.data,
                "clock": str(locked.id),
                "rule": locked.rule,
                "version": str(locked.version),
                "was_due_at": was.isoformat(),
                "note": str(extension.id),
                **({"exercise": True} if locked.exercise else {}),
            },
        )
    return locked

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import NEED_ASK
from tongzhou.catalogue import queries as catalogue
from tongzhou.kernel.errors import Conflict, NotFound, NothingChanged
from tongzhou.needs import access
from tongzhou.needs.actions.ask_for import (
    AskedTwice,
    Wanted,
    amounts_of,
    lines_of,
    require_priority,
    written,
)
from tongzhou.needs.actions.change import (
    REASON,
    begin,
    bounded,
    reason_given,
    record,
    require_ahead,
)
from tongzhou.needs.actions.covering import tell_cover
from tongzhou.needs.acts import NEED_CHANGED
from tongzhou.needs.choices import RevisionEvent
from tongzhou.needs.models import Need, NeedLine, Revision


class LessThanReceived(Conflict):
    """Less is asked for than came already."""

    code = "less-than-received"
    message = _("%(received)s of %(item)s were received already; the amount cannot be below.")


def change_need(
    *,
    need: Need,
    why: str,
    by: Post,
    at: datetime,
    amounts: Mapping[UUID, Wanted] | None = None,
    more: Sequence[Wanted] = (),
    drop: Sequence[UUID] = (),
    needed_by: datetime | None = None,
    priority: int | None = None,
    reason: str | None = None,
) -> Need:
    """Changes what is asked, with the reason ``why``: amounts of lines (by their ids), ``more``
    lines, lines to ``drop``, and until when and how urgently. What was asked before stays in the
    revisions; saying anything anew also confirms the need. Raises NotFound, NotAllowed,
    NeedNotOpen, ReasonMissing, NothingChanged, LessThanReceived, and as ``ask_for``."""
    reason_given(why, field="why")
    with transaction.atomic():
        need = begin(need, by=by, word=NEED_ASK)
        lines = {
            line.id: line
            for line in need.lines.select_for_update(of=("self",)).select_related("item")
        }
        before = (need.needed_by, need.priority, need.reason)
        if needed_by is not None and needed_by != need.needed_by:
            require_ahead(needed_by, at=at, field="needed_by")
            need.needed_by = needed_by
        if reason is not None:
            need.reason = bounded(reason, field="reason", limit=REASON)
        if priority is not None:
            need.priority = priority
        require_priority(need.priority, need.reason)
        revised = _amounts(lines, amounts or {}) + _dropped(lines, drop, at=at)
        fresh = _more(need, lines, more)
        if not revised and not fresh and before == (need.needed_by, need.priority, need.reason):
            raise NothingChanged()
        need.confirmed_at, need.doubted_at = at, None
        need.save(update_fields=["needed_by", "priority", "reason", "confirmed_at", "doubted_at"])
        for revision in revised:
            revision.line.save(
                update_fields=["asked", "minimum", "maximum", "typed", "withdrawn_at"]
            )
        NeedLine.objects.bulk_create(fresh)
        revised += [Revision(line=x, event=RevisionEvent.LISTED, after=x.asked) for x in fresh]
        for revision in revised:
            revision.at, revision.post = at, by
        Revision.objects.bulk_create(revised)
        access.settle(need.id)
        record(
            NEED_CHANGED,
            need=need,
            by=by,
            at=at,
            due_at=need.needed_by,
            data={"lines": written([revision.line for revision in revised])},
        )
        tell_cover(need, by=by, at=at)
    return need


def _line(lines: Mapping[UUID, NeedLine], id: UUID) -> NeedLine:
    line = lines.get(id)
    if line is None or line.withdrawn_at is not None:
        raise NotFound(field="line")
    return line


def _amounts(lines: Mapping[UUID, NeedLine], given: Mapping[UUID, Wanted]) -> list[Revision]:
    packs = catalogue.packs_of([_line(lines, one).item for one in given])
    revised = []
    for row, (key, wanted) in enumerate(given.items(), start=1):
        line = lines[key]
        asked, least, most = amounts_of(wanted, packs[line.item_id], row=row)
        target = asked if asked is not None else least
        if line.received and target is not None and target < line.received:
            raise LessThanReceived(
                field="quantity", row=row, item=line.item.name,
                received=f"{line.received.normalize():f}",
            )  # fmt: skip
        if (asked, least, most) == (line.asked, line.minimum, line.maximum):
            continue
        revised.append(
            Revision(line=line, event=RevisionEvent.CHANGED, before=line.asked, after=asked)
        )
        line.asked, line.minimum, line.maximum = asked, least, most
        said = "" if wanted.quantity is None else f"{wanted.quantity} {wanted.unit}"
        line.typed = said.strip()[:60]
    return revised


def _dropped(
    lines: Mapping[UUID, NeedLine], drop: Sequence[UUID], *, at: datetime
) -> list[Revision]:
    revised = []
    for key in dict.fromkeys(drop):
        line = _line(lines, key)
        if line.received:
            raise LessThanReceived(
                field="line", item=line.item.name, received=f"{line.received.normalize():f}"
            )
        line.withdrawn_at = at
        revised.append(Revision(line=line, event=RevisionEvent.REMOVED, before=line.asked))
    return revised


def _more(need: Need, lines: Mapping[UUID, NeedLine], more: Sequence[Wanted]) -> list[NeedLine]:
    if not more:
        return []
    held = {line.item_id for line in lines.values() if line.withdrawn_at is None}
    for row, wanted in enumerate(more, start=1):
        if wanted.item.id in held:
            raise AskedTwice(field="item", row=row, item=wanted.item.name)
    return lines_of(need, more, begin=1 + max((line.place for line in lines.values()), default=0))

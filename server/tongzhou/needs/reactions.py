"""What this room does when something happened elsewhere: an unmet need whose time is over goes
up the line. And what its acts are about, for lines of the ledger in any room."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.sentences import Subject, subjects
from tongzhou.ledger.follow import Sealed, follower
from tongzhou.ledger.queries import Line
from tongzhou.needs import access
from tongzhou.needs.actions.change import NeedNotOpen
from tongzhou.needs.actions.commit import KIND
from tongzhou.needs.actions.pass_up import NobodyAbove, NothingUnmet, pass_up
from tongzhou.needs.actions.take_carried import take_carried
from tongzhou.needs.models import Commitment, Need, NeedLine, Offer
from tongzhou.shipments.purposes import Purpose, purpose

MISSED = "clock.missed.v1"
_AFTER = timedelta(seconds=1)
UNMET = "need-unmet"


@follower("needs.escalation", title=_("Unmet needs go up the line"))
def escalate(acts: Sequence[Sealed]) -> None:
    """Passes a need to the unit above when the time of its holder is over. Read twice it changes
    nothing: the holder has changed since."""
    missed = {
        act.about_id: act
        for act in acts
        if act.type == MISSED and str(act.data.get("rule", "")).startswith(UNMET)
    }
    if not missed:
        return
    for need in Need.objects.filter(id__in=list(missed)):
        act = missed[need.id]
        if need.held_since >= act.at:
            continue
        try:
            # A moment after the end: at the end itself it would count as done in time.
            pass_up(need=need, by=None, at=act.at + _AFTER)
        except (NobodyAbove, NothingUnmet, NeedNotOpen):
            # At the top the clock itself goes on telling; the others need nobody any more.
            continue


@follower("needs.carried", title=_("What shipments carry counts for needs"))
def count_carried(acts: Sequence[Sealed]) -> None:
    """Takes over what shipments say of the commitments that they are for."""
    told = [act for act in acts if act.about_kind == "shipment"]
    if told:
        take_carried(shipments_told={act.about_id for act in told}, at=told[-1].at)


@purpose(KIND)
def _purposes(ids: Collection[UUID], post: Post) -> Mapping[UUID, Purpose]:
    found = (
        Commitment.objects.filter(id__in=list(ids), line__in=NeedLine.objects.filter(
            access.visible_lines(post)
        ))
        .select_related("line__need", "line__item", "item")
    )  # fmt: skip
    return {
        one.id: Purpose(
            label=f"{one.line.need.reference} · {(one.item or one.line.item).name}",
            url=reverse("need", args=[one.line.need.number]),
            item=one.item_id or one.line.item_id,
            receiver=one.line.unit_id,
        )
        for one in found
    }


@subjects("need")
def _needs(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Need.objects.filter(id__in={line.act.about_id for line in lines})
    return {n.id: Subject(n.reference, reverse("need", args=[n.number])) for n in found}


@subjects("commitment")
def _commitments(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Commitment.objects.filter(id__in={line.act.about_id for line in lines})
    return {
        one.id: Subject(one.line.need.reference, reverse("need", args=[one.line.need.number]))
        for one in found.select_related("line__need")
    }


@subjects("offer")
def _offers(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found = Offer.objects.filter(id__in={line.act.about_id for line in lines})
    return {one.id: Subject(one.reference, reverse("offer", args=[one.number])) for one in found}

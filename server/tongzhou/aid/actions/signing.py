"""Which side a post signs for, and what happens when the second signature is there."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.aid.actions.change import end_of, tell
from tongzhou.aid.actions.drafting import said
from tongzhou.aid.acts import IN_FORCE, STAY_SET
from tongzhou.aid.choices import AgreementState
from tongzhou.aid.models import Agreement, Version
from tongzhou.kernel.errors import Conflict, Refusal


class AgreementGone(Conflict):
    """An agreement that was cancelled."""

    code = "aid-agreement-gone"
    message = _("%(reference)s is cancelled.")


class SignsForBoth(Refusal):
    """Somebody who stands above both sides, or signed for the other, signs for neither."""

    code = "aid-signs-for-both"
    status = 403
    message = _("Each side signs for itself: nobody signs for both.")


def side_of(agreement: Agreement, version: Version, by: Post) -> str:
    """ "asker" or "offerer": the side that the post's unit is, or stands above. Raises
    SignsForBoth."""
    relations = agreement.relations_of(by)
    sides = [
        side for side in ("asker", "offerer") if relations & {side, f"{side}_line"}
    ]  # fmt: skip
    own = [side for side in sides if side in relations]
    if len(sides) > 1 and not own:
        raise SignsForBoth()
    side = (own or sides)[0]
    other = version.offerer_post if side == "asker" else version.asker_post
    if other is not None and other.person_id == by.person_id:
        raise SignsForBoth()
    return side


def put_in_force(agreement: Agreement, version: Version, *, at: datetime) -> None:
    """What both signed is what holds now, for those who are here too."""
    stays = agreement.version > 0 and version.ends_on != agreement.ends_on
    agreement.state = AgreementState.FORCE
    agreement.version = version.number
    for name in ("count", "cost", "arrives_at", "ends_on", "payment"):
        setattr(agreement, name, getattr(version, name))
    agreement.reserved = version.count
    agreement.save(
        update_fields=["state", "version", "count", "cost", "arrives_at", "ends_on", "payment",
                       "reserved"]
    )  # fmt: skip
    tell(IN_FORCE, agreement=agreement, by=None, at=at, data=said(version))
    if not stays:
        return
    for one in agreement.deployments.all():
        if one.here or one.on_the_way:
            tell(
                STAY_SET, agreement=agreement, by=None, at=at, about=("aid_deployment", one.id),
                due_at=end_of(version.ends_on),
            )  # fmt: skip

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import AID_SIGN
from tongzhou.aid.actions.change import begin, tell
from tongzhou.aid.actions.signing import AgreementGone, put_in_force, side_of
from tongzhou.aid.acts import SIGNED
from tongzhou.aid.choices import AgreementState
from tongzhou.aid.models import Agreement, Version
from tongzhou.kernel.errors import Conflict


class NothingToSign(Conflict):
    """Both sides signed already."""

    code = "aid-nothing-to-sign"
    message = _("Both sides have signed %(reference)s; nothing waits for a signature.")


class SignedTwice(Conflict):
    """A side that signed this version already."""

    code = "aid-signed-twice"
    message = _("Your side has signed this version of %(reference)s already.")


class VersionMoved(Conflict):
    """Another version than the one that was read."""

    code = "aid-version-moved"
    message = _("Version %(there)d is to be signed now, not %(read)d. Please read it first.")


_SIDES = ("asker", "asker_line", "offerer", "offerer_line")


def sign_agreement(
    *, agreement: Agreement, by: Post, at: datetime, version: int | None = None
) -> Version:
    """Signs the version that waits, for the side of the post; ``version``: the number of the one
    that was read. With the second signature it is in force. Raises NotFound, NotAllowed,
    AgreementGone, NothingToSign, SignedTwice, SignsForBoth, VersionMoved."""
    with transaction.atomic():
        locked = begin(agreement, by=by, word=AID_SIGN, sides=_SIDES, in_force=False)
        if locked.state == AgreementState.CANCELLED:
            raise AgreementGone(reference=locked.reference)
        newest = (
            locked.versions.select_related("asker_post", "offerer_post")
            .filter(dropped_at=None).order_by("-number")[0]
        )  # fmt: skip
        if newest.signed:
            raise NothingToSign(reference=locked.reference)
        if version is not None and version != newest.number:
            raise VersionMoved(there=newest.number, read=version)
        side = side_of(locked, newest, by)
        if getattr(newest, f"{side}_signed_at") is not None:
            raise SignedTwice(reference=locked.reference)
        setattr(newest, f"{side}_signed_at", at)
        setattr(newest, f"{side}_post", by)
        newest.save(update_fields=[f"{side}_signed_at", f"{side}_post"])
        waiting = [
            str(getattr(locked, f"{other}_id")) for other in ("asker", "offerer")
            if getattr(newest, f"{other}_signed_at") is None
        ]  # fmt: skip
        tell(
            SIGNED, agreement=locked, by=by, at=at, asked_at=newest.drafted_at,
            due_at=newest.due_at, outcome=side,
            data={"version": newest.number, "unsigned": waiting},
        )  # fmt: skip
        if newest.signed:
            put_in_force(locked, newest, at=at)
    return newest

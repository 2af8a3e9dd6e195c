from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Invalid, NothingChanged, ReasonMissing
from tongzhou.kernel.ids import named_id, new_id
from tongzhou.ledger.append import append
from tongzhou.library import access, profile
from tongzhou.library.acts import PROFILE_CHOSEN
from tongzhou.library.document import PROFILES
from tongzhou.library.models import ProfileChoice

#: What the act is about: there is one profile in an installation.
PROFILE = named_id("country-profile")
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('tongzhou country profile'))"


class UnknownProfile(Invalid):
    """A country profile other than those that are shipped."""

    code = "unknown-profile"
    message = _("There is no country profile “%(given)s”. There are: %(profiles)s.")


def choose_profile(
    *, name: str, reason: str, by: Post, at: datetime, id: UUID | None = None
) -> ProfileChoice:
    """Switches the words and the templates in force to those of another country profile.
    What was recorded stays as it is.

    Raises NotAllowed, UnknownProfile, ReasonMissing, NothingChanged.
    """
    access.require_profile(by=by)
    if name not in PROFILES:
        raise UnknownProfile(field="profile", given=name[:40], profiles=", ".join(PROFILES))
    if not reason.strip():
        raise ReasonMissing(field="reason")
    with transaction.atomic():
        # One after the other: there may be no row yet that could be locked.
        with connection.cursor() as cursor:
            cursor.execute(_LOCK)
        latest = ProfileChoice.objects.order_by("-at", "-id").first()
        before = latest.profile if latest is not None else profile.DEFAULT
        # Who waited for the other may have been asked before them.
        at = max(at, latest.at) if latest is not None else at
        if before == name:
            raise NothingChanged(field="profile")
        made = ProfileChoice(id=id or new_id(), profile=name, reason=reason.strip(), post=by, at=at)
        made.save(force_insert=True)
        append(
            PROFILE_CHOSEN,
            at=at,
            about=("profile", PROFILE),
            **by.signs(),
            public=True,
            data={"profile": name, "before": before},
        )
    profile.keep(None)
    return made

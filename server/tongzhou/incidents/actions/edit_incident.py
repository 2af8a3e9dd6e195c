from collections.abc import Mapping
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import INCIDENT_EDIT
from tongzhou.incidents.actions.change import begin, filled, reason_given, record
from tongzhou.incidents.acts import INCIDENT_EDITED
from tongzhou.incidents.models import Incident
from tongzhou.incidents.queries import windows
from tongzhou.kernel.errors import NothingChanged
from tongzhou.ledger.append import Json


class Profile(TypedDict, total=False):
    """What can be edited in an incident."""

    title_zh: str
    title_en: str
    agent: str
    incubation_days: int | None
    severity: str
    uncertainty: str
    summary_zh: str
    summary_en: str
    public: bool


def edit_incident(
    *, incident: Incident, reason: str, by: Post, at: datetime, **fields: Unpack[Profile]
) -> Incident:
    """Changes the profile; what each changed field held before and holds now stands in the
    ledger, with the windows that follow from a changed incubation.

    Raises NotFound, NotAllowed, IncidentClosed, ReasonMissing, TextMissing, NothingChanged.
    """
    with transaction.atomic():
        locked = begin(incident.id, by=by, word=INCIDENT_EDIT)
        reason = reason_given(reason)
        changes: dict[str, Json] = {}
        for name, given in fields.items():
            value = given.strip() if isinstance(given, str) else given
            before = getattr(locked, name)
            if value != before:
                changes[name] = [before, value]  # type: ignore[list-item]
                setattr(locked, name, value)
        filled(locked.title_zh or locked.title_en, field="title_zh", name=_("title"))
        if not changes:
            raise NothingChanged()
        locked.save(update_fields=list(changes))
        day = timezone.localdate(at)
        record(
            INCIDENT_EDITED,
            incident=locked,
            by=by,
            at=at,
            public=True,
            data={"changes": changes, "reason": reason, **_windows(changes, on=day)},
        )
    return locked


def _windows(changes: Mapping[str, Json], *, on: date) -> dict[str, Json]:
    """What a new incubation makes of the windows that hang on it: days before and after."""
    match changes.get("incubation_days"):
        case [before, after]:
            old, new = (
                windows.by_days(days if isinstance(days, int) else None, on=on)
                for days in (before, after)
            )
            return {
                "windows": {
                    window.key: [old.days(window.key, default=0), days] for window, days in new.rows
                }
            }
    return {}

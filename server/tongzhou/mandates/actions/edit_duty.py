from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import DUTY_EDIT
from tongzhou.kernel.errors import NothingChanged
from tongzhou.mandates.actions.change import begin, reason_given
from tongzhou.mandates.actions.declare_duty import check_words, write
from tongzhou.mandates.acts import DUTY_EDITED
from tongzhou.mandates.models import Duty

_FIELDS = (
    "name_zh", "name_en", "side", "legal_basis", "source", "needs", "lowest", "autonomous",
)  # fmt: skip


def edit_duty(
    *, duty: Duty, changes: Mapping[str, Any], reason: str, by: Post, at: datetime
) -> Duty:
    """Changes the words of a duty; its code stays, and so does who is charged. Done by the
    unit that declared it or one above. Raises NotAllowed, DutyRetired, ReasonMissing,
    NothingChanged, TextMissing, TextTooLong, UnknownSide, UnknownMeans, UnknownLowest."""
    said = reason_given(reason)
    with transaction.atomic():
        locked = begin(duty.id)
        permissions.require(by=by, word=DUTY_EDIT, on=locked)
        before = {name: getattr(locked, name) for name in _FIELDS}
        for name in _FIELDS:
            if name in changes:
                value = changes[name]
                setattr(locked, name, list(value) if name == "needs" else value)
        check_words(locked)
        if all(getattr(locked, name) == before[name] for name in _FIELDS):
            raise NothingChanged()
        locked.reason = said
        locked.save(update_fields=[*_FIELDS, "reason"])
        write(DUTY_EDITED, duty=locked, by=by, at=at)
    return locked

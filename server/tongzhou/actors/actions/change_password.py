from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.acts import PERSON_PASSWORD_CHANGED
from tongzhou.actors.models import Person, Post
from tongzhou.actors.passwords import check_password_strength
from tongzhou.kernel.errors import Invalid
from tongzhou.kernel.rate import Rate
from tongzhou.ledger.append import append

#: How often somebody may guess the present password of an open session; counted by page
#: and API, before the transaction.
PASSWORD_TRIES: Final = Rate("password", most=10, every=timedelta(hours=1))


class PasswordWrong(Invalid):
    """The present password was not given."""

    code = "password-wrong"
    message = _("This is not your present password.")


def change_password(*, old: str, new: str, by: Post, at: datetime) -> Person:
    """Changes the password of the person who holds the post ``by``; other sessions end.
    Raises PasswordWrong, PasswordWeak."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(id=by.person_id)
        if not person.check_password(old):
            raise PasswordWrong(field="old")
        check_password_strength(new, username=person.username)
        person.set_password(new)
        person.save(update_fields=["password"])
        append(
            PERSON_PASSWORD_CHANGED,
            at=at,
            about=("person", person.id),
            **by.signs(),
            area=by.unit.area.code,
        )
    return person

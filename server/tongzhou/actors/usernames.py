"""The names with which people sign in."""

import re

from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.errors import Conflict, Invalid

_FORM = re.compile(r"[\w.@+-]{2,80}")


class UsernameMalformed(Invalid):
    """A name with blanks or other signs, or of the wrong length."""

    code = "username-malformed"
    message = _("A user name has 2 to 80 letters, digits or the signs . @ + - _")


class UsernameTaken(Conflict):
    """Somebody else signs in with this name."""

    code = "username-taken"
    message = _("The user name %(value)s is taken. Please choose another.")


def check_username(value: str) -> None:
    """Raises UsernameMalformed."""
    if not _FORM.fullmatch(value):
        raise UsernameMalformed(field="username")

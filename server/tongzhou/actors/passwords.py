"""How passwords are kept, and which are good enough."""

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import MinimumLengthValidator, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tongzhou.actors.models import Person
from tongzhou.kernel.errors import Invalid


class Argon2Hasher(Argon2PasswordHasher):
    """Argon2id with the minimum that OWASP asks for (19 MiB, 2 passes, 1 lane): about 30 ms.
    Django's default takes ten times as long, and a sign-in desk of a province cannot."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1


class LongEnough(MinimumLengthValidator):
    """Django's rule with a sentence of our own: its Chinese catalogue lacks the one it says."""

    def get_error_message(self) -> str:
        return _("This password is too short. It must have %(count)d characters at least.") % {
            "count": self.min_length
        }


class PasswordWeak(Invalid):
    """A password that is short, common or like the user name."""

    code = "password-weak"


def check_password_strength(password: str, *, username: str) -> None:
    """Raises PasswordWeak, with all reasons in one sentence each."""
    try:
        validate_password(password, Person(username=username))
    except ValidationError as error:
        raise PasswordWeak(field="password", reason=" ".join(error.messages)) from error

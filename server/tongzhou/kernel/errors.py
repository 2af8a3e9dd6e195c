"""Refusals: what the reader is told when something is not done.

A refusal is a small class beside the function that raises it::

    class TaskIsClosed(Conflict):
        code = "task-closed"
        message = _("Task %(number)s is closed; reopen it first.")

    raise TaskIsClosed(number=task.number)
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentence = str | Promise


class Refusal(Exception):
    """Base of all refusals: a stable ``code``, an HTTP ``status``, a translatable
    ``message`` with named places, and where known the ``field`` and ``row`` it is about."""

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 400
    message: ClassVar[Sentence] = _("This cannot be done.")

    def __init__(self, *, field: str = "", row: int | None = None, **params: Any) -> None:
        self.field = field
        self.row = row
        self.params: Mapping[str, Any] = params
        super().__init__(self.code)

    def __str__(self) -> str:
        """The sentence in the language that is active now."""
        return str(self.message) % self.params


class Invalid(Refusal):
    """A value that cannot be taken."""

    code = "invalid"
    status = 422
    message = _("%(reason)s")


class ReasonMissing(Invalid):
    """An act that needs a reason came without one."""

    code = "reason-missing"
    message = _("Please give a reason.")


class TextMissing(Invalid):
    """What must be said was not; ``field`` says what."""

    code = "text-missing"
    message = _("Please write something.")


class DayMalformed(Invalid):
    """A day, in an address or a file, that is none."""

    code = "day-malformed"
    message = _("“%(given)s” is not a day. Write it as 2020-01-23.")


class NothingChanged(Invalid):
    """Everything is as it was."""

    code = "nothing-changed"
    message = _("Nothing was changed.")


class NotAllowed(Refusal):
    """The post may see the object, but not do this with it."""

    code = "not-allowed"
    status = 403
    message = _("Your post does not have the permission “%(permission)s” here.")


class NotFound(Refusal):
    """It does not exist, or not for this post: the two answer alike."""

    code = "not-found"
    status = 404
    message = _("There is nothing here, or your post may not see it.")


class Conflict(Refusal):
    """The object is in a state in which this cannot be done."""

    code = "conflict"
    status = 409
    message = _("This cannot be done in the present state.")


class TooMany(Refusal):
    """More requests than one sender may make."""

    code = "too-many"
    status = 429
    message = _("Too many attempts. Please wait a few minutes and try again.")

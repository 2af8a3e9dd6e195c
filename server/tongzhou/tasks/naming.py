"""From codes, as requests name things, to the things themselves; each refusal says which
field holds a code that nobody knows."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.queries import UnitUnknown
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Invalid
from tongzhou.mandates.models import Duty
from tongzhou.places.models import Area
from tongzhou.places.queries import AreaUnknown
from tongzhou.tasks.models import Task


class IncidentUnknown(Invalid):
    """A code of no incident that the post may see."""

    code = "incident-unknown"
    message = _("There is no incident with the code “%(code)s”, or your post may not see it.")


class TaskUnknown(Invalid):
    """A number of no task that the post may see."""

    code = "task-unknown"
    message = _("There is no task with the number %(number)s, or your post may not see it.")


class NoSuchDuty(Invalid):
    """A code of no duty that anybody owes."""

    code = "no-such-duty"
    message = _("There is no duty with the code “%(code)s”.")


class UnitBook:
    """Units by code, looked up together: ``UnitBook(codes).get("zj-cdc", field="lead")``."""

    def __init__(self, codes: Iterable[str]) -> None:
        """One query for all of them."""
        found = Unit.objects.filter(code__in=set(codes)).select_related("area")
        self._units = {u.code: u for u in found.defer("area__boundary", "area__profile")}

    def get(self, code: str, *, field: str, row: int | None = None) -> Unit:
        """The unit. Raises UnitUnknown with the field, and the row where given."""
        if code not in self._units:
            raise UnitUnknown(field=field, row=row, code=code)
        return self._units[code]

    def list(self, codes: Sequence[str], *, field: str) -> list[Unit]:
        """The units in the order of the codes. Raises UnitUnknown with the field."""
        return [self.get(code, field=field) for code in codes]


def area_named(code: str, *, field: str = "area") -> Area:
    """The area. Raises AreaUnknown."""
    found = Area.objects.defer("boundary", "profile").filter(code=code).first()
    if found is None:
        raise AreaUnknown(field=field, code=code)
    return found


def duty_named(code: str, *, field: str = "duty") -> Duty:
    """The duty that is owed under this code. Raises NoSuchDuty."""
    found = Duty.objects.filter(code=code, retired_at=None).first()
    if found is None:
        raise NoSuchDuty(field=field, code=code)
    return found


def incident_named(code: str, *, visible_to: Post, field: str = "incident") -> Incident:
    """The incident, where the post may see it. Raises IncidentUnknown."""
    seen = Incident.objects.filter(parties__unit_id=visible_to.unit_id)
    found = seen.filter(code=code, exercise=visible_to.exercise).first()
    if found is None:
        raise IncidentUnknown(field=field, code=code)
    return found


def task_named(number: int, *, visible_to: Post, field: str) -> Task:
    """The task, where the post may see it. Raises TaskUnknown."""
    seen = Task.objects.filter(parties__unit_id=visible_to.unit_id)
    found = seen.filter(number=number, exercise=visible_to.exercise).first()
    if found is None:
        raise TaskUnknown(field=field, number=number)
    return found

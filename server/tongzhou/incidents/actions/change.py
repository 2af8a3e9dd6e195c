"""What the acts in an incident have in common: lock, permission, still open, and the line
in the ledger. The acts themselves are in the files beside this one, one each."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.permissions import Guarded
from tongzhou.actors.vocabulary import Word
from tongzhou.incidents import access
from tongzhou.incidents.models import Incident
from tongzhou.kernel import errors
from tongzhou.kernel.errors import Conflict, ReasonMissing
from tongzhou.ledger.append import Json, append
from tongzhou.ledger.types import ActType


class IncidentClosed(Conflict):
    """The incident is closed: nothing in it can be changed."""

    code = "incident-closed"
    message = _("“%(incident)s” is closed. Open it again before you change anything in it.")


class NothingReal(Conflict):
    """Something real, begun by who is in an exercise."""

    code = "nothing-real-in-exercise"
    message = _("You are in an exercise: this must belong to one too. Or leave the exercise first.")


def require_world(*, exercise: bool, by: Post, field: str = "exercise") -> None:
    """Whoever is in an exercise begins nothing real. Raises NothingReal."""
    if by.exercise and not exercise:
        raise NothingReal(field=field)


class TextMissing(errors.TextMissing):
    """A field that must be filled is empty; ``field`` says which."""

    message = _("This must be filled in: %(name)s.")


def begin(
    incident: UUID, *, by: Post, word: Word, on: Guarded | None = None, closed: bool = False
) -> Incident:
    """Locks the incident, asks permission on it (or on ``on``, an object in it), and checks
    that it is open (unless ``closed``). Returns the locked incident.

    The lock does not stop tasks and others from pointing at the incident meanwhile.
    Raises NotFound, NotAllowed, IncidentClosed.
    """
    locked = Incident.objects.select_for_update(of=("self",), no_key=True).get(id=incident)
    permissions.require(by=by, word=word, on=locked if on is None else on)
    if not closed and not locked.is_open:
        raise IncidentClosed(incident=locked.title)
    return locked


def filled(text: str, *, field: str, name: object) -> str:
    """The text without blanks around it. Raises TextMissing."""
    if not text.strip():
        raise TextMissing(field=field, name=name)
    return text.strip()


def reason_given(reason: str) -> str:
    """The reason without blanks around it. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    return reason.strip()


def authority(by: Post, units: Iterable[Unit]) -> str:
    """The basis of an act towards ``units``: "order" when all of them stand below the acting
    unit in the line of command (or are it), "agreement" otherwise."""
    return "order" if all(by.unit_id in unit.line for unit in units) else "agreement"


def exercise_mark(incident: Incident | None) -> dict[str, Json]:
    """What the ledger says of every act in an exercise, so that nobody takes it for real."""
    return {"exercise": True} if incident is not None and incident.exercise else {}


def record(
    type: ActType,
    *,
    incident: Incident,
    by: Post | None,
    at: datetime,
    about: tuple[str, UUID] | None = None,
    with_units: Iterable[UUID] = (),
    area: str = "",
    basis: str = "",
    asked_at: datetime | None = None,
    due_at: datetime | None = None,
    outcome: str = "",
    evidence: str = "",
    public: bool = False,
    data: Mapping[str, Json] | None = None,
) -> None:
    """Writes an act in the incident; about the incident itself unless said otherwise.
    ``public``: anyone may be told, provided that the incident is public."""
    append(
        type,
        at=at,
        about=about or ("incident", incident.id),
        **(by.signs() if by is not None else {}),
        with_units=with_units,
        incident=incident.id,
        phase=incident.phase,
        area=area or incident.area.code,
        basis=basis,
        asked_at=asked_at,
        due_at=due_at,
        outcome=outcome,
        evidence=evidence,
        public=public and incident.public,
        audience=access.audience(incident.id),
        data={"code": incident.code, **exercise_mark(incident), **(data or {})},
    )

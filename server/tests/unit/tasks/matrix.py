"""Who may do what with a task, when: written down by hand, state by state, apart from
``tasks.transitions``, so that the two check each other.

D draft · P dispatched · S seen · A accepted · I in progress · B blocked · F done ·
C confirmed · R refused · T returned · O objected · W withdrawn · M merged

Of tickets and whistles there are acts that plain tasks have not (``FORMS``), and a few that
their form forbids (``FORBIDDEN``).
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tongzhou.demo.cast import Cast
from tongzhou.tasks.actions.dispatch_task import dispatch_task
from tongzhou.tasks.actions.split_task import Part
from tongzhou.tasks.models import State, Task

from .conftest import AT, DAY, draft

LETTERS = dict(zip("DPSAIBFCRTOWM", State, strict=True))
RELATIONS = ("asker", "lead", "assisting", "informed", "line")

#: verb → relation → the states from which it may be done.
MATRIX: Mapping[str, Mapping[str, str]] = {
    "dispatch": {"asker": "DRT"},
    "see": {"lead": "P", "assisting": "PSAIBFRTO", "informed": "PSAIBFRTO"},
    "accept": {"lead": "PSO"},
    "refuse": {"lead": "PS"},
    "return": {"lead": "PSAIB"},
    "forward": {"asker": "DPSAIBRT", "lead": "PSAIB"},
    "take": {"lead": "PSAIB"},
    "release": {"lead": "PSAIB"},
    "start": {"lead": "A", "assisting": "A"},
    "block": {"lead": "AI", "assisting": "AI"},
    "resume": {"lead": "B", "assisting": "B"},
    "finish": {"lead": "AIB"},
    "confirm": {"asker": "F"},
    "reopen": {"asker": "FC", "lead": "FC", "assisting": "FC", "informed": "FC", "line": "FC"},
    "split": {"asker": "DPSAIBRT", "lead": "PSAIB"},
    "merge": {"asker": "DPSAIBRT", "lead": "PSAIB"},
    "withdraw": {"asker": "DPSAIBRTO"},
    "edit": {"asker": "DPSAIBRTO"},
    "comment": dict.fromkeys(RELATIONS, "DPSAIBFCRTOWM"),
    "attach": dict.fromkeys(("asker", "lead", "assisting"), "DPSAIBFCRTO"),
    "reclassify": {"asker": "DPSAIBRTO"},
    "urge": {"asker": "PSAIB", "line": "PSAIB"},
    "object": {"lead": "PS"},
    "review": {"asker": "O", "line": "O"},
    "decide": {"line": "PSAIBRTO"},
    "arrive": {"lead": "PSA"},
    "call_back": {"asker": "C"},
    "evaluate": {"asker": "FC"},
}

#: verb → the forms of which it is an act; the others are acts of all three.
FORMS: Mapping[str, frozenset[str]] = {
    "object": frozenset({"ticket", "whistle"}),
    "review": frozenset({"ticket", "whistle"}),
    "decide": frozenset({"ticket", "whistle"}),
    "evaluate": frozenset({"ticket", "whistle"}),
    "arrive": frozenset({"whistle"}),
    "call_back": frozenset({"ticket"}),
    "reclassify": frozenset({"ticket"}),
}
#: verb → the states from which whoever holds the number of a ticket may do it.
OUTSIDE: Mapping[str, str] = {"reopen": "FC", "evaluate": "FC"}

#: verb → the state in which the task is afterwards (None: as before).
AFTER: Mapping[str, State | None] = {
    **dict.fromkeys(MATRIX),
    "dispatch": State.DISPATCHED,
    "accept": State.ACCEPTED,
    "refuse": State.REFUSED,
    "return": State.RETURNED,
    "forward": State.DISPATCHED,
    "start": State.IN_PROGRESS,
    "block": State.BLOCKED,
    "resume": State.IN_PROGRESS,
    "finish": State.DONE,
    "confirm": State.CONFIRMED,
    "reopen": State.IN_PROGRESS,
    "merge": State.MERGED,
    "withdraw": State.WITHDRAWN,
    "object": State.OBJECTED,
    "review": State.DISPATCHED,
    "decide": State.DISPATCHED,
    "arrive": State.IN_PROGRESS,
}

TYPES: Mapping[str, str] = {
    "dispatch": "task.dispatched.v1",
    "see": "task.seen.v1",
    "accept": "task.accepted.v1",
    "refuse": "task.refused.v1",
    "return": "task.returned.v1",
    "forward": "task.forwarded.v1",
    "take": "task.taken.v1",
    "release": "task.released.v1",
    "start": "task.started.v1",
    "block": "task.blocked.v1",
    "resume": "task.resumed.v1",
    "finish": "task.finished.v1",
    "confirm": "task.confirmed.v1",
    "reopen": "task.reopened.v1",
    "split": "task.split.v1",
    "merge": "task.merged.v1",
    "withdraw": "task.withdrawn.v1",
    "edit": "task.edited.v1",
    "comment": "task.commented.v1",
    "attach": "task.attached.v1",
    "reclassify": "ticket.reclassified.v1",
    "urge": "task.urged.v1",
    "object": "task.objected.v1",
    "review": "task.objection_rejected.v1",
    "decide": "task.owner_decided.v1",
    "arrive": "whistle.arrived.v1",
    "call_back": "ticket.called_back.v1",
    "evaluate": "whistle.evaluated.v1",
}


def allowed(verb: str, relation: str, state: str, form: str = "task") -> bool:
    """True where the table says so."""
    of = form in FORMS.get(verb, (form,))
    return of and state in {LETTERS[letter] for letter in MATRIX[verb].get(relation, "")}


def text_file(content: bytes = b"12 households", name: str = "households.txt") -> Any:
    """An uploaded file."""
    return SimpleUploadedFile(name, content)


def _other(cast: Cast) -> Task:
    return dispatch_task(task=draft(cast, title="Another"), by=cast.lou, at=AT)


#: verb → the arguments with which it can be done, besides ``task``, ``by`` and ``at``.
ARGUMENTS: Mapping[str, Callable[[Cast], dict[str, Any]]] = {
    **dict.fromkeys(MATRIX, lambda _cast: {}),
    "refuse": lambda cast: {"reason": "Not ours", "better_owner": cast.units["wz-command"]},
    "return": lambda cast: {"reason": "Which?", "better_owner": cast.units["wz-command"]},
    "forward": lambda cast: {"reason": "Closer", "to": cast.units["baoshi-community"]},
    "block": lambda _cast: {"reason": "No masks"},
    "finish": lambda _cast: {"result": "12 households"},
    "reopen": lambda _cast: {"reason": "One is missing"},
    "split": lambda cast: {"parts": [Part("Building 3", cast.units["baoshi-community"], AT + DAY)]},
    "merge": lambda cast: {"into": _other(cast)},
    "withdraw": lambda _cast: {"reason": "Not needed"},
    "edit": lambda _cast: {"reason": "More time", "due_at": AT + 3 * DAY},
    "comment": lambda _cast: {"text": "Bring thermometers"},
    "attach": lambda _cast: {"file": text_file()},
    "reclassify": lambda _cast: {"class_code": "hard", "reason": "Several units"},
    "urge": lambda _cast: {"text": "Tonight, please"},
    "object": lambda _cast: {"reason": "The road belongs to the district"},
    "review": lambda _cast: {"upheld": False, "reason": "It is yours by the catalogue"},
    "decide": lambda cast: {"reason": "Enough", "to": cast.units["baoshi-community"]},
    "arrive": lambda _cast: {"place": "Gate 3", "who": "Two inspectors"},
    "call_back": lambda _cast: {"reached": True, "solved": True, "satisfied": False},
    "evaluate": lambda _cast: {"solved": True, "satisfied": True},
}

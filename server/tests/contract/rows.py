"""Every address of the platform as a row: how it is built from the small world, what is sent,
and what it answers an outsider, a visitor who is not signed in, and a member.

The outsider is ``ou`` of a trading firm, who has nothing to do with anything here. 404 is
what it must get wherever an object is not its business. Units, areas and what stands below
"known" are known to everybody who is signed in: to read them is 200, to change them 403.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .world import FILE, World

Build = Callable[[World], Mapping[str, Any]]
HIDDEN: Final = 404
#: A page sends a visitor to sign in (302), the API asks for it (401).
SIGN_IN: Final = 0


def nothing(world: World) -> Mapping[str, Any]:
    """No arguments, or an empty body."""
    return {}


@dataclass(frozen=True)
class Ask:
    """One method of an address, with a body that is right. ``by``: the member who asks."""

    method: str
    member: int
    outsider: int = HIDDEN
    visitor: int = SIGN_IN
    by: str = "shen"
    body: Build = nothing


@dataclass(frozen=True)
class Row:
    """One address: its URL name (for the API the operation), its arguments, its methods.
    ``note`` tells rows of the same name apart."""

    name: str
    asks: tuple[Ask, ...]
    args: Build = nothing
    query: str = ""
    note: str = ""
    api: bool = False
    #: Of a file upload: sent as a form also to the API.
    files: tuple[str, ...] = field(default=())


def read(member: int = 200, **given: Any) -> Ask:
    """A GET."""
    return Ask("GET", member, **given)


def send(member: int = 302, body: Build = nothing, **given: Any) -> Ask:
    """A POST; pages answer with a redirection when it was done."""
    return Ask("POST", member, body=body, **given)


def page(name: str, *asks: Ask, args: Build = nothing, query: str = "", note: str = "") -> Row:
    """A page."""
    return Row(name, asks, args, query, note)


def operation(
    name: str,
    method: str,
    member: int = 200,
    outsider: int = HIDDEN,
    *,
    visitor: int = SIGN_IN,
    by: str = "shen",
    args: Build = nothing,
    body: Build = nothing,
    query: str = "",
    files: tuple[str, ...] = (),
    note: str = "",
) -> Row:
    """An operation of the API."""
    ask = Ask(method, member, outsider, visitor, by, body)
    return Row(f"api:{name}", (ask,), args, query, note, api=True, files=files)


OWN: Final = {"outsider": 200}
PUBLIC: Final = {"outsider": 200, "visitor": 200}
NOT_YOURS: Final = {"outsider": 403}


def incident_code(world: World) -> Mapping[str, Any]:
    return {"code": world.incident.code}


def in_incident(name: str) -> Build:
    return lambda world: {"code": world.incident.code, "id": getattr(world, name).id}


def step(verb: str) -> Build:
    return lambda world: {"code": world.incident.code, "verb": verb}


def step_on(verb: str, name: str) -> Build:
    return lambda world: {
        "code": world.incident.code, "verb": verb, "id": getattr(world, name).id,
    }  # fmt: skip


def ticket(world: World) -> Mapping[str, Any]:
    return {"ticket": world.signal.ticket}


def number(world: World) -> Mapping[str, Any]:
    return {"number": world.task.number}


def verb_of(verb: str) -> Build:
    return lambda world: {"number": world.task.number, "verb": verb}


def id_of(name: str) -> Build:
    return lambda world: {"id": getattr(world, name).id}


def mei(world: World) -> Mapping[str, Any]:
    return {"id": world.cast.mei.id}


def person(world: World) -> Mapping[str, Any]:
    return {"id": world.cast.mei.person_id}


def unit_code(world: World) -> Mapping[str, Any]:
    return {"code": "beishan-street"}


def area_code(world: World) -> Mapping[str, Any]:
    return {"code": "330106"}


def say(**words: Any) -> Build:
    """A body that does not depend on the world."""
    return lambda world: words


REASON: Final = say(reason="Because")
AREA_FORM: Final = {
    "code": "330106099", "name_zh": "新街道", "name_en": "New street", "level": "street",
    "population": "", "lon": "", "lat": "", "source": "",
}  # fmt: skip
UNIT_FORM: Final = {
    "code": "new-unit", "name_zh": "新单位", "name_en": "New unit", "sector": "government",
    "level": "street", "area": "330106002", "parent": "beishan-street",
}  # fmt: skip


def grade(world: World) -> Mapping[str, Any]:
    return {"grade": "II", "criterion": "Figures", "legal_basis": "Plan"}


def measure(world: World) -> Mapping[str, Any]:
    return {
        "title_zh": "新措施", "title_en": "New measure", "area": "3301",
        "legal_basis": "Article 49", "stop_rule": "No new case",
    }  # fmt: skip


def decision(world: World) -> Mapping[str, Any]:
    return {"text": "Do it", "owner": "hz-health"}


def group(world: World) -> Mapping[str, Any]:
    return {"name_zh": "新组", "name_en": "New group", "chair": "zj-health", "members": ["zj-cdc"]}


def counts_file(world: World) -> Mapping[str, Any]:
    return {"file": FILE, "source": "Commission", "as_of": world.later_local}


def new_task(world: World) -> Mapping[str, Any]:
    return {
        "title": "Ask", "lead": "wz-command", "due": "tomorrow", "basis": "agreement",
        "work": "serve", "priority": "0",
    }  # fmt: skip


def split_form(world: World) -> Mapping[str, Any]:
    return {
        "part-TOTAL_FORMS": "1", "part-INITIAL_FORMS": "0", "part-0-title": "Part",
        "part-0-lead": "baoshi-community", "part-0-due_at": world.later_local,
    }  # fmt: skip


def edit_form(world: World) -> Mapping[str, Any]:
    return {"due_at": world.later_local, "priority": "1", "reason": "Sooner",
            "assisting": "baoshi-property", "informed": "lvyuan-volunteers"}  # fmt: skip

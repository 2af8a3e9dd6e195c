"""Lines of the ledger as people read them: who did what, with whom, on what basis.

Rooms say what an act is about: each registers for its kinds of objects a function that
gives them a name and an address (``subjects("task")``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, cast
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import access
from tongzhou.actors.models import Post, Unit
from tongzhou.ledger.queries import Line

#: So many partners are named; of more, the rest is counted.
_NAMED: Final = 3

#: Kind of collaboration → label and icon.
KINDS: Final[Mapping[str, tuple[str | Promise, str]]] = {
    "report": (_("report"), "broadcast"),
    "share": (_("share"), "share"),
    "ask": (_("request"), "hand-stop"),
    "answer": (_("answer"), "message-circle"),
    "dispatch": (_("dispatch"), "send"),
    "joint_action": (_("joint action"), "users-group"),
    "transfer": (_("transfer of supplies"), "truck-delivery"),
    "serve": (_("service"), "heart-handshake"),
    "convene": (_("convening"), "users"),
    "deliberate": (_("deliberation"), "messages"),
    "decide": (_("decision"), "gavel"),
    "pledge": (_("pledge"), "signature"),
    "supervise": (_("supervision"), "eye-check"),
    "clarify": (_("clarification"), "info-circle"),
    "": (_("note"), "notes"),
}
_TONES: Final[Mapping[str, str]] = {
    "report": "cyan",
    "ask": "orange",
    "answer": "green",
    "dispatch": "blue",
    "transfer": "teal",
    "serve": "teal",
    "convene": "purple",
    "deliberate": "purple",
    "decide": "red",
    "supervise": "yellow",
}
BASES: Final[Mapping[str, str | Promise]] = {
    "order": _("by order"),
    "agreement": _("on agreement"),
    "voluntary": _("voluntary"),
    "law": _("by law"),
}


@dataclass(frozen=True)
class Subject:
    """What an act is about: its name, and its page ("" when it has none)."""

    label: str
    url: str = ""


Finder = Callable[[Sequence[Line]], Mapping[UUID, Subject]]
_FINDERS: dict[str, Finder] = {}


def subjects(kind: str) -> Callable[[Finder], Finder]:
    """Registers how objects of a kind are named. The function is given all lines about
    such objects at once and answers by the id of the object; what it leaves out has no
    name. Raises ValueError for a kind that has one already."""

    def register(finder: Finder) -> Finder:
        if kind in _FINDERS:
            raise ValueError(f"objects of kind {kind!r} are named twice")
        _FINDERS[kind] = finder
        return finder

    return register


@dataclass(frozen=True)
class _Object:
    """As much of an act as a finder reads."""

    about_kind: str
    about_id: UUID
    data: Mapping[str, Any]


@dataclass(frozen=True)
class _Pointer:
    act: _Object


def named(kind: str, objects: Mapping[UUID, Mapping[str, Any]]) -> Mapping[UUID, Subject]:
    """Objects of a kind by name and address, for lists of something else that is about them;
    with each id, what acts about the object keep of it in their data (number, code). What no
    room names is left out."""
    finder = _FINDERS.get(kind)
    if finder is None or not objects:
        return {}
    pointers = [_Pointer(_Object(kind, key, data)) for key, data in objects.items()]
    return finder(cast(Sequence[Line], pointers))


@dataclass(frozen=True)
class Told:
    """A line of the ledger in the active language. ``position`` is None until it is
    sealed; ``public``: everybody may read it."""

    line: Line
    sentence: str
    by: Unit | None
    subject: Subject | None
    kind: str
    icon: str
    basis: str

    @property
    def tone(self) -> str:
        """The tone in which its kind is shown."""
        return _TONES.get(self.line.act.kind, "grey")

    @property
    def by_public(self) -> bool:
        """True when somebody without an account did it, rather than the system itself."""
        return self.line.act.by_unit is None and _by_public(self.line)

    @property
    def position(self) -> int | None:
        """Its place in the chain."""
        return self.line.position


def tell(lines: Sequence[Line], *, with_subjects: bool = True) -> list[Told]:
    """The lines as sentences; all units are read in one query. ``with_subjects``: also what
    each is about (a list about one object needs none)."""
    units = _units(lines)
    found = _subjects(lines) if with_subjects else {}
    return [_told(line, units, found) for line in lines]


def _units(lines: Sequence[Line]) -> dict[UUID, Unit]:
    wanted = {unit for line in lines for unit in mentioned(line)}
    if not wanted:
        return {}
    names = ("id", "code", "name_zh", "name_en", "sector")
    return Unit.objects.only(*names).in_bulk(list(wanted))


def _subjects(lines: Sequence[Line]) -> dict[UUID, Subject]:
    found: dict[UUID, Subject] = {}
    for kind in {line.act.about_kind for line in lines} & _FINDERS.keys():
        found |= _FINDERS[kind]([line for line in lines if line.act.about_kind == kind])
    return found


def _told(line: Line, units: Mapping[UUID, Unit], found: Mapping[UUID, Subject]) -> Told:
    act = line.act
    by = units.get(act.by_unit) if act.by_unit is not None else None
    label, icon = KINDS.get(act.kind, KINDS[""])
    return Told(
        line=line,
        sentence=sentence(line, units),
        by=by,
        subject=found.get(act.about_id),
        kind=str(label),
        icon=icon,
        basis=str(BASES.get(act.basis, act.basis)),
    )


def mentioned(line: Line) -> set[UUID]:
    """The units that the sentence about an act names."""
    act = line.act
    found = {*act.with_units, *(unit for place in _named(line).values() for unit in place)}
    return found | ({act.by_unit} if act.by_unit is not None else set())


def sentence(line: Line, units: Mapping[UUID, "Named"]) -> str:
    """What was done, in the active language; ``units``: those that are mentioned."""
    act = line.act
    if line.type is None:
        return act.type

    def joined(wanted: Sequence[UUID]) -> str:
        return names([units[unit] for unit in wanted if unit in units])

    by = units.get(act.by_unit) if act.by_unit is not None else None
    said = line.type.sentence(
        by=by.name if by is not None else _nobody(line),
        with_units=joined(act.with_units),
        **{place: joined(found) for place, found in _named(line).items()},
    )
    # Whoever reads a message of a drill must know at its first word.
    return gettext("Exercise: %(said)s") % {"said": said} if act.data.get("exercise") else said


def _named(line: Line) -> dict[str, list[UUID]]:
    """The units in the act's data that its sentence has a place for; none is left out."""
    found: dict[str, list[UUID]] = {}
    for place in line.type.named if line.type is not None else ():
        given = line.act.data.get(place) or []
        ids = [given] if isinstance(given, str) else given
        if ids:
            found[place] = [UUID(unit) for unit in ids]
    return found


def _nobody(line: Line) -> str:
    if line.act.by_unit is not None:
        return gettext("A former unit")
    return gettext("A member of the public") if _by_public(line) else gettext("The installation")


def _by_public(line: Line) -> bool:
    """Without an account one can report, and nothing else; what no unit signed besides was
    done by a clock or on the command line."""
    return line.type is not None and line.type.kind == "report"


class Named(Protocol):
    """A thing with a name in the active language."""

    @property
    def name(self) -> str:
        """The name."""
        ...


def names(units: Sequence[Named]) -> str:
    """The names of units in a sentence: up to three, then how many more."""
    if not units:
        return gettext("nobody else")
    shown = [unit.name for unit in units[:_NAMED]]
    rest = len(units) - len(shown)
    chinese = (get_language() or "").startswith("zh")
    joined = ("、" if chinese else ", ").join(shown)
    if not rest:
        return joined
    more = ngettext("%(names)s and %(n)d other", "%(names)s and %(n)d others", rest)
    return more % {"names": joined, "n": rest}


def units_of(line: Line) -> list[Unit]:
    """The partners of one act, by name."""
    found = Unit.objects.filter(id__in=line.act.with_units)
    return sorted(found, key=lambda unit: unit.name)


@dataclass(frozen=True)
class Signature:
    """Who acted, as far as the reader may know: the unit, and the post with its person."""

    post: Post | None
    unit: Unit | None


def signature(line: Line, *, visible_to: Post) -> Signature:
    """The unit of one act, and the post for those who may know who works there."""
    act = line.act
    unit = Unit.objects.filter(id=act.by_unit).first() if act.by_unit is not None else None
    if unit is None or act.by_post is None or not access.sees_people(visible_to, unit):
        return Signature(None, unit)
    posts = Post.objects.select_related("person", "unit").filter(id=act.by_post)
    return Signature(access.visible_posts(posts, to=visible_to).first(), unit)

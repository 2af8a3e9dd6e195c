"""The body of a template as a tree of named values: read off its shape, so that page, form and
comparison follow a kind without knowing it."""

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from django.utils.translation import get_language
from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from tongzhou.library.codes import word_of
from tongzhou.library.kinds.base import Body, Length, Text
from tongzhou.ui.moments import duration_text

_LENGTH: Final = TypeAdapter(Length)
#: A list of groups with at most so many simple values each is shown as a table.
_COLUMNS: Final = 9
#: What fits into one line.
_SHORT: Final = 90
#: By which of its values a group is known, the best first.
_HEADINGS: Final = ("title", "name", "term", "grade", "phase", "level", "colour", "rule")


@dataclass(frozen=True)
class Node:
    """A value and its place. ``path`` has strokes between its steps. ``shape``: "leaf",
    "words" (both languages), "group", "list", or "map" (named values). ``control`` says what
    a form shows for a leaf; ``raw`` is what stands in it."""

    path: str
    label: str
    shape: str
    optional: bool = False
    control: str = ""
    raw: str = ""
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    mark: str = ""
    fault: str = ""
    children: "tuple[Node, ...]" = field(default=())

    @property
    def empty(self) -> bool:
        """True where nothing stands here: pages leave it out."""
        if self.shape == "leaf":
            return not self.raw
        return all(child.empty for child in self.children)

    @property
    def line(self) -> str:
        """The value in one line; empty where that cannot be said so."""
        if self.shape in ("leaf", "words"):
            return self.value
        shown = [child for child in self.children if not child.empty]
        lines = [child.line for child in shown]
        if not all(lines):
            return ""
        if self.shape == "list":
            return " · ".join(lines)
        if self.shape == "group" and len(shown) == 1:
            return lines[0]
        named = zip((child.label for child in shown), lines, strict=True)
        return "; ".join(f"{label}: {line}" for label, line in named)

    @property
    def inline(self) -> bool:
        """True for several values that are short enough for one line."""
        return (
            self.shape in ("list", "map") and not self.has_groups and 0 < len(self.line) <= _SHORT
        )

    @property
    def is_table(self) -> bool:
        """True for a list that reads best as a table: groups of a few short values."""
        if self.shape != "list":
            return False
        cells = [cell for row in self.rows for cell in row if not cell.empty]
        simple = all(
            cell.shape in ("leaf", "words") or 0 < len(cell.line) <= 2 * _SHORT for cell in cells
        )
        return simple and 1 < len(self.columns) <= _COLUMNS

    @property
    def wide(self) -> bool:
        """True where its name stands above it, not beside it."""
        return self.is_table or self.shape in ("group", "map") or self.has_groups

    @property
    def has_groups(self) -> bool:
        """True for a list whose items are parts of their own."""
        return any(
            child.shape not in ("leaf", "words") and not child.single for child in self.children
        )

    @property
    def single(self) -> bool:
        """True for a group of which one value in one line is shown."""
        shown = [child for child in self.children if not child.empty]
        return self.shape == "group" and len(shown) == 1 and bool(shown[0].line)

    @property
    def _kept(self) -> "list[int]":
        """Of a list of groups: the places of values that are shown – none in which nothing
        stands, nor keys, by which programs know a row and people do not."""
        if any(row.shape != "group" for row in self.children):
            return []
        columns = list(zip(*(row.children for row in self.children), strict=False))
        return [
            n
            for n, column in enumerate(columns)
            if column[0].control != "key" and not all(cell.empty for cell in column)
        ]

    @property
    def columns(self) -> "list[Node]":
        """Of a table: a cell of each of its columns."""
        return [self.children[0].children[n] for n in self._kept]

    @property
    def rows(self) -> "list[list[Node]]":
        """Of a table: the cells of its rows."""
        kept = self._kept
        return [[row.children[n] for n in kept] for row in self.children]

    @property
    def heading(self) -> "Node | None":
        """Of a group: the value by which it is known."""
        by_name = {child.path.rpartition("/")[2]: child for child in self.children}
        return next((by_name[n] for n in _HEADINGS if n in by_name), None)

    @property
    def rest(self) -> "list[Node]":
        """Of a group: everything but its heading and its key."""
        head = self.heading
        return [c for c in self.children if c is not head and (c.control != "key" or head is None)]


def outline(
    body: type[Body], plain: Mapping[str, Any], marks: Mapping[str, str] | None = None
) -> list[Node]:
    """The tree of a body, out of its plain data, which need not fit: what does not is shown as
    it is. ``marks``: confidence of single values by path (with points)."""
    by_path = {path.replace(".", "/"): mark for path, mark in (marks or {}).items()}
    return _fields(body, plain, "", by_path)


def _fields(body: type[Body], plain: object, path: str, marks: Mapping[str, str]) -> list[Node]:
    given = plain if isinstance(plain, Mapping) else {}
    nodes = []
    for name, info in body.model_fields.items():
        value = given.get(name)
        if value is None and not info.is_required() and not given:
            value = _default(info)
        nodes.append(_node(info.annotation, value, f"{path}{name}", label_of(name, info), marks))
    return nodes


def _default(info: FieldInfo) -> object:
    found = info.get_default(call_default_factory=True)
    if isinstance(found, timedelta):
        return _LENGTH.dump_python(found, mode="json")
    return found if not isinstance(found, Body) else None


def label_of(name: str, info: FieldInfo) -> str:
    """What a field is called in the active language; its name in plain letters where nobody
    said."""
    more = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    chinese = more.get("title_zh")
    if (get_language() or "").startswith("zh") and isinstance(chinese, str):
        return chinese
    return info.title or name.replace("_", " ")


def bare(annotation: Any) -> tuple[Any, bool]:
    """The type without None and remarks, and whether it may be left out."""
    if get_origin(annotation) is Annotated:
        return bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        kinds = get_args(annotation)
        others = [kind for kind in kinds if kind is not type(None)]
        found = others[0] if len(others) == 1 else Union[tuple(others)]  # noqa: UP007 – built
        inner = bare(found)[0] if len(others) == 1 else found
        return inner, len(others) < len(kinds)
    return annotation, False


def _node(annotation: Any, value: Any, path: str, label: str, marks: Mapping[str, str]) -> Node:
    kind, optional = bare(annotation)
    mark = marks.get(path, "")
    if isinstance(kind, type) and issubclass(kind, Text):
        children = tuple(_fields(kind, value, f"{path}/", marks))
        zh, en = children[0].raw, children[1].raw
        here = zh if (get_language() or "").startswith("zh") else en
        return Node(path, label, "words", optional, value=here or zh or en, mark=mark,
                    children=children)  # fmt: skip
    if isinstance(kind, type) and issubclass(kind, Body):
        children = tuple(_fields(kind, value, f"{path}/", marks))
        return Node(path, label, "group", optional, mark=mark, children=children)
    inner = item_of(kind)
    if inner is not None:
        items = value if isinstance(value, Sequence) and not isinstance(value, str) else []
        children = tuple(_node(inner, v, f"{path}/{n}", label, marks) for n, v in enumerate(items))
        return Node(path, label, "list", optional, mark=mark, children=children)
    if get_origin(kind) in (dict, Mapping):
        named = value.items() if isinstance(value, Mapping) else ()
        inner = get_args(kind)[1]
        children = tuple(_node(inner, v, f"{path}/{k}", word_of(str(k)), marks) for k, v in named)
        return Node(path, label, "map", optional, mark=mark, children=children)
    shape = _union_member(kind, value)
    if shape is not None:
        children = tuple(_fields(shape, value, f"{path}/", marks))
        return Node(path, label, "group", optional, mark=mark, children=children)
    return _leaf(kind, value, path, label, optional, mark)


def item_of(kind: Any) -> Any:
    """The type of the items of a list, None for what is no list."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (list, Sequence, frozenset, set):
        return arguments[0]
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return arguments[0]
    return None


def _union_member(kind: Any, value: object) -> type[Body] | None:
    """Of several shapes, the one that has all the fields of the value."""
    shapes = [bare(a)[0] for a in get_args(kind)] if get_origin(kind) is Union else []
    bodies = [s for s in shapes if isinstance(s, type) and issubclass(s, Body)]
    given = set(value) if isinstance(value, Mapping) else set()
    return next((body for body in bodies if given <= set(body.model_fields)), None)


def _leaf(kind: Any, value: Any, path: str, label: str, optional: bool, mark: str) -> Node:
    raw = "" if value is None else str(value)
    choices: tuple[tuple[str, str], ...] = ()
    shown = raw
    control = "text"
    if get_origin(kind) is Literal:
        control = "choice"
        choices = tuple((str(a), word_of(str(a))) for a in get_args(kind))
        shown = dict(choices).get(raw, raw)
    elif isinstance(kind, type) and issubclass(kind, Enum):
        control = "choice"
        choices = tuple((str(member.value), word_of(str(member.value))) for member in kind)
        shown = dict(choices).get(raw, raw)
    elif kind is bool:
        control, raw = "yes", "true" if value in (True, "true", "on") else ""
        shown = word_of("yes" if raw else "no")
    elif kind in (int, float, Decimal):
        control = "number"
    elif kind is date:
        control = "date"
    elif kind is timedelta:
        control, shown = "length", length_words(raw)
    elif ".v" in raw and word_of(raw) != raw:
        shown = word_of(raw)
    elif path.rpartition("/")[2] in ("key", "code") or path.rpartition("/")[2].endswith("_key"):
        control = "key"
    elif len(raw) > 80 or path.rpartition("/")[2] in ("zh", "en"):
        control = "long"
    return Node(path, label, "leaf", optional, control, raw, shown, choices, mark)


def length_words(raw: str) -> str:
    """A length of time in words ("2 h", "7 d"); as it is when it is none."""
    try:
        return duration_text(_LENGTH.validate_python(raw).total_seconds())
    except ValueError:
        return raw


def with_faults(nodes: Sequence[Node], told: Mapping[str, str]) -> list[Node]:
    """The same tree, with what is wrong with a value said at its path."""
    return [
        replace(
            node,
            fault=told.get(node.path, ""),
            children=tuple(with_faults(node.children, told)),
        )
        for node in nodes
    ]


@dataclass(frozen=True)
class Difference:
    """A value that two versions have differently: where, by the labels on the way, and how."""

    trail: tuple[str, ...]
    before: str
    after: str


def differences(before: Sequence[Node], after: Sequence[Node]) -> list[Difference]:
    """What differs, in the order of the later one; then what it left out. Items of a list are
    the same when they have the same key, else when they have the same place."""
    old, new = dict(_leaves(before, (), ())), dict(_leaves(after, (), ()))
    found = []
    for place, (trail, value) in new.items():
        earlier = old[place][1] if place in old else ""
        if earlier != value:
            found.append(Difference(trail, earlier, value))
    found += [
        Difference(trail, value, "") for place, (trail, value) in old.items() if place not in new
    ]
    return [difference for difference in found if difference.before or difference.after]


_Place = tuple[str, ...]


def _leaves(
    nodes: Sequence[Node], place: _Place, trail: _Place
) -> Iterator[tuple[_Place, tuple[_Place, str]]]:
    for n, node in enumerate(nodes):
        step = node.path.rpartition("/")[2]
        if node.shape == "leaf":
            yield (*place, step), ((*trail, node.label), node.value)
        elif node.shape == "list":
            for m, item in enumerate(node.children):
                name = known_as(item) or str(m + 1)
                inner = [item] if item.shape == "leaf" else item.children
                yield from _leaves(inner, (*place, step, name), (*trail, node.label, name))
        else:
            yield from _leaves(node.children, (*place, step or str(n)), (*trail, node.label))


def known_as(item: Node) -> str:
    """The key of an item of a list; its place is no name, since others may come before."""
    return next((c.raw for c in item.children if c.path.rpartition("/")[2] == "key"), "")

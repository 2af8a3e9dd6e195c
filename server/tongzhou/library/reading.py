"""Reading a template from a YAML file: every fault with its line and field.

The file is data: no tags, no anchors (a few lines of them can unfold to gigabytes), no key
twice, no control characters.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from tongzhou.kernel.api import invalid_input
from tongzhou.kernel.errors import Invalid
from tongzhou.library.document import Document, missing_mark
from tongzhou.library.kinds.base import Body, bodies

#: The longest shipped file has a tenth of it.
LARGEST = 256 * 1024
_DEEPEST = 20
_MOST_FAULTS = 50

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where (``line`` from 1, ``field`` as a path with points), a
    stable code, and a sentence in the language that was active."""

    file: str
    line: int
    field: str
    code: str
    sentence: str


class FileUnfit(Invalid):
    """A file that cannot become a template; ``faults`` says all that is wrong with it."""

    code = "template-unfit"
    message = _("%(file)s, line %(line)s, %(place)s: %(sentence)s")

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(
            field=first.field,
            row=first.line,
            file=first.file,
            line=first.line,
            place=first.field or "–",
            sentence=first.sentence,
        )


class _Stop(Exception):
    """Found while a file is taken apart."""

    def __init__(self, line: int, path: Path, code: str, sentence: object) -> None:
        super().__init__(code)
        self.line, self.path, self.code, self.sentence = line, path, code, sentence


@dataclass(frozen=True)
class Read:
    """A file that was read: its document and the typed body, and on which line what stands."""

    document: Document
    body: Body
    file: str = ""
    lines: Mapping[Path, int] = field(default_factory=dict, repr=False, compare=False)

    def fault(self, path: Path, code: str, sentence: str) -> Fault:
        """Something that is wrong at this place of the file."""
        return Fault(self.file, _line(path, self.lines), _dotted(path), code, sentence)


def read(content: bytes, *, file: str) -> Read:
    """The template in the file. Raises FileUnfit with every fault that was found."""
    lines: dict[Path, int] = {}
    try:
        plain = _plain(_parsed(content), (), lines)
    except _Stop as stop:
        raise FileUnfit(
            [Fault(file, stop.line, _dotted(stop.path), stop.code, str(stop.sentence))]
        ) from stop
    return check(plain, file=file, lines=lines)


def check(plain: object, *, file: str, lines: dict[Path, int] | None = None) -> Read:
    """The template in these plain data, e.g. of a form or a request. Raises FileUnfit."""
    places = lines or {}
    faults: list[Fault] = []
    try:
        document = Document.model_validate(plain)
    except ValidationError as error:
        faults += _faults(error, (), file, places)
        document = None
    kind = plain.get("kind") if isinstance(plain, dict) else None
    shape = bodies().get(kind) if isinstance(kind, str) else None
    body = None
    if shape is None and document is not None:
        sentence = _("There is no kind of this name. There are: %(kinds)s.")
        text = str(sentence) % {"kinds": ", ".join(bodies())}
        faults.append(Fault(file, _line(("kind",), places), "kind", "unknown-kind", text))
    elif shape is not None and isinstance(plain, dict):
        try:
            body = shape.model_validate(plain.get("body", {}))
        except ValidationError as error:
            faults += _faults(error, ("body",), file, places)
    if document is not None and body is not None:
        lost = missing_mark(document.marks, body.model_dump(mode="json"))
        if lost is not None:
            text = str(_("There is no such value in the body."))
            line = _line(("marks", lost), places)
            faults.append(Fault(file, line, f"marks.{lost}", "mark-of-nothing", text))
    if faults or document is None or body is None:
        raise FileUnfit(sorted(_told(faults), key=lambda f: f.line)[:_MOST_FAULTS])
    return Read(document, body, file, places)


def _told(faults: list[Fault]) -> list[Fault]:
    """Without those that say that too few entries are left because some of them are faulty."""
    return [
        fault
        for fault in faults
        if fault.code != "too-few"
        or not any(other.field.startswith(f"{fault.field}.") for other in faults)
    ]


def _faults(
    error: ValidationError, before: Path, file: str, lines: dict[Path, int]
) -> Iterator[Fault]:
    for found in error.errors(include_url=False):
        path = (*before, *found["loc"])
        context: dict[str, Any] = dict(found.get("ctx", {}))
        path = (*path, *context.pop("place", ()))
        sentence = context.pop("sentence", None)
        if sentence is not None:
            code, text = found["type"], str(sentence) % context
        else:
            code, text = invalid_input.of_value(dict(found))
        yield Fault(file, _line(path, lines), _dotted(path), code, text)


def _line(path: Path, lines: Mapping[Path, int]) -> int:
    """The line of the place, or of what is nearest above it: what is missing has none."""
    for end in range(len(path), -1, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return 1


def _dotted(path: Path) -> str:
    return ".".join(str(step) for step in path)


def _parsed(content: bytes) -> yaml.Node:
    if len(content) > LARGEST:
        raise _Stop(1, (), "file-too-large", _("The file is larger than 256 kB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _Stop(line, (), "not-utf8", _("The file is not text in UTF-8.")) from error
    try:
        depth = 0
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise _too_deep(event.start_mark.line + 1 if event.start_mark else 1)
            if isinstance(event, yaml.AliasEvent) and event.start_mark is not None:
                raise _Stop(
                    event.start_mark.line + 1, (), "alias-refused",
                    _("References (“*name”) are not read; write the value out."),
                )  # fmt: skip
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        text = str(_("This is not YAML: %(problem)s.")) % {"problem": error.problem or "?"}
        raise _Stop(mark.line + 1 if mark else 1, (), "not-yaml", text) from error
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise _Stop(line, (), "not-yaml", _("There is a character that text cannot hold.")) from (
            error
        )
    if not isinstance(node, yaml.MappingNode):
        raise _Stop(1, (), "not-an-object", _("The file must begin with fields (“kind: …”)."))
    return node


def _too_deep(line: int) -> _Stop:
    return _Stop(line, (), "too-deep", _("The values are nested too deeply."))


def _plain(node: yaml.Node, path: Path, lines: dict[Path, int]) -> Any:
    line = node.start_mark.line + 1
    lines.setdefault(path, line)
    match node:
        case yaml.MappingNode():
            return _mapping(node, path, lines)
        case yaml.SequenceNode():
            return [_plain(item, (*path, n), lines) for n, item in enumerate(node.value)]
        case _:
            return _scalar(node, path, line)


def _mapping(node: yaml.MappingNode, path: Path, lines: dict[Path, int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode) or "\x00" in key_node.value:
            raise _Stop(line, path, "key-malformed", _("The name of a field must be text."))
        key = str(key_node.value)
        if key in found:
            raise _Stop(line, (*path, key), "field-twice", _("This field stands here twice."))
        lines[(*path, key)] = line
        found[key] = _plain(value_node, (*path, key), lines)
    return found


_SCALARS = yaml.constructor.SafeConstructor()


def _scalar(node: yaml.Node, path: Path, line: int) -> Any:
    if node.tag not in _READABLE:
        raise _Stop(line, path, "tag-refused", _("Only text, numbers, true, false and dates."))
    if "\x00" in node.value:
        raise _Stop(line, path, "not-yaml", _("There is a character that text cannot hold."))
    try:
        value = _SCALARS.construct_object(node)
    except (ValueError, yaml.YAMLError) as error:
        raise _Stop(line, path, "value-malformed", _("This value cannot be read.")) from error
    return value.isoformat() if isinstance(value, date) else value


_READABLE = frozenset(
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "timestamp")
)

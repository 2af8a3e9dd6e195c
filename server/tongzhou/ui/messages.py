"""The words of every room: ``python -m tongzhou.ui.messages {extract,compile,check} [ROOM …]``.

Each room keeps its Chinese in ``locale/zh_Hans/LC_MESSAGES/django.po``; English is the msgid.
Built on Babel, so that no GNU gettext is needed. A catalogue changes only when the words do: it
holds no line numbers, machine paths or timestamps, and nothing is guessed ("fuzzy").
"""

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from babel.messages import extract as babel_extract
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOMS = Path(__file__).resolve().parents[1]
LOCALE = "zh_Hans"
CATALOGUE = Path("locale") / LOCALE / "LC_MESSAGES" / "django.po"
HEADER = """\
# Chinese (simplified) words of this room. Kept by `make messages`; terms from the glossary.
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
#: Functions that mark a string in Python: where the context stands, if any, and the words.
MARKERS: dict[str, tuple[int | None, slice]] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), (None, slice(0, 1))),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (None, slice(0, 2))),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, slice(1, 2))),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, slice(1, 3))),
}
PLACE = re.compile(r"%\((\w+)\)([a-z])|(?<!\{)\{(\w*)\}(?!\})|%([sdrfi])")

Key = tuple[str | None, str]
NONE: Mapping[Key, Message] = MappingProxyType({})


@dataclass(frozen=True)
class Problem:
    """Something that keeps a room's words from being complete."""

    room: str
    msgid: str
    reason: str

    def __str__(self) -> str:
        return f"{self.room}: {self.reason}: {self.msgid!r}"


def rooms(names: Sequence[str] = (), root: Path = ROOMS) -> list[Path]:
    """The folders of the named rooms, or of all. Raises ValueError for an unknown name."""
    found = {path.parent.name: path.parent for path in sorted(root.glob("*/__init__.py"))}
    unknown = [name for name in names if name not in found]
    if unknown:
        raise ValueError(f"no such room: {', '.join(unknown)}")
    return [found[name] for name in names] if names else list(found.values())


def extract(room: Path) -> Catalog:
    """All marked strings of a room, in the order of files and of lines."""
    catalogue = Catalog(locale=LOCALE, fuzzy=False)
    for path in _sources(room):
        text = path.read_text(encoding="utf-8")
        find = _python_words if path.suffix == ".py" else _template_words
        place = path.relative_to(room).as_posix()
        for words, context in find(text):
            if words[0]:
                catalogue.add(
                    words if len(words) > 1 else words[0], None, [(place, 0)], context=context
                )
    return catalogue


def _python_words(text: str) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """By the syntax tree, which also sees into f-strings; Babel's own reader does not."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = getattr(call.func, "id", None) or getattr(call.func, "attr", "")
        if name not in MARKERS:
            continue
        context_at, words_at = MARKERS[name]
        fixed = [arg.value if isinstance(arg, ast.Constant) else None for arg in call.args]
        words = tuple(word for word in fixed[words_at] if isinstance(word, str))
        if len(words) == words_at.stop - words_at.start:
            context = fixed[context_at] if context_at is not None else None
            yield words, context if isinstance(context, str) else None


def _template_words(text: str) -> Iterator[tuple[tuple[str, ...], str | None]]:
    # Indentation means nothing in a template, but would to a reader of Python.
    python = "\n".join(line.strip() for line in templatize(text).splitlines())
    found = babel_extract.extract("python", io.BytesIO(python.encode()))
    for _line, words, _comments, context in found:
        yield (words if isinstance(words, tuple) else (words,)), context


def _sources(room: Path) -> Iterator[Path]:
    python = (p for p in room.rglob("*.py") if "migrations" not in p.parts)
    templates = (p for p in room.glob("templates/**/*") if p.suffix in {".html", ".txt"})
    for path in sorted([*python, *templates]):
        if "node_modules" not in path.parts:
            yield path


def load(room: Path) -> Catalog:
    """The catalogue of a room as it lies on disk; an empty one when there is none."""
    path = room / CATALOGUE
    if not path.exists():
        return Catalog(locale=LOCALE, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE)


def merge(found: Catalog, kept: Catalog, elsewhere: Mapping[Key, Message] = NONE) -> Catalog:
    """The strings found now with the translations kept. A string that is new here but already
    translated ``elsewhere`` takes that translation, so that rooms speak alike. What is not found
    any more becomes obsolete, and its translation comes back when the string does."""
    merged = Catalog(locale=LOCALE, fuzzy=False)
    present = {_key(message) for message in _messages(found)}
    old = {_key(m): m for m in [*kept.obsolete.values(), *_messages(kept)]}
    for message in _messages(found):
        before = old.get(_key(message))
        if before is None or not _is_translated(before):
            before = elsewhere.get(_key(message), before)
        translation = before.string if before and _same_shape(before, message) else ""
        places = sorted({(place, 0) for place, _line in message.locations})
        merged.add(
            message.id,
            translation,
            places,
            context=message.context,
            user_comments=before.user_comments if before else (),
            flags=["fuzzy"] if before and before.fuzzy else (),
        )
    for key, message in old.items():
        if key not in present and _is_translated(message):
            context, msgid = key
            merged.obsolete[(msgid, context) if context else msgid] = message
    return merged


def render(catalogue: Catalog) -> str:
    """The catalogue as the text of a .po file; equal catalogues give equal texts."""
    body = io.BytesIO()
    write_po(body, catalogue, width=96, omit_header=True, include_lineno=False)
    return HEADER + body.getvalue().decode().strip("\n") + "\n"


def translated(folders: Sequence[Path]) -> dict[Key, Message]:
    """What the rooms have translated; the first room that has a string counts."""
    found: dict[Key, Message] = {}
    for room in folders:
        for message in _messages(load(room)):
            if _is_translated(message) and not message.fuzzy:
                found.setdefault(_key(message), message)
    return found


def update(room: Path, prune: bool = False, elsewhere: Mapping[Key, Message] = NONE) -> bool:
    """Write the room's catalogue anew; True when it changed. ``prune`` drops obsolete strings."""
    merged = merge(extract(room), load(room), elsewhere)
    if prune:
        merged.obsolete.clear()
    path = room / CATALOGUE
    if not len(merged) and not merged.obsolete and not path.exists():
        return False
    text = render(merged)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def compile_room(room: Path) -> bool:
    """Write the .mo beside the .po when that is newer; True when written."""
    source = room / CATALOGUE
    target = source.with_suffix(".mo")
    if not source.exists():
        return False
    if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
        return False
    fresh = target.with_suffix(".mo.new")
    with fresh.open("wb") as file:
        write_mo(file, load(room))
    fresh.replace(target)
    return True


def problems(folders: Sequence[Path]) -> list[Problem]:
    """Everything that is missing, doubtful or contradictory in the words of the rooms."""
    found: list[Problem] = []
    words: dict[Key, tuple[str, object]] = {}
    for room in folders:
        kept = load(room)
        found.extend(_room_problems(room.name, extract(room), kept))
        for message in _messages(kept):
            first_room, translation = words.setdefault(_key(message), (room.name, message.string))
            if translation != message.string and _is_translated(message):
                reason = f"translated otherwise in {first_room} (only one of the two is shown)"
                found.append(Problem(room.name, _key(message)[1], reason))
    return found


def _room_problems(room: str, found: Catalog, kept: Catalog) -> Iterator[Problem]:
    known = {_key(message): message for message in _messages(kept)}
    wanted = {_key(message): message for message in _messages(found)}
    for key, message in wanted.items():
        translation = known.get(key)
        if translation is None or not _same_shape(translation, message):
            yield Problem(room, key[1], "not extracted (run make messages)")
        elif translation.fuzzy:
            yield Problem(room, key[1], "fuzzy")
        elif not _is_translated(translation):
            yield Problem(room, key[1], "not translated")
        else:
            yield from _place_problems(room, translation)
    for key in known.keys() - wanted.keys():
        yield Problem(room, key[1], "obsolete (run make messages)")
    for message in kept.obsolete.values():
        yield Problem(room, _key(message)[1], "obsolete (delete it, or extract with --prune)")


def _place_problems(room: str, message: Message) -> Iterator[Problem]:
    """Places of the English that the Chinese lacks, or the other way round."""
    english = _forms(message.id)
    wanted = _places(english[-1])
    if any(place.startswith("%") and "(" not in place for place in wanted):
        yield Problem(room, english[0], "has a place without a name")
    for translation in _forms(message.string):
        if _places(translation) != wanted:
            yield Problem(room, english[0], f"places differ in {translation!r}")


def _places(text: str) -> set[str]:
    return {match.group(0) for match in PLACE.finditer(text.replace("%%", ""))}


def _forms(text: object) -> tuple[str, ...]:
    return tuple(str(part) for part in text) if isinstance(text, tuple | list) else (str(text),)


def _messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def _key(message: Message) -> Key:
    return message.context, _forms(message.id)[0]


def _same_shape(one: Message, other: Message) -> bool:
    return one.pluralizable == other.pluralizable and _forms(one.id) == _forms(other.id)


def _is_translated(message: Message) -> bool:
    return bool(message.string) and all(_forms(message.string))


def main(arguments: Sequence[str]) -> int:
    """The command line; 1 when ``check`` finds a problem."""
    parser = argparse.ArgumentParser(prog="python -m tongzhou.ui.messages", description=__doc__)
    parser.add_argument("command", choices=["extract", "compile", "check"])
    parser.add_argument("room", nargs="*", help="limit to these rooms")
    parser.add_argument("--prune", action="store_true", help="extract: drop obsolete strings")
    options = parser.parse_intermixed_args(arguments)
    folders = rooms(options.room)
    if options.command == "check":
        found = problems(folders)
        sys.stdout.writelines(f"{problem}\n" for problem in found)
        return 1 if found else 0
    elsewhere = translated(rooms()) if options.command == "extract" else NONE
    for room in folders:
        if options.command == "compile":
            compile_room(room)
        elif update(room, options.prune, elsewhere):
            sys.stdout.write(f"{(room / CATALOGUE).relative_to(ROOMS)} updated\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

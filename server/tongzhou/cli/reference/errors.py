"""``errors.md``: every refusal, what the command line can say, what verification can find."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import tongzhou
from tongzhou.cli.reference.bilingual import both
from tongzhou.cli.reference.markdown import code, page, table
from tongzhou.cli.reference.rooms import PACKAGE, load_all, room_of
from tongzhou.kernel.api.invalid_input import told
from tongzhou.kernel.errors import Refusal

_SOURCES: Final = Path(tongzhou.__file__).parent
_TERMINAL: Final = "tongzhou.kernel.terminal"


def refusals() -> list[type[Refusal]]:
    """Every refusal that a room declares, by code and then by name."""
    load_all()
    found = {kind for kind in _below(Refusal) if kind.__module__.startswith(f"{PACKAGE}.")}
    return sorted(found, key=lambda kind: (kind.code, kind.__module__, kind.__name__))


def _below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    yield kind
    for special in kind.__subclasses__():
        yield from _below(special)


@dataclass(frozen=True)
class OperatorFault:
    """Something that the command line says when it cannot go on. ``sentence`` is empty where
    it only repeats what the system said."""

    code: str
    sentence: str
    room: str


@cache
def operator_faults() -> tuple[OperatorFault, ...]:
    """Read from the source, since a fault is made where it is raised, with its sentence. One
    for each code and sentence."""
    found = {
        OperatorFault(_constant(call.args[0]), _sentence(call.args[1]), _room(path))
        for path in sorted(_SOURCES.rglob("*.py"))
        for call in _fault_calls(path)
        # Where the code is not written out, a refusal is passed on.
        if isinstance(call.args[0], ast.Constant)
    }
    explained = {fault.code for fault in found if fault.sentence}
    kept = [fault for fault in found if fault.sentence or fault.code not in explained]
    return tuple(sorted(kept, key=lambda fault: (fault.code, fault.sentence, fault.room)))


def verification_faults() -> list[str]:
    """The codes of what ``tongzhou ledger verify`` can find."""
    tree = ast.parse((_SOURCES / "ledger" / "verify.py").read_text(encoding="utf-8"))
    return sorted({_constant(call.args[0]) for call in _calls(tree, "Fault")})


def _room(path: Path) -> str:
    return path.relative_to(_SOURCES).parts[0]


def _fault_calls(path: Path) -> Iterator[ast.Call]:
    source = path.read_text(encoding="utf-8")
    if _TERMINAL not in source:
        return
    tree = ast.parse(source)
    imported = any(
        isinstance(node, ast.ImportFrom)
        and node.module == _TERMINAL
        and any(name.name == "Fault" for name in node.names)
        for node in ast.walk(tree)
    )
    if imported:
        yield from _calls(tree, "Fault")


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def _constant(node: ast.expr) -> str:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        raise TypeError(f"line {node.lineno}: a code must be written out")
    return node.value


def _sentence(node: ast.expr) -> str:
    marked = [_constant(call.args[0]) for call in _calls(node, "_")]
    return marked[0] if marked else ""


def text() -> str:
    """The page."""
    rows = []
    for kind in refusals():
        en, zh = both(kind.message)
        rows.append([code(kind.code), str(kind.status), en, zh, room_of(kind.__module__)])
    faults = [
        [code(fault.code), _readable(fault.sentence), fault.room] for fault in operator_faults()
    ]
    return page(
        "Errors",
        "A code is stable and stands for one meaning. Pages show the sentence, the API sends "
        "the code and the sentence as problem details (RFC 9457, `application/problem+json`), "
        "the command line prints `code: sentence`. Places in braces are filled in.",
        "## Refusals",
        table(["code", "status", "sentence", "句子", "room"], rows),
        "## Values of a request",
        "A request whose values cannot be taken answers `invalid` (422); each value then stands "
        "in `errors` with its field, its row, and one of these.",
        table(["code", "sentence", "句子"], [[code(name), *both(said)] for name, said in told()]),
        "## Faults of the command line",
        "Exit code 1; refusals of the list above can be printed too.",
        table(["code", "sentence", "room"], faults),
        "## What `tongzhou ledger verify` can find",
        ", ".join(code(found) for found in verification_faults()) + ".",
    )


def _readable(sentence: str) -> str:
    return both(sentence)[0]

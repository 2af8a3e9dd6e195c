"""The templates that come with the software: one YAML file each, in ``shipped/``."""

from functools import cache
from pathlib import Path

from tongzhou.library.document import COMMON, PROFILES
from tongzhou.library.reading import Read, read

FOLDER = Path(__file__).parent / "shipped"


class Misplaced(ValueError):
    """A shipped file whose name or folder says something else than its content: a mistake
    of the programmer, found by the tests."""


@cache
def shipped() -> tuple[Read, ...]:
    """All shipped templates, earlier versions first, read once by a process. Raises FileUnfit,
    Misplaced."""
    found = []
    for folder in (COMMON, *PROFILES):
        for path in sorted((FOLDER / folder).glob("*.yaml")):
            name = f"{folder}/{path.name}"
            one = read(path.read_bytes(), file=name)
            document = one.document
            if path.stem != stem(document.kind, document.key, document.version):
                raise Misplaced(f"{name} holds {document.kind}/{document.key}")
            if document.jurisdiction != folder:
                raise Misplaced(f"{name} is for {document.jurisdiction}")
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.document.version))


def stem(kind: str, key: str, version: int) -> str:
    """The name of a file without its ending: later versions stand beside the first."""
    return f"{kind}-{key}" + (f".v{version}" if version > 1 else "")

"""Notes in the data folder of the embedded database: what is known of it without asking.

They are gone when the database is; whoever replaces its tables takes them away first. A
database of one's own is always asked.
"""

from pathlib import Path

from tongzhou.kernel import embedded
from tongzhou.kernel.database_part import is_embedded


def read(name: str) -> str | None:
    """The text of a note; None when there is none."""
    try:
        return _place(name).read_text(encoding="utf-8") if is_embedded() else None
    except OSError:
        return None


def write(name: str, text: str) -> None:
    """Leaves a note."""
    if is_embedded():
        _place(name).write_text(text, encoding="utf-8")


def forget() -> None:
    """Takes all notes away."""
    if is_embedded():
        for path in embedded.folder().glob(_place("*").name):
            path.unlink(missing_ok=True)


def _place(name: str) -> Path:
    return embedded.folder() / f"tongzhou.{name}"

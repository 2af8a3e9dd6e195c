"""Whether the database has the tables of this version, known without asking it.

``tongzhou migrate`` leaves a note: the fingerprint of all migrations and of the list of
rights. A start with the same fingerprint need not load the framework first.
"""

import hashlib
from importlib.metadata import version
from pathlib import Path

from tongzhou.cli import notes

_NAME = "migrated"
_ROOMS = Path(__file__).resolve().parents[1]
_WITH_TABLES = ("Django", "django-axes", "procrastinate")


def up_to_date() -> bool:
    """True when the note names this version."""
    return notes.read(_NAME) == fingerprint()


def note() -> None:
    """Leaves the note."""
    notes.write(_NAME, fingerprint())


def fingerprint() -> str:
    """SHA-256 over what decides the tables and rights: the migrations, the rights, and the
    versions of the packages that bring tables of their own."""
    digest = hashlib.sha256()
    own = [*_ROOMS.glob("*/migrations/*.py"), *_ROOMS.glob("*/rights.py")]
    own += [_ROOMS / "kernel" / "grants.py", _ROOMS / "config" / "settings.py"]
    for path in sorted(own):
        digest.update(str(path.relative_to(_ROOMS)).encode() + b"\0" + path.read_bytes())
    for package in _WITH_TABLES:
        digest.update(f"{package} {version(package)}".encode())
    return digest.hexdigest()

"""Whether the embedded database has the tables of this version, known without asking it.

``tongzhou migrate`` leaves a note in the data folder: the fingerprint of all migrations and
of the list of rights. A start with the same fingerprint need not load the framework first.
"""

import hashlib
from importlib.metadata import version
from pathlib import Path

from tongzhou.kernel import embedded
from tongzhou.kernel.database_part import is_embedded

_ROOMS = Path(__file__).resolve().parents[1]
_WITH_TABLES = ("Django", "django-axes", "procrastinate")


def up_to_date() -> bool:
    """True when the note names this version. A database of one's own is always asked."""
    try:
        return is_embedded() and _note().read_text(encoding="utf-8") == fingerprint()
    except OSError:
        return False


def note() -> None:
    """Leaves the note."""
    if is_embedded():
        _note().write_text(fingerprint(), encoding="utf-8")


def forget() -> None:
    """Takes the note away, before the tables are replaced."""
    if is_embedded():
        _note().unlink(missing_ok=True)


def fingerprint() -> str:
    """SHA-256 over what decides the tables and rights: the migrations, the rights, and the
    versions of the packages that bring tables of their own."""
    digest = hashlib.sha256()
    own = [*_ROOMS.glob("*/migrations/*.py"), *_ROOMS.glob("*/rights.py")]
    own += [_ROOMS / "kernel" / "grants.py", _ROOMS / "config" / "settings.py"]
    for path in sorted(own):
        digest.update(str(path.relative_to(_ROOMS)).encode() + b"\\0" + path.read_bytes())
    for package in _WITH_TABLES:
        digest.update(f"{package} {version(package)}".encode())
    return digest.hexdigest()


def _note() -> Path:
    return embedded.folder() / "tongzhou.migrated"

"""The archive that ``backup`` writes and ``restore`` reads: one tar file.

manifest.json   format, time, versions, what the ledger's head was
database.dump   pg_dump's custom format
files/…         the files that were attached
"""

import json
import shutil
import tarfile
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from tongzhou.kernel.terminal import Fault, words

_ = words("cli")

FORMAT = "tongzhou-backup-1"
MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "files"


@dataclass(frozen=True)
class Manifest:
    """What an archive says of itself. ``head``: hash of the last block of the ledger."""

    made_at: str
    server_major: int
    acts: int
    head: str
    format: str = FORMAT


def write(target: Path, manifest: Manifest, *, dump: Path, files: Path) -> None:
    """Writes the archive; it appears whole or not at all. Raises Fault."""
    partial = target.with_name(target.name + ".part")
    note = dump.with_name(MANIFEST)
    note.write_text(json.dumps(asdict(manifest), indent=1) + "\n", encoding="utf-8")
    try:
        with tarfile.open(partial, "w") as archive:
            archive.add(note, MANIFEST)
            archive.add(dump, DUMP)
            if files.is_dir():
                archive.add(files, FILES)
        partial.chmod(0o600)  # it holds what the database holds
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise Fault("cannot-write", f"{target}: {error.strerror}") from error


def unpack(source: Path, folder: Path) -> Manifest:
    """Unpacks an archive into a new folder (an older one of that name is removed). Nothing
    outside of that folder is ever written. Raises Fault for anything that is no archive of
    ours."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    try:
        with tarfile.open(source, "r:") as archive:
            for member in archive:
                _extract(archive, member, folder)
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise Fault(
            "no-archive", _("%(file)s is not there, or not whole.") % {"file": source}
        ) from error
    except (tarfile.TarError, ValueError, TypeError, OSError) as error:
        raise Fault(
            "bad-archive",
            _("%(file)s is no archive of “tongzhou backup”: %(reason)s")
            % {"file": source, "reason": error},
        ) from error
    if manifest.format != FORMAT or not (folder / DUMP).is_file():
        raise Fault(
            "bad-archive",
            _("%(file)s is no archive of “tongzhou backup”: %(reason)s")
            % {"file": source, "reason": manifest.format},
        )
    return manifest


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    path = PurePosixPath(member.name)
    expected = str(path) in {MANIFEST, DUMP} or path.parts[:1] == (FILES,)
    if not expected or path.is_absolute() or ".." in path.parts:
        raise ValueError(f"unexpected name {member.name!r}")
    target = folder.joinpath(*path.parts)
    if member.isdir():
        target.mkdir(parents=True, exist_ok=True)
        return
    content = archive.extractfile(member) if member.isreg() else None
    if content is None:
        raise ValueError(f"{member.name!r} is neither a file nor a folder")
    target.parent.mkdir(parents=True, exist_ok=True)
    with content, target.open("wb") as file:
        shutil.copyfileobj(content, file)

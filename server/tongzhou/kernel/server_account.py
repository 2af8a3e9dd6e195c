"""The account under which the embedded PostgreSQL runs, and what it may enter.

PostgreSQL refuses to run as root. For any other user it runs as that user and nothing here
changes anything; for root it runs as ``tongzhou``, an account without a shell.
"""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

from tongzhou.kernel.home import home
from tongzhou.kernel.terminal import Fault, words

_ = words("kernel")

NAME = "tongzhou"


def is_root() -> bool:
    """True where this process runs as root, so that an account of its own is needed."""
    return os.geteuid() == 0


def account() -> pwd.struct_passwd:
    """The account that runs the server when this is root: the one that owns the data, else
    ``tongzhou``, made on first use. Where no account can be made it is ``nobody``."""
    try:
        owner = (home() / "postgres").stat().st_uid
        return pwd.getpwuid(owner) if owner else pwd.getpwnam(NAME)
    except FileNotFoundError:
        pass
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        maker = shutil.which("useradd")
    if maker is None:
        return pwd.getpwnam("nobody")
    subprocess.run(  # noqa: S603 – a fixed command
        [maker, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME],
        check=True,
        capture_output=True,
    )
    return pwd.getpwnam(NAME)


def identity() -> dict[str, Any]:
    """What ``subprocess.run`` needs to run a program under the account."""
    if not is_root():
        return {}
    entry = account()
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def hand_over(path: Path) -> None:
    """Makes the account the owner of ``path``."""
    if is_root():
        entry = account()
        os.chown(path, entry.pw_uid, entry.pw_gid)


def open_way(path: Path) -> None:
    """Lets the account pass through the folders above ``path``; it gets no right to list
    them."""
    if not is_root():
        return
    for parent in path.parents:
        mode = stat.S_IMODE(parent.stat().st_mode)
        if not mode & stat.S_IXOTH:
            parent.chmod(mode | stat.S_IXOTH)


def open_tree(folder: Path) -> None:
    """Lets the account read and run everything below ``folder`` (the programs of a
    PostgreSQL that root installed under a closed umask)."""
    if not is_root() or folder.stat().st_mode & stat.S_IXOTH:
        return
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            mode = stat.S_IMODE(path.stat().st_mode)
            path.chmod(mode | (mode & 0o500) >> 6)


def private_folder(path: Path) -> None:
    """Makes ``path`` a folder that only the account may enter. Raises Fault when it exists
    and is somebody else's, or open to others: who owns it decides who comes in."""
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        found = path.lstat()
        owner = account().pw_uid if is_root() else os.geteuid()
        if stat.S_ISDIR(found.st_mode) and found.st_uid == owner and not found.st_mode & 0o077:
            return
        raise Fault(
            "unsafe-socket-folder",
            _("The folder %(folder)s belongs to somebody else. Remove it and try again.")
            % {"folder": path},
        ) from None
    hand_over(path)

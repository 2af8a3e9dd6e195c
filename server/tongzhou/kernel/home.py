"""Where one installation keeps its own files. Imports nothing heavy: every part of the
process tree starts here."""

import os
from pathlib import Path

VARIABLE = "TONGZHOU_HOME"


def home() -> Path:
    """The state folder: ``TONGZHOU_HOME``, else ``.tongzhou`` in the current folder.
    Absolute; it need not exist yet."""
    return Path(os.environ.get(VARIABLE) or ".tongzhou").resolve()


def fix_home() -> Path:
    """The state folder, made when missing and written into the environment, so that a child
    process finds the same one whatever its current folder is."""
    folder = home()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ[VARIABLE] = str(folder)
    return folder

"""Files that a sub-command writes."""

import os
from pathlib import Path

from actscope.errors import InputError


class NotWrittenError(InputError):
    """A file that cannot be written where it was asked for."""

    code = "not_written"
    en = "“{field}” cannot be written: {value}."
    zh = "无法写入“{field}”：{value}。"


def written(path: str | Path, text: str) -> None:
    """Write the text whole or not at all. Raises ``NotWrittenError``."""
    draft = Path(f"{path}.part")
    try:
        draft.write_text(text, encoding="utf-8")
        os.replace(draft, path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise NotWrittenError(field=str(path), value=error.strerror or str(error)) from error

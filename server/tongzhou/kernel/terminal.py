"""Words on a terminal, in the reader's language, without loading Django.

The catalogues are the same ones that the pages use: one per room, compiled at set-up.
"""

import gettext
import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

_ROOMS = Path(__file__).resolve().parents[1]
_VARIABLES = ("TONGZHOU_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def language(environment: Mapping[str, str] = os.environ) -> str:
    """``zh-hans`` where the first of TONGZHOU_LANGUAGE, LC_ALL, LC_MESSAGES and LANG that is
    set names Chinese, else ``en``."""
    chosen = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return "zh-hans" if chosen.lower().startswith("zh") else "en"


@cache
def _catalogue(room: str, chosen: str) -> gettext.NullTranslations:
    languages = ["zh_Hans"] if chosen == "zh-hans" else []
    return gettext.translation(
        "django", str(_ROOMS / room / "locale"), languages=languages, fallback=True
    )


def words(room: str) -> Callable[[str], str]:
    """The function that gives a sentence of ``room`` in the language of the terminal."""

    def translate(message: str) -> str:
        return _catalogue(room, language()).gettext(message) if message else ""

    return translate


class Fault(Exception):
    """What the operator of an installation is told when a command cannot go on: a stable
    ``code`` and a sentence that is already in the terminal's language."""

    def __init__(self, code: str, sentence: str) -> None:
        self.code = code
        super().__init__(sentence)

"""The icons that pages may use: names of Tabler's outline set, gathered into one sprite by
:mod:`tongzhou.ui.build_assets`. To use another one, add its name to ``icons.txt``."""

from pathlib import Path

NAMES = Path(__file__).with_name("icons.txt")
ICONS: frozenset[str] = frozenset(NAMES.read_text(encoding="utf-8").split())

"""``tongzhou import``: areas and daily counts from files, each with a dry run."""

import argparse

from tongzhou.cli import areas_import, counts_import, needs_import
from tongzhou.cli.applications import told_plainly
from tongzhou.kernel.terminal import words

_ = words("cli")

_KINDS = {
    "areas": (areas_import, _("areas: divisions, census figures, boundaries")),
    "counts": (counts_import, _("cumulative daily counts per area (CSV)")),
    "needs": (needs_import, _("needs, offers, matches, status of hospitals")),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What to bring in, and whether to try first."""
    choices = parser.add_subparsers(dest="what", required=True, metavar="|".join(_KINDS))
    for name, (module, summary) in _KINDS.items():
        chosen = choices.add_parser(name, help=summary, description=summary)
        module.arguments(chosen)
        chosen.add_argument(
            "--dry-run", action="store_true", help=_("write nothing, tell everything")
        )
        chosen.add_argument("--json", action="store_true", help=_("print one JSON object"))


def run(options: argparse.Namespace) -> int:
    """0: taken, or would be. 1: rows stood in the way; nothing was written."""
    module, _summary = _KINDS[options.what]
    with told_plainly():
        return int(module.run(options))

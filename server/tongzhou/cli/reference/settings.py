"""``settings.md``: the environment of an installation."""

from tongzhou.cli.reference.markdown import code, page, table
from tongzhou.cli.reference.variables import VARIABLES, Variable


def text() -> str:
    """The page."""
    own = [v for v in VARIABLES if not v.internal]
    internal = [v for v in VARIABLES if v.internal]
    return page(
        "Settings",
        "All that differs between installations comes from the environment. None of it is "
        "needed to try the platform.",
        _table(own),
        "Set by the programs for one another; do not set them yourself:",
        _table(internal),
    )


def _table(variables: list[Variable]) -> str:
    rows = [[code(v.name), v.default, v.en, v.zh] for v in variables]
    return table(["variable", "when not set", "meaning", "含义"], rows)

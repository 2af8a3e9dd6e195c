"""The few forms of Markdown that the pages need."""

from collections.abc import Iterable, Sequence

MADE = "<!-- Made from the code by `make docs`. Change the code, not this page. -->"


def page(title: str, *parts: str) -> str:
    """A whole page: the note that it is made, a heading, and its parts."""
    return "\n\n".join([MADE, f"# {title}", *(part.strip() for part in parts if part)]) + "\n"


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; cells are plain Markdown in one line."""
    lines = [_line(headers), _line(["---"] * len(headers))]
    for row in rows:
        if len(row) != len(headers):
            raise ValueError(f"{len(row)} cells under {len(headers)} headers: {row!r}")
        lines.append(_line([_cell(value) for value in row]))
    return "\n".join(lines)


def code(text: str) -> str:
    """The text as code; nothing for empty text."""
    return f"`{text}`" if text else ""


def codes(names: Iterable[str]) -> str:
    """Names as code, separated by commas, in the order given."""
    return ", ".join(code(name) for name in names)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")

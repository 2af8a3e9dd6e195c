"""The matrix as one string of HTML: thirty thousand cells are too many for a template."""

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tongzhou.mandates.parts import LETTERS, Part, Side
from tongzhou.mandates.queries.matrix import Cell, Matrix, Row
from tongzhou.mandates.queries.snapshot import UnitLine

#: So many duties come at once, two screens of them; the others follow by themselves, in pieces,
#: while one reads already. A browser needs five times as long for a row as the server does.
FIRST, NEXT = 40, 160
_SIDES = {side.value: place for place, side in enumerate(Side)}


def table(matrix: Matrix, *, address: str, all_: bool = False) -> SafeString:
    """Duties as rows by side, units as columns. Each cell that holds something is a link to
    its page; its letters are named for who cannot see them. End tags that HTML does not need
    are left out: at this size they would be half of the page. ``address``: where the rows
    that follow are asked for."""
    heads = "".join(_column(unit) for unit in matrix.units)
    return SafeString(
        '<table class="md-matrix"><caption class="visually-hidden">'
        f"{escape(_('Who takes which part in which duty'))}</caption>"
        f"<thead><tr><th scope=col class=md-corner>{escape(_('Duty'))}{heads}</thead>"
        f"{rows(matrix, start=0, address=address, all_=all_)}</table>"
    )


def rows(matrix: Matrix, *, start: int, address: str, all_: bool = False) -> SafeString:
    """The rows from ``start`` on, and behind them the place that fetches the next ones."""
    words = _Words()
    span = len(matrix.units) + 1
    found = sorted(matrix.rows, key=lambda one: _SIDES[one.duty.side])
    side = found[start - 1].duty.side if 0 < start <= len(found) else ""
    end = len(found) if all_ else min(start + (NEXT if start else FIRST), len(found))
    out = ["<tbody>"]
    for row in found[start:end]:
        if row.duty.side != side:
            side = row.duty.side
            name = escape(str(words.sides[side]))
            out.append(f"<tbody><tr><th scope=rowgroup colspan={span} class=md-side>{name}")
        out.append(_row(row, matrix, words))
    if end < len(found):
        more = escape(_("More duties: %(n)s") % {"n": len(found) - end})
        joint = "&" if "?" in address else "?"
        out.append(
            f'<tbody id="matrix-more" hx-get="{escape(f"{address}{joint}from={end}")}" '
            'hx-trigger="load delay:60ms" hx-target="this" hx-swap="outerHTML">'
            f'<tr><th scope=row><a href="{escape(f"{address}{joint}from=all")}">{more}</a></tbody>'
        )
    return SafeString("".join(out))


class _Words:
    """What cells are called, looked up once."""

    def __init__(self) -> None:
        self.base = reverse("duties")
        self.sides = dict(Side.choices)
        self.labels = {part.value: str(escape(str(part.label))) for part in Part}
        self.asked = str(escape(_("asked")))
        self.red = str(escape(_("means are missing")))
        self.cells: dict[Cell, str] = {}

    def of(self, cell: Cell) -> str:
        """The rest of the link of a cell."""
        text = self.cells.get(cell)
        if text is None:
            text = self.cells[cell] = _cell(cell, self.labels, self.asked, self.red)
        return text


def _row(row: Row, matrix: Matrix, words: _Words) -> str:
    out = [f"<tr><th scope=row>{_head(row, words.base)}"]
    link = f"{words.base}/{row.duty.code}/"
    # Neighbours that hold nothing are one cell: most of a matrix is empty.
    empty = 0
    for unit in matrix.units:
        cell = row.cells.get(unit.id)
        if cell is None:
            empty += 1
            continue
        if empty:
            out.append(_nothing(empty))
            empty = 0
        out.append(f'<td><a href="{link}{unit.code}"{words.of(cell)}</a>')
    if empty:
        out.append(_nothing(empty))
    return "".join(out)


def _column(unit: UnitLine) -> str:
    link = reverse("unit-duties", args=[unit.code])
    name = escape(unit.name)
    return f'<th scope=col><a href="{link}" title="{name}">{name}</a>'


def _nothing(cells: int) -> str:
    return f"<td colspan={cells}>" if cells > 1 else "<td>"


def _head(row: Row, base: str) -> str:
    mark = ""
    if row.nobody:
        mark = f'<i class=md-red title="{escape(_("nobody is accountable"))}">!</i>'
    return f'<a href="{base}/{row.duty.code}">{escape(row.duty.name)}</a>{mark}'


def _cell(cell: Cell, labels: dict[str, str], asked: str, red: str) -> str:
    """What stands in a cell, from its classes on."""
    letters = cell.letters or "".join(LETTERS[part] for part in cell.asked)
    said = [labels[part] for part in cell.parts]
    said += [f"{labels[part]} ({asked})" for part in cell.asked]
    names = [letters[:1].lower()]
    if not cell.parts:
        names.append("q")
    if cell.red:
        names.append("x")
        said.append(red)
    return f' class="{" ".join(names)}" aria-label="{", ".join(said)}">{letters}'

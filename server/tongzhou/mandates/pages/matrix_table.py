"""The matrix as one string of HTML: thirty thousand cells are too many for a template."""

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tongzhou.mandates.parts import LETTERS, Part, Side
from tongzhou.mandates.queries.matrix import Cell, Matrix, Row
from tongzhou.mandates.queries.snapshot import UnitLine


def table(matrix: Matrix, *, path: str) -> SafeString:
    """Duties as rows by side, units as columns. Each cell that holds something is a link to
    its page; its letters are named for who cannot see them. End tags that HTML does not need
    are left out: at this size they would be half of the page."""
    labels = {part.value: str(escape(str(part.label))) for part in Part}
    asked = str(escape(_("asked")))
    red = str(escape(_("means are missing")))
    heads = "".join(_column(unit) for unit in matrix.units)
    out = [
        '<table class="md-matrix"><caption class="visually-hidden">',
        escape(_("Who takes which part in which duty")),
        f"</caption><thead><tr><th scope=col class=md-corner>{escape(_('Duty'))}{heads}</thead>",
    ]
    span = len(matrix.units) + 1
    side = ""
    base = path.rstrip("/")
    texts: dict[Cell, str] = {}
    sides = dict(Side.choices)
    for row in sorted(matrix.rows, key=lambda one: _SIDES[one.duty.side]):
        if row.duty.side != side:
            side = row.duty.side
            out.append(
                f"<tbody><tr><th scope=rowgroup colspan={span} class=md-side>{escape(sides[side])}"
            )
        out.append(f"<tr><th scope=row>{_head(row, base)}")
        link = f"{base}/{row.duty.code}/"
        for unit in matrix.units:
            cell = row.cells.get(unit.id)
            if cell is None:
                out.append("<td>")
                continue
            text = texts.get(cell)
            if text is None:
                text = texts[cell] = _cell(cell, labels, asked, red)
            out.append(f'<td><a href="{link}{unit.code}"{text}</a>')
    out.append("</table>")
    return SafeString("".join(out))


_SIDES = {side.value: place for place, side in enumerate(Side)}


def _column(unit: UnitLine) -> str:
    link = reverse("unit-duties", args=[unit.code])
    name = escape(unit.name)
    return f'<th scope=col><a href="{link}" title="{name}">{name}</a>'


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

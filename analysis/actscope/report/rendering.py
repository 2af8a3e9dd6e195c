"""A document as a page that needs nothing else, or as Markdown."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from actscope.report.document import Document, Exhibit, Table

WORDS = {
    "en": {"definition": "Definition", "missing": "missing", "contents": "Contents"},
    "zh": {"definition": "定义", "missing": "缺失", "contents": "目录"},
}


def html(report: Document) -> str:
    """One file with pictures and styles inside and without any script; it fetches nothing."""
    page = Environment(
        loader=PackageLoader("actscope.report", ""), autoescape=True, undefined=StrictUndefined
    )
    page.filters |= {"figure": figure, "numeric": numeric}
    template = page.get_template("report.html.j2")
    return template.render(report=report, words=WORDS[report.language]) + "\n"


def markdown(report: Document) -> str:
    """The same as text: tables instead of pictures, each with its definition beside it."""
    parts = [f"# {report.title}", report.lead]
    parts.append("\n".join(f"- {label}: {value}" for label, value in report.facts))
    for section in report.sections:
        parts.append(f"## {section.title}")
        for exhibit in section.exhibits:
            parts += _exhibit(exhibit, report.language)
    return "\n\n".join(part for part in parts if part) + "\n"


def _exhibit(exhibit: Exhibit, language: str) -> list[str]:
    words = WORDS[language]
    parts = [f"### {exhibit.title}", exhibit.lead]
    if exhibit.table:
        right = numeric(exhibit.table)
        rule = ["---:" if number else "---" for number in right]
        rows = [list(map(figure, row)) for row in exhibit.table.rows]
        parts.append("\n".join(map(_line, [list(exhibit.table.head), rule, *rows])))
    if exhibit.n is not None:
        lost = f" · {words['missing']} {exhibit.missing}" if exhibit.missing is not None else ""
        parts.append(f"n = {exhibit.n}{lost}")
    if exhibit.definition:
        told = exhibit.definition.zh if language == "zh" else exhibit.definition.en
        parts.append(f"*{words['definition']}:* {told} ({exhibit.definition.source})")
    return parts


def numeric(table: Table) -> list[bool]:
    """Which columns hold numbers only."""
    return [
        bool(table.rows)
        and all(row[i] is None or isinstance(row[i], int | float) for row in table.rows)
        and any(row[i] is not None for row in table.rows)
        for i in range(len(table.head))
    ]


def figure(value: object) -> str:
    """A figure as people read it: three digits that count, a dash where there is none."""
    match value:
        case None:
            return "–"
        case bool():
            return "✓" if value else "✗"
        case int():
            return f"{value:,}"
        case float():
            return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
        case _:
            return str(value)


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"

"""A document as a page and as text."""

import re
from xml.etree import ElementTree

import pytest

from actscope.definition import Definition
from actscope.report.document import Document, Exhibit, Section, Table
from actscope.report.rendering import figure, html, markdown, numeric

HOSTILE = '<script>alert("x")</script>'


def document(language: str = "en", picture: str = "") -> Document:
    exhibit = Exhibit(
        title=f"Ties {HOSTILE}",
        lead="Look here.",
        picture=picture,
        table=Table(head=("unit", "acts"), rows=[(f"A|B {HOSTILE}", 1234), ("C", None)]),
        definition=Definition("A plain count.", "简单计数。", "By hand."),
        n=1234,
        missing=5,
    )
    sections = [Section(id="who", title="Who", exhibits=[exhibit])]
    return Document(
        language=language, title="T", lead="L", facts=[("seed", "1")], sections=sections
    )


def test_a_page_escapes_what_stands_in_the_data() -> None:
    page = html(document())

    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_page_fetches_nothing() -> None:
    page = html(document(picture="<svg></svg>"))

    assert not re.search(r"""(src|href)\s*=\s*["']?(https?:)?//|@import|url\(""", page)


def test_each_figure_stands_beside_its_definition() -> None:
    assert "A plain count. <em>By hand.</em>" in html(document())
    assert "简单计数。" in html(document("zh"))
    assert "*Definition:* A plain count. (By hand.)" in markdown(document())


def test_text_keeps_its_tables_whole() -> None:
    lines = markdown(document()).splitlines()

    assert "| unit | acts |" in lines
    assert "| --- | ---: |" in lines
    assert f"| A\\|B {HOSTILE} | 1,234 |" in lines
    assert "| C | – |" in lines
    assert "n = 1234 · missing 5" in lines


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "–"), (0.12345, "0.123"), (12345.6, "12,346"), (7, "7"), (True, "✓"), ("x", "x")],
)
def test_a_figure_as_people_read_it(value: object, shown: str) -> None:
    assert figure(value) == shown


def test_a_column_of_numbers_and_gaps_is_one_of_numbers() -> None:
    table = Table(head=("a", "b", "c"), rows=[(1, "x", None), (None, 2, None)])

    assert numeric(table) == [True, False, False]


def test_the_page_is_well_formed() -> None:
    body = re.sub(r"<!doctype html>|<meta[^>]*>", "", html(document()))

    ElementTree.fromstring(body)  # raises where a tag is not closed

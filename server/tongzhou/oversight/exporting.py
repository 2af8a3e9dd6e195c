"""Lists of this room as files: CSV and XLSX, with cells that no spreadsheet takes for a
formula."""

from collections.abc import Iterable
from datetime import date
from importlib import import_module
from tempfile import TemporaryFile
from typing import IO

from django.utils.translation import gettext

from tongzhou.actors.models import Post
from tongzhou.oversight.models import Ask
from tongzhou.oversight.queries import asks
from tongzhou.oversight.queries.drill import Drilled
from tongzhou.oversight.queries.ecology import Profile
from tongzhou.ui.csv_files import Cell, cell


def answers(ask: Ask, *, visible_to: Post, on: date) -> list[list[Cell]]:
    """Heading, then a line for each unit and occasion up to ``on`` (of a single request, its
    only one), answered or not."""
    wanted = asks.fields(ask)
    until = ask.until if ask.rhythm == "once" else on
    found = asks.answers(ask, visible_to=visible_to, since=ask.first_on, until=until)
    heading = [
        gettext("Day"),
        gettext("Unit"),
        gettext("Unit code"),
        gettext("Area code"),
        gettext("Answered"),
        gettext("Late"),
        gettext("Revision"),
        *(row.field.name for row in wanted),
    ]
    lines: list[list[Cell]] = [[cell(text) for text in heading]]
    for row in found:
        answer = row.answer
        lines.append(
            [
                row.day.isoformat(),
                cell(row.part.unit.name),
                cell(row.part.unit.code),
                cell(row.part.unit.area.code),
                cell(answer.at if answer else None),
                cell(gettext("yes") if answer and answer.late else ""),
                answer.revision if answer else "",
                *(cell(fact.value if fact else "") for fact in row.values),
            ]
        )
    return lines


def xlsx_file(rows: Iterable[list[Cell]], *, title: str) -> IO[bytes]:
    """An XLSX file, open at its beginning; gone when it is closed."""
    # Read when first needed: the library is large and most processes never write a sheet.
    openpyxl = import_module("openpyxl")
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title[:30])
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append(row)
    file = TemporaryFile()  # noqa: SIM115 – handed over to the answer, which closes it
    book.save(file)
    file.seek(0)
    return file


def drilled(found: Drilled) -> list[list[Cell]]:
    """Heading, then a line for each act or time limit."""
    heading = (gettext("Moment"), gettext("What happened"), gettext("About"))
    lines: list[list[Cell]] = [[cell(text) for text in heading]]
    for told in found.acts:
        about = told.subject.label if told.subject else ""
        lines.append([cell(told.line.act.at), cell(told.sentence), cell(about)])
    for row in found.limits:
        lines.append([cell(row.clock.missed_at), cell(row.title), cell(row.subject.label)])
    return lines


def ecology(found: Profile) -> list[list[Cell]]:
    """Heading, then a line for each month: every share with the number it is of; a share of
    fewer than three is left empty."""
    heading = [
        gettext("Month"),
        *(
            f"{name} {suffix}"
            for name in (
                gettext("Orders"),
                gettext("Bounced"),
                gettext("Returned for want of means"),
                gettext("Replied"),
            )
            for suffix in ("%", "n", gettext("missing"))
        ),
        gettext("Median wait, hours"),
        gettext("Fields a day"),
        gettext("Duplicates"),
        gettext("Forms"),
        gettext("Meetings"),
        gettext("Inspections"),
        gettext("Missed time limits"),
    ]
    lines: list[list[Cell]] = [[cell(text) for text in heading]]
    for month in found.months:
        shares = (month.orders, month.bounced, month.no_means, month.replied)
        lines.append(
            [
                month.first.strftime("%Y-%m"),
                *(
                    value
                    for share in shares
                    for value in (
                        "" if share.percent is None else share.percent,
                        share.of,
                        share.missing,
                    )
                ),
                "" if month.wait is None else f"{month.wait / 3600:.1f}",
                f"{month.fields_a_day:.1f}",
                month.burden.duplicates,
                month.burden.forms,
                month.burden.all_meetings,
                month.burden.inspections,
                month.missed,
            ]
        )
    return lines

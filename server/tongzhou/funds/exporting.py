"""Statements and forecasts as files."""

from django.utils.translation import gettext, pgettext

from tongzhou.funds.choices import Purpose
from tongzhou.funds.forecast import Forecast
from tongzhou.funds.models import Fund
from tongzhou.funds.money import currency
from tongzhou.funds.queries.statement import whole
from tongzhou.oversight.exporting import xlsx_file
from tongzhou.ui.csv_files import Cell, cell

__all__ = ("gap", "purpose_label", "statement", "xlsx_file")


def statement(fund: Fund) -> list[list[Cell]]:
    """Heading, then a line for each posting, the earliest first. Amounts as plain numbers."""
    money = fund.money
    heading = [
        gettext("Moment"), gettext("Kind"), gettext("For what"), gettext("Unit"),
        gettext("Reference"), f"{pgettext('of money', 'Amount')} ({money.code})",
        gettext("Set aside"), pgettext("of a gift", "In kind"), pgettext("of money", "Balance"),
        gettext("Set aside in all"),
        gettext("In kind in all"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [[cell(text) for text in heading]]
    for line in whole(fund):
        # Plain numbers: a minus sign here is no formula.
        sums = (line.moved, line.held, line.goods, line.balance, line.aside, line.stored)
        rows.append(
            [
                cell(line.at), cell(line.kind_label), cell(line.about), cell(line.party),
                cell(line.reference), *(money.plain(amount) for amount in sums),
            ]
        )  # fmt: skip
    return rows


def purpose_label(code: str) -> str:
    """A purpose in words."""
    return str(Purpose(code).label)


def gap(found: Forecast) -> list[list[Cell]]:
    """Heading, then a line for each purpose and week."""
    here = currency()
    heading = (
        pgettext("of money", "Purpose"), gettext("Week from"), gettext("Planned"),
        gettext("Extrapolated"), gettext("Can be paid"), gettext("Lacks"),
    )  # fmt: skip
    rows: list[list[Cell]] = [[cell(text) for text in heading]]
    for row in found.purposes:
        rows.extend(
            [
                cell(purpose_label(row.purpose)),
                week.monday.isoformat(),
                *(
                    here.plain(amount)
                    for amount in (week.planned, week.extrapolated, week.covered, week.gap)
                ),
            ]
            for week in row.weeks
        )
    return rows

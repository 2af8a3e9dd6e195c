"""Lists of this room as files."""

from collections.abc import Iterable

from django.utils.translation import gettext, pgettext

from tongzhou.interests.models import Conflict, Stake
from tongzhou.ui.csv_files import Cell, cell


def stakes(found: Iterable[Stake]) -> list[list[Cell]]:
    """Heading, then a line for each stake."""
    heading = (
        gettext("Number"), gettext("Unit"), gettext("About what"), gettext("What is at stake"),
        gettext("Cost borne so far"), gettext("Hours borne so far"), gettext("Red line"),
        pgettext("of a stake", "Wish"), gettext("Version"), gettext("Said at"),
        gettext("Confirmed at"),
    )  # fmt: skip
    rows: list[list[Cell]] = [[cell(text) for text in heading]]
    rows.extend(
        [
            cell(one.reference), cell(one.unit.name), cell(one.matter), cell(one.stake),
            one.money.plain(one.cost), str(one.hours), cell(one.red_line), cell(one.wish),
            one.version, cell(one.at), cell(one.confirmed_at),
        ]
        for one in found
    )  # fmt: skip
    return rows


def conflicts(found: Iterable[Conflict]) -> list[list[Cell]]:
    """Heading, then a line for each conflict. The words of the sides stay on the page."""
    heading = (
        gettext("Number"), gettext("One side"), gettext("The other side"),
        gettext("What they clash over"), gettext("Severity"), gettext("State"),
        gettext("Declared at"), gettext("Ended at"), gettext("Compensation in all"),
    )  # fmt: skip
    rows: list[list[Cell]] = [[cell(text) for text in heading]]
    rows.extend(
        [
            cell(one.reference), cell(one.one.unit.name), cell(one.other.unit.name),
            cell(one.get_clash_display()), one.severity, cell(one.get_state_display()),
            cell(one.declared_at), cell(one.ended_at), one.money.plain(one.agreed),
        ]
        for one in found
    )  # fmt: skip
    return rows

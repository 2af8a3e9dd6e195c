"""Lists of this room as files."""

from collections.abc import Iterable

from django.utils.translation import gettext, pgettext

from tongzhou.funds import money
from tongzhou.interests.indicators import Indicator
from tongzhou.interests.models import Conflict, Stake
from tongzhou.interests.queries.burden import Balance
from tongzhou.interests.queries.dependencies import Map
from tongzhou.interests.queries.tensions import Row
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


def burden(found: Balance) -> list[list[Cell]]:
    """Heading, then a line for each unit, the most burdened first."""
    heading = (
        gettext("Unit"), gettext("Code"), gettext("Tasks done"), gettext("Hours of tasks"),
        gettext("Shifts"), gettext("Check-ins"), gettext("Hours of shifts"),
        gettext("Fields entered"), gettext("Meetings and inspections"),
        gettext("Hours of forms and meetings"), gettext("Cost"),
        gettext("Compensation"), gettext("Balance in hours"), gettext("People"),
        gettext("Hours for each of its people"),
    )  # fmt: skip
    plain = money.currency().plain
    rows: list[list[Cell]] = [[cell(text) for text in heading]]
    rows.extend(
        [
            cell(row.unit.name), cell(row.unit.code), row.tasks, f"{row.task_hours:.1f}",
            row.shifts, row.check_ins, f"{row.shift_hours:.1f}", row.asked.fields,
            row.asked.all_meetings + row.asked.inspections, f"{row.form_hours:.1f}",
            plain(row.cost), plain(row.compensation), f"{row.balance:.1f}",
            "" if row.people is None else row.people,
            "" if row.each is None else f"{row.each:.2f}",
        ]
        for row in found.rows
    )  # fmt: skip
    return rows


def ties(found: Map) -> list[list[Cell]]:
    """Heading, then a line for each tie."""
    heading = (
        gettext("Who needs"), gettext("Code"), gettext("Of whom"), gettext("Code"),
        gettext("What"), gettext("How often"),
    )  # fmt: skip
    rows: list[list[Cell]] = [[cell(text) for text in heading]]
    for edge in found.edges:
        one, other = found.units[edge.needs], found.units[edge.of]
        rows.append(
            [
                cell(one.name), cell(one.code), cell(other.name), cell(other.code),
                cell(edge.kind.label), edge.n,
            ]
        )  # fmt: skip
    return rows


def tensions(found: Iterable[Row]) -> list[list[Cell]]:
    """Heading, then a line for each area: its score, and each component with year and source."""
    heading = [gettext("Area code"), gettext("Area"), gettext("Tension"), gettext("Components")]
    for _value, label in Indicator.choices:
        heading += [str(label), gettext("Year"), gettext("Source"), "z"]
    rows: list[list[Cell]] = [[cell(text) for text in heading]]
    for row in found:
        line: list[Cell] = [
            cell(row.area.code), cell(row.area.name),
            "" if row.score is None else f"{row.score:.3f}", row.parts,
        ]  # fmt: skip
        for one in row.figures:
            line += [
                "" if one.value is None else f"{one.value:g}",
                "" if one.year is None else one.year,
                cell(one.source),
                "" if one.z is None else f"{one.z:.3f}",
            ]
        rows.append(line)
    return rows

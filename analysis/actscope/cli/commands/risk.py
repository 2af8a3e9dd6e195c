"""``actscope risk F --area c --date c --cases c [--cumulative] [--cluster c] [--on DAY]
[--rules FILE]``: the level of risk of each area by the rules in force on a day."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from actscope.acts.reading import read_columns
from actscope.acts.schema import Column
from actscope.cli import options as shared
from actscope.cli import where
from actscope.cli.answer import Answer, aligned
from actscope.epidemic.incidence import CasesMissingError, Incidence, incidence, numbered
from actscope.epidemic.risk import WINDOW, AreaLevels, area_levels
from actscope.epidemic.risk_rules import RulesUnreadableError, in_force, rules_of, shipped_rules

SHAPE: Any = {
    "on": "the day, ISO 8601",
    "n": "areas",
    "missing": "areas without a level",
    "rules": {
        **dict.fromkeys(
            ("id", "jurisdiction", "area_en", "area_zh", "title_en", "title_zh", "force"),
            "of the set in force",
        ),
        "valid_from": "first day",
        "valid_to": "last day, or null",
        "source": "where the rules stand",
        "confidence": "o official, m mirror or press, k knowledge of the field",
        "note": "what to mind",
        "rules": [
            {
                "level": "low, medium or high",
                "en": "in words",
                "zh": "规则",
                "when": "measure, comparison and value; all must hold",
            }
        ],
    },
    "areas": [
        {
            "area": "name",
            "level": "of risk, or null",
            "rule_en": "the rule that gave it",
            "rule_zh": "规则",
            "numbers": {
                "cumulative": "local cases up to the day",
                "new_14": "of the 14 days that end on it",
                "days_without": "days since the last local case; null without any",
                "cluster_14": "1 or 0 when known",
            },
            "unknown": "figures for want of which there is no level",
            "missing_days": "of the 14 days without a count",
        }
    ],
    "definition": "en, zh and source",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the sub-command takes."""
    shared.file(parser, "file", "counts by area and day")
    parser.add_argument("--area", required=True, help="column that names the area")
    parser.add_argument("--date", required=True, help="column of the day")
    parser.add_argument("--cases", required=True, help="column of the local cases")
    parser.add_argument("--cluster", help="column that is 1 on days with a cluster, else 0")
    where.argument(parser)
    parser.add_argument("--cumulative", action="store_true", help="the counts are totals to date")
    parser.add_argument(
        "--repair", action="store_true", help="take negative daily counts off the days before"
    )
    parser.add_argument("--on", type=date.fromisoformat, help="the day; by default the last")
    parser.add_argument("--rules", help="TOML file of rules, in place of those that are shipped")
    shared.zone(parser)
    parser.set_defaults(usage=parser.error)


def run(options: argparse.Namespace) -> Answer:
    """The levels."""
    named = [options.area, options.date, options.cases, *filter(None, [options.cluster])]
    if len(set(named)) < len(named):
        options.usage("--area, --date, --cases and --cluster must be different columns")
    columns = {
        "area": Column(
            name=options.area, type="text", en="area", zh="地区", required=True, filled=True
        ),
        "day": Column(
            name=options.date, type="time", en="day", zh="日", required=True, filled=True
        ),
        "cases": Column(name=options.cases, type="number", en="cases", zh="病例", required=True),
    }
    if options.cluster:
        columns["cluster"] = Column(
            name=options.cluster, type="number", en="cluster", zh="聚集性疫情", required=True
        )
    taken = (options.date, options.cases, options.cluster)
    columns |= where.columns(options, taken)
    zone = options.zone or "UTC"
    table = where.kept(numbered(read_columns(options.file, columns, zone=zone).table), options)
    by_area = {
        area: incidence(part, cumulative=options.cumulative, repair=options.repair, zone=zone)
        for area, part in _parts(table)
    }
    on = options.on or max((day for one in by_area.values() for day in _days(one)), default=None)
    if on is None:
        raise CasesMissingError
    sets = rules_of(_text(options.rules)) if options.rules else shipped_rules()
    found = area_levels(
        by_area,
        on=on,
        rules=in_force(sets, on),
        clusters=_clusters(table, on, zone) if options.cluster else None,
    )
    return Answer(value=found.to_dict(), lines=_lines(found))


def _parts(table: pa.Table) -> list[tuple[str, pa.Table]]:
    areas = pc.unique(table["area"]).to_pylist()
    return [(area, table.filter(pc.equal(table["area"], area))) for area in areas]


def _days(cases: Incidence) -> list[date]:
    return [day for day in cases.days[-1:] if isinstance(day, date)]


def _clusters(table: pa.Table, on: date, zone: str) -> dict[str, bool]:
    """Whether a cluster was reported in the 14 days, for areas where that column has a figure."""
    local = pc.cast(
        pc.local_timestamp(pc.cast(table["day"], pa.timestamp("us", zone))), pa.date32()
    )
    found: dict[str, bool] = {}
    for area, day, flag in zip(
        table["area"].to_pylist(), local.to_pylist(), table["cluster"].to_pylist(), strict=True
    ):
        if flag is not None and 0 <= (on - day).days < WINDOW:
            found[area] = found.get(area, False) or flag > 0
    return found


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RulesUnreadableError(field=path, value=error) from None


def _lines(found: AreaLevels) -> list[str]:
    rules = found.rules
    rows = [
        (
            one.area,
            one.level or "?",
            one.numbers["cumulative"],
            one.numbers["new_14"],
            one.numbers["days_without"],
            one.rule_en or f"not known: {', '.join(one.unknown)}",
        )
        for one in found.areas
    ]
    head = ("area", "level", "cases", "in 14 days", "days without", "rule")
    return [
        f"{found.on}, by {rules.title_en} ({rules.id}, for each {rules.area_en}; confidence "
        f"{rules.confidence}). {rules.note}",
        "",
        *aligned(head, rows),
    ]

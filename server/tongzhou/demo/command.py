"""What the command does in the incident: open it, grade it, change its phase, form groups,
meet, decide, put measures in force and lift them, record the daily counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from tongzhou.demo.asked import INCIDENT
from tongzhou.demo.chance import stream
from tongzhou.demo.scenario import Scenario, UnitRow, code_of
from tongzhou.demo.season import ZONE, Season, day_of, moment
from tongzhou.demo.steps import Figures, Ref, Step, Value, area, unit
from tongzhou.demo.voices import both

COMMANDER: Final = "shen@zj-command"
COUNTER: Final = "qiu@zj-cdc"
LAW: Final = (
    "《中华人民共和国传染病防治法》《中华人民共和国突发事件应对法》"
    " · Law on Prevention and Treatment of Infectious Diseases, Emergency Response Law"
)


def command(
    scenario: Scenario, seed: int, cities: Mapping[date, Sequence[Figures]]
) -> Iterator[Step]:
    """All of it, group by group; ``cities``: figures of the cities for each day, if any."""
    yield from _incident(scenario)
    yield from _groups(scenario, seed)
    yield from _decisions(scenario)
    yield from _measures(scenario)
    yield from _counts(scenario, cities)


def speaks(scenario: Scenario, code: str) -> str:
    """The post that acts for a unit."""
    return scenario.units[code].spokesperson().post


def _incident(scenario: Scenario) -> Iterator[Step]:
    raw = scenario.incident
    about: Mapping[str, Any] = raw["incident"]
    opened: dict[str, Value] = {
        "code": about["code"],
        "title_zh": about["zh"],
        "title_en": about["en"],
        "area": area("33"),
        "agent": about["agent"],
        "incubation_days": about["incubation_days"],
        "severity": about["severity"],
        "uncertainty": about["uncertainty"],
        "summary_zh": about["summary_zh"],
        "summary_en": about["summary_en"],
        "signal": Ref("signal", scenario.signals["signals"][0]["key"]),
        "told": tuple(unit(row.code) for row in authorities(scenario)),
    }
    yield Step(moment(about["opened"]), "incidents.open_incident", COMMANDER, opened, INCIDENT.key)
    for number, grade in enumerate(raw["grades"], 1):
        graded: dict[str, Value] = {
            "incident": INCIDENT,
            "grade": grade["grade"],
            "criterion": grade["criterion"],
            "legal_basis": grade["basis"],
            "expires_at": moment(grade["expires"]) if "expires" in grade else None,
        }
        at = moment(grade["at"])
        yield Step(at, "incidents.set_grade", COMMANDER, graded, f"grade-{number}")
    for number, phase in enumerate(raw["phases"], 1):
        entered: dict[str, Value] = {
            "incident": INCIDENT, "phase": phase["phase"], "reason": phase["reason"],
        }  # fmt: skip
        at = moment(phase["at"])
        yield Step(at, "incidents.change_phase", COMMANDER, entered, f"phase-{number}")
    for edit in raw["edits"]:
        fields = {name: value for name, value in edit.items() if name != "at"}
        at = moment(edit["at"])
        yield Step(at, "incidents.edit_incident", COMMANDER, {"incident": INCIDENT, **fields})


def authorities(scenario: Scenario) -> Iterable[UnitRow]:
    """The units that are told of the incident when it is opened: all but society."""
    for row in scenario.units.values():
        if row.kind and not row.society and row.code != "zj-command":
            yield row


def _groups(scenario: Scenario, seed: int) -> Iterator[Step]:
    season = Season.of(scenario.tempo)
    for group in scenario.incident["groups"]:
        formed = moment(group["formed"])
        ref = Ref("group", group["key"])
        args: dict[str, Value] = {
            "incident": INCIDENT,
            "name_zh": group["zh"],
            "name_en": group["en"],
            "purpose": group["purpose"],
            "chair": unit(group["chair"]),
            "members": tuple(unit(code) for code in group["members"]),
        }
        yield Step(formed, "incidents.form_group", COMMANDER, args, group["key"])
        ends = moment(group["dissolved"]) if "dissolved" in group else None
        by = speaks(scenario, group.get("convened_by", group["chair"]))
        topics = scenario.incident["topics"][group["key"]]
        chance = stream(seed, "group", group["key"])
        for number, at in enumerate(_meetings(season, formed, ends, float(group["every"]))):
            at += timedelta(minutes=chance.randint(0, 40))
            topic = topics[number % len(topics)]
            yield Step(at, "incidents.convene_group", by, {"group": ref, "topic": topic})
        if ends is not None:
            reason = "任务完成 · Its work is done"
            yield Step(
                ends, "incidents.dissolve_group", COMMANDER, {"group": ref, "reason": reason}
            )


def _meetings(
    season: Season, formed: datetime, ends: datetime | None, every: float
) -> Iterator[datetime]:
    """Often while the work rises, seldom when it is nearly over."""
    at = formed + timedelta(hours=1)
    last = ends or datetime.combine(season.last, time(17), ZONE)
    while at < last:
        yield at
        calm = 1 - season.share(at.date())
        days = max(every, round(every * (1 + 2.2 * calm)))
        at = datetime.combine(
            at.date() + timedelta(days=days), time(16 if days > 1 else 8, 20), ZONE
        )


def _decisions(scenario: Scenario) -> Iterator[Step]:
    groups = {group["key"]: group for group in scenario.incident["groups"]}
    for number, row in enumerate(scenario.incident["decisions"], 1):
        recorded, owner, due, done, group, zh, en = row
        at = moment(recorded)
        chair = groups[group].get("convened_by", groups[group]["chair"]) if group else "zj-command"
        key = f"decision-{number}"
        args: dict[str, Value] = {
            "incident": INCIDENT,
            "text": both(zh, en),
            "owner": unit(owner),
            "due_at": at + timedelta(days=due),
        }
        yield Step(at, "incidents.record_decision", speaks(scenario, chair), args, key)
        if owner != "zj-command":
            seen: dict[str, Value] = {"decision": Ref("decision", key)}
            read = at + timedelta(minutes=18 + 7 * (number % 5))
            yield Step(read, "incidents.see_decision", speaks(scenario, owner), seen)
        completed = at + timedelta(days=done, hours=-2 if done <= due else 3)
        outcome = "已落实 · Carried out" if done <= due else "延期落实 · Carried out late"
        finished: dict[str, Value] = {"decision": Ref("decision", key), "outcome": outcome}
        yield Step(completed, "incidents.complete_decision", speaks(scenario, owner), finished)


def _measures(scenario: Scenario) -> Iterator[Step]:
    for row in scenario.incident["measures"]:
        at, by = moment(row["at"]), speaks(scenario, row["by"])
        published = "公开发布 · as published" if row["published"] else "演示虚构 · invented"
        args: dict[str, Value] = {
            "incident": INCIDENT,
            "title_zh": row["zh"],
            "title_en": row["en"],
            "area": area(code_of(row["area"])),
            "legal_basis": f"{LAW}（{published}）",
            "stop_rule": row["stop"],
            "expires_at": at + timedelta(days=row["days"]),
            "guidance": tuple(row.get("cites", ())),
        }
        yield Step(at, "incidents.start_measure", by, args, row["key"])
        if "lifted" in row:
            ended: dict[str, Value] = {
                "measure": Ref("measure", row["key"]),
                "reason": row["stop"],
            }
            yield Step(moment(row["lifted"]), "incidents.lift_measure", by, ended)


def _counts(scenario: Scenario, cities: Mapping[date, Sequence[Figures]]) -> Iterator[Step]:
    """Every morning the figures of the day before."""
    source = scenario.counts["source"]
    text = both(source["zh"], source["en"])
    # Whoever counts must be in a group first.
    first = moment(scenario.incident["groups"][0]["formed"])
    for written, (confirmed, cured, dead) in scenario.counts["totals"].items():
        day = day_of(written)
        as_of = datetime.combine(day + timedelta(days=1), time(0), ZONE)
        at = max(as_of + timedelta(hours=9, minutes=5), first + timedelta(minutes=35))
        rows = (Figures("33", day, confirmed, cured, dead), *cities.get(day, ()))
        args: dict[str, Value] = {
            "incident": INCIDENT, "rows": rows, "source": text, "as_of": as_of,
        }  # fmt: skip
        yield Step(at, "incidents.record_counts", COUNTER, args, f"counts-{day.isoformat()}")

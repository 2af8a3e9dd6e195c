"""What there is to do now, when the demo has been played: dated from the present, so that
whoever signs in finds work, clocks that run and something that is late."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from tongzhou.demo.asked import Asked, basis_for, sending
from tongzhou.demo.calls import calls
from tongzhou.demo.chance import stream
from tongzhou.demo.command import COMMANDER, LAW, authorities, speaks
from tongzhou.demo.journeys import journeys
from tongzhou.demo.scenario import Scenario, UnitRow, code_of
from tongzhou.demo.scripts import script
from tongzhou.demo.season import half_hour
from tongzhou.demo.steps import FileOf, Ref, Step, Value, area, task, unit
from tongzhou.demo.supplies import supplies
from tongzhou.demo.voices import Voices, both

#: Stories of the command layer, each a file of ``scenario/scripts``.
SCRIPTS: Final = (
    "present-guidance", "present-incidents", "present-cluster", "present-duties",
    "present-oversight", "present-tickets", "present-funds", "present-allocation",
    "present-interests", "present-aid", "present-drill",
)  # fmt: skip
INCIDENT: Final = Ref("incident", "influenza")
#: What is said with an act, and under which argument.
_SAID: Final = {
    "block": ("reason", "block"),
    "refuse": ("reason", "refuse"),
    "return": ("reason", "return"),
    "urge": ("text", "urge"),
    "comment": ("text", "comment"),
}
_OF_ASKER: Final = frozenset({"confirm", "urge"})
_ACTS: Final = {"attach": "tasks.attach_file"}


def steps(scenario: Scenario, seed: int, *, now: datetime) -> list[Step]:
    """The steps of the days before ``now``, by time."""
    made = Present(scenario, seed, now).steps()
    return sorted(made, key=lambda step: step.at)


class Present:
    """Turns the file's hours into times around ``now``."""

    def __init__(self, scenario: Scenario, seed: int, now: datetime) -> None:
        self._scenario = scenario
        self._raw: Mapping[str, Any] = scenario.present
        self._seed = seed
        self._now = now.replace(microsecond=0)
        self._voices = Voices(scenario)

    def steps(self) -> Iterator[Step]:
        """Incident, groups, decisions, measures, signals, tasks."""
        yield from self._incident()
        yield from self._groups()
        yield from self._decided()
        yield from self._signals()
        for number, row in enumerate(self._raw["tasks"], 1):
            yield from self._task(number, row)
        for name in SCRIPTS:
            yield from script(self._scenario, name, now=self._now)
        yield from supplies(self._scenario, self._now)
        yield from calls(self._scenario, self._now)
        yield from journeys(self._scenario, self._now)

    def _ago(self, hours: float) -> datetime:
        return self._now - timedelta(hours=hours)

    def _due(self, hours: float) -> datetime:
        """A round time; one that is past already is rounded down, so that it stays past for
        whoever notices in the minutes after it, at whatever time of the hour the demo begins."""
        due = half_hour(self._now + timedelta(hours=hours))
        return due - timedelta(minutes=30) if hours < 0 else due

    def _incident(self) -> Iterator[Step]:
        raw, grade = self._raw["incident"], self._raw["grade"]
        named = {code for row in self._raw["tasks"] for code in (*row[:2], *row[9:])}
        told = {row.code for row in authorities(self._scenario)} | named
        told.discard("zj-command")
        opened: dict[str, Value] = {
            "code": raw["code"],
            "title_zh": raw["zh"],
            "title_en": raw["en"],
            "area": area("33"),
            "told": tuple(unit(code) for code in sorted(told)),
            **{name: raw[name] for name in ("agent", "incubation_days", "severity", "uncertainty")},
            **{name: raw[name] for name in ("summary_zh", "summary_en")},
        }
        at = self._ago(raw["ago"])
        yield Step(at, "incidents.open_incident", COMMANDER, opened, INCIDENT.key)
        graded: dict[str, Value] = {
            "incident": INCIDENT,
            "grade": grade["grade"],
            "criterion": grade["criterion"],
            "legal_basis": grade["basis"],
            "expires_at": self._due(grade["expires"]),
        }
        yield Step(self._ago(grade["ago"]), "incidents.set_grade", COMMANDER, graded)

    def _groups(self) -> Iterator[Step]:
        for row in self._raw["groups"]:
            formed: dict[str, Value] = {
                "incident": INCIDENT,
                "name_zh": row["zh"],
                "name_en": row["en"],
                "purpose": row["purpose"],
                "chair": unit(row["chair"]),
                "members": tuple(unit(code) for code in row["members"]),
            }
            at = self._ago(row["ago"])
            yield Step(at, "incidents.form_group", COMMANDER, formed, row["key"])
            by = speaks(self._scenario, row["chair"])
            met: dict[str, Value] = {"group": Ref("group", row["key"]), "topic": row["topic"]}
            for hours in row["met"]:
                yield Step(self._ago(hours), "incidents.convene_group", by, met)

    def _decided(self) -> Iterator[Step]:
        for number, (ago, owner, due, by, zh, en) in enumerate(self._raw["decisions"], 1):
            decided: dict[str, Value] = {
                "incident": INCIDENT,
                "text": both(zh, en),
                "owner": unit(owner),
                "due_at": self._due(due),
            }
            post = speaks(self._scenario, by)
            yield Step(self._ago(ago), "incidents.record_decision", post, decided, f"now-{number}")
        for number, row in enumerate(self._raw["measures"], 1):
            ago, by, where, expires, zh, en, stop, *cites = row
            started: dict[str, Value] = {
                "incident": INCIDENT,
                "title_zh": zh,
                "title_en": en,
                "area": area(code_of(where)),
                "legal_basis": LAW,
                "stop_rule": stop,
                "expires_at": self._due(expires),
                "guidance": tuple(cites),
            }
            post = speaks(self._scenario, by)
            yield Step(self._ago(ago), "incidents.start_measure", post, started, f"now-{number}")

    def _signals(self) -> Iterator[Step]:
        for key, ago, where, channel, by, text, assessor, then, verdict, why in self._raw[
            "signals"
        ]:
            reported: dict[str, Value] = {
                "text": text, "area": area(code_of(where)), "channel": channel,
            }  # fmt: skip
            post = speaks(self._scenario, by) if by else ""
            yield Step(self._ago(ago), "incidents.report_signal", post, reported, key)
            if not assessor:
                continue
            ref, at, post = Ref("signal", key), self._ago(then), speaks(self._scenario, assessor)
            assessed: dict[str, Value] = {
                "signal": ref, "verdict": verdict, "reasons": why, "serious": False,
                "spread": verdict == "watch", "travel_trade": False,
            }  # fmt: skip
            yield Step(at, "incidents.assess_signal", post, assessed)
            if verdict == "dismiss":
                answer = self._scenario.signals["verdict_texts"][verdict]
                answered: dict[str, Value] = {"signal": ref, "answer": answer}
                yield Step(at + timedelta(minutes=20), "incidents.answer_signal", post, answered)

    def _task(self, number: int, row: Sequence[Any]) -> Iterator[Step]:
        asker_code, lead_code, ago, due, work, priority, zh, en, then, *helping = row
        asker, lead = self._scenario.units[asker_code], self._scenario.units[lead_code]
        key = f"now-{number:02}"
        asked = Asked(
            key=key,
            title=both(zh, en),
            topic="information" if work == "clarify" else work,
            asker=asker,
            lead=lead,
            work=work,
            basis=basis_for("dept", asker=asker, lead=lead),
            at=self._ago(ago),
            due=self._due(due),
            priority=priority,
            assisting=tuple(self._scenario.units[code] for code in helping),
        )
        body = self._voices.body(work)
        sent = sending(asked, by=asker.spokesperson().post, body=body, incident=INCIDENT)
        if then == ["draft"]:
            yield Step(sent.at, "tasks.create_task", sent.by, sent.args, key)
            return
        yield sent
        chance = stream(self._seed, key)
        for done in then:
            yield self._done(key, done, asker, lead, work, chance)

    def _done(
        self, key: str, done: str, asker: UnitRow, lead: UnitRow, work: str, chance: Random
    ) -> Step:
        """One thing that happened to the task: "see 18", "start@ji 16", "refuse>unit 6"."""
        what, _, hours = done.rpartition(" ")
        what, _, better = what.partition(">")
        verb, _, username = what.partition("@")
        row = asker if verb in _OF_ASKER else lead
        by = f"{username}@{row.code}" if username else row.spokesperson().post
        args: dict[str, Value] = {"task": task(key)}
        if verb in _SAID:
            name, about = _SAID[verb]
            args[name] = self._voices.say(about, chance)
        if verb == "finish":
            args["result"] = self._voices.result(work, chance)
        if verb == "attach":
            args["file"] = FileOf(self._raw["files"]["name"], self._raw["files"]["text"])
        if better:
            args["better_owner"] = unit(better)
        act = _ACTS.get(verb, f"tasks.{verb}_task")
        return Step(self._ago(float(hours)), act, by, args)

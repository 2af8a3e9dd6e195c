"""The work of the sixty-seven days: orders to everybody, society coming and going, and what
is asked for day by day."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from tongzhou.demo.asked import Asked, basis_for
from tongzhou.demo.chance import stream, weighted
from tongzhou.demo.pairs import (
    INSIDE,
    ROUTE_WEIGHTS,
    WITH_SOCIETY,
    Pair,
    helpers,
    inside,
    pairs,
)
from tongzhou.demo.scenario import Scenario, Template, UnitRow
from tongzhou.demo.season import ZONE, Season, between, by_day, day_of, moment, wakeful
from tongzhou.demo.steps import Step
from tongzhou.demo.stories import Story
from tongzhou.demo.voices import Voices, both

_FIRST_HOUR: Final = 17  # of the first day: the response starts in the afternoon
_COMMAND: Final = "zj-command"
_TRIES: Final = 12


class Work:
    """Makes the stories of all tasks. ``scale`` 1 is the whole of it."""

    def __init__(self, scenario: Scenario, seed: int, scale: float) -> None:
        self._scenario = scenario
        self._seed = seed
        self._scale = scale
        self._season = Season.of(scenario.tempo)
        self._voices = Voices(scenario)
        self._until = datetime.fromisoformat(scenario.tempo["until"]).replace(tzinfo=ZONE)
        self._pairs = [pairs(scenario, template) for template in scenario.templates]
        self._terms = {row.code: self._term(row) for row in scenario.units.values() if row.society}

    def steps(self) -> Iterator[Step]:
        """All steps, story by story."""
        yield from self._campaigns()
        yield from self._society()
        for day in self._season.days():
            yield from self._day(day)

    # ------------------------------------------------------------------ orders to everybody
    def _campaigns(self) -> Iterator[Step]:
        command = self._scenario.units[_COMMAND]
        cities = [row for row in self._scenario.below(command) if row.kind == "command"]
        for number, row in enumerate(self._scenario.campaigns, 1):
            sent, topic, work, hours, reach, zh, en = row
            at = moment(sent)
            chance = stream(self._seed, "campaign", number)
            if chance.random() > self._scale * 2:
                continue
            due = by_day(at + timedelta(hours=hours))
            for place, city in enumerate(cities if self._scale >= 0.5 else cities[:3], 1):
                here = self._scenario.areas[city.area]
                asked = Asked(
                    key=f"c{number:02}-{place:02}",
                    title=both(f"{here.zh}：{zh}", f"{here.en}, {en[0].lower()}{en[1:]}"),
                    topic=topic,
                    asker=command,
                    lead=city,
                    work=work,
                    basis="order",
                    at=at + timedelta(seconds=40 * place),
                    due=due,
                    priority=2,
                    reach=reach,
                )
                yield from self._told(asked, stream(self._seed, "campaign", number, place))

    # ------------------------------------------------------------------ society comes and goes
    def _society(self) -> Iterator[Step]:
        for code, (enters, leaves) in self._terms.items():
            row = self._scenario.units[code]
            chance = stream(self._seed, "society", code)
            inviter = self._nearest(row)
            start = wakeful(enters + timedelta(hours=8.2 + chance.random()), chance)
            hello = self._matter(
                row, inviter, start, "in", both("加入联防联控", "Join the joint response")
            )
            yield from self._told(hello, chance)
            if leaves < self._until - timedelta(days=2):
                end = leaves + timedelta(hours=9 + 5 * chance.random())
                title = both("总结并有序退出", "Sum up and wind down")
                yield from self._told(self._matter(row, inviter, end, "out", title), chance)

    def _matter(
        self, row: UnitRow, inviter: UnitRow, at: datetime, suffix: str, title: str
    ) -> Asked:
        return Asked(
            key=f"s-{row.code}-{suffix}",
            title=title,
            topic="community",
            asker=inviter,
            lead=row,
            work="deliberate" if suffix == "in" else "report",
            basis=basis_for("society", asker=inviter, lead=row),
            at=at.replace(microsecond=0),
            due=by_day(at + timedelta(hours=30)),
        )

    def _nearest(self, row: UnitRow) -> UnitRow:
        """The command, street or community that is nearest to an organisation."""
        found = [
            unit
            for unit in self._scenario.of_kind("command", "street", "community")
            if inside(row.area, unit.area)
        ]
        return max(found, key=lambda unit: len(unit.area))

    def _term(self, row: UnitRow) -> tuple[datetime, datetime]:
        tempo = self._scenario.tempo
        dates = tempo["late_arrivals"].get(row.code) or tempo["society_terms"].get(row.kind)
        if dates is None:  # The outsider is never there.
            return (self._until, self._until)
        enters, leaves = (datetime.combine(day_of(text), time(0), ZONE) for text in dates)
        return enters, leaves

    def _there(self, row: UnitRow, at: datetime) -> bool:
        """Society can be asked, and can ask, once it has joined and until it leaves."""
        if not row.society:
            return True
        enters, leaves = self._terms[row.code]
        return enters + timedelta(hours=14) <= at < leaves

    # ------------------------------------------------------------------ day by day
    def _day(self, day: date) -> Iterator[Step]:
        tempo = self._scenario.tempo
        chance = stream(self._seed, "day", day)
        noise = 1 + float(tempo["noise"]) * chance.uniform(-1, 1)
        wanted = tempo["tasks_at_peak"] * self._season.share(day) * noise * self._scale
        number = int(wanted) + (chance.random() < wanted % 1)
        topics = {name: between(points, day) for name, points in tempo["topics"].items()}
        for place in range(1, number + 1):
            own = stream(self._seed, "task", day, place)
            at = self._hour(day, own)
            asked = self._asked(f"{day:%m%d}-{place:03}", at, topics, own)
            if asked is not None:
                yield from self._told(asked, own)

    def _hour(self, day: date, chance: Random) -> datetime:
        weights = {int(h): float(w) for h, w in self._scenario.tempo["hours"].items()}
        first = _FIRST_HOUR if day == self._season.first else 0
        last = self._until.hour - 1 if day == self._season.last else 23
        possible = [hour for hour in weights if first <= hour <= last]
        hour = weighted(chance, possible, [weights[hour] for hour in possible])
        return datetime.combine(day, time(hour, chance.randrange(60), chance.randrange(60)), ZONE)

    def _asked(
        self, key: str, at: datetime, topics: dict[str, float], chance: Random
    ) -> Asked | None:
        season, tempo = self._season, self._scenario.tempo
        for _ in range(_TRIES):
            topic = weighted(chance, list(topics), list(topics.values()))
            society = chance.random() < season.along(tempo["society"]["share"], at.date())
            chosen = self._template(topic, WITH_SOCIETY if society else INSIDE, chance)
            if chosen is None:
                continue
            template, options = chosen
            there = [p for p in options if self._there(p.asker, at) and self._there(p.lead, at)]
            if there:
                pair = weighted(chance, there, [p.weight for p in there])
                return self._filled(key, at, template, pair, there, chance)
        return None

    def _template(
        self, topic: str, routes: Sequence[str], chance: Random
    ) -> tuple[Template, Sequence[Pair]] | None:
        found = [
            (template, options)
            for template, options in zip(self._scenario.templates, self._pairs, strict=True)
            if template.topic == topic and template.route in routes and options
        ]
        if not found:
            return None
        return weighted(chance, found, [ROUTE_WEIGHTS[template.route] for template, _ in found])

    def _filled(
        self,
        key: str,
        at: datetime,
        template: Template,
        pair: Pair,
        options: Sequence[Pair],
        chance: Random,
    ) -> Asked:
        asker, lead = pair.asker, pair.lead
        slots = self._voices.slots(chance, asker=asker, lead=lead)
        low, high = template.hours
        share = self._season.share(at.date())
        return Asked(
            key=key,
            title=self._voices.title(template.zh, template.en, slots),
            topic=template.topic,
            asker=asker,
            lead=lead,
            work=template.work,
            basis=basis_for(template.route, asker=asker, lead=lead),
            at=at,
            due=by_day(at + timedelta(hours=chance.uniform(low, high))),
            priority=weighted(chance, (0, 1, 2), (0.62 - 0.2 * share, 0.3, 0.08 + 0.1 * share)),
            assisting=self._assisting(asker, lead, at, chance),
            informed=self._informed(asker, lead, chance),
            options=options,
        )

    def _assisting(
        self, asker: UnitRow, lead: UnitRow, at: datetime, chance: Random
    ) -> tuple[UnitRow, ...]:
        joint = self._season.along(self._scenario.tempo["joint"]["share"], at.date())
        if chance.random() >= joint:
            return ()
        found = [
            row for row in helpers(self._scenario, asker=asker, lead=lead) if self._there(row, at)
        ]
        number = min(len(found), chance.choice((1, 1, 2, 2, 3)))
        return tuple(chance.sample(found, number))

    def _informed(self, asker: UnitRow, lead: UnitRow, chance: Random) -> tuple[UnitRow, ...]:
        if chance.random() >= 0.15 or not lead.parent or lead.parent == asker.code:
            return ()
        return (self._scenario.units[lead.parent],)

    # ------------------------------------------------------------------ telling
    def _told(self, asked: Asked, chance: Random) -> list[Step]:
        """The steps of the whole story, drawn together where it would pass the end."""
        story = Story(asked, scenario=self._scenario, voices=self._voices, chance=chance)
        end = story.tell()
        if asked.at >= self._until:
            return []
        steps = story.steps
        if end > self._until:
            steps = self._drawn_together(steps, asked.at, end)
        return steps

    def _drawn_together(self, steps: list[Step], begun: datetime, end: datetime) -> list[Step]:
        factor = (self._until - begun) / (end - begun)
        moved = []
        for step in steps:
            at = begun + factor * (step.at - begun)
            moved.append(Step(at.replace(microsecond=0), step.act, step.by, step.args, step.makes))
        return moved

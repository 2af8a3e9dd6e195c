"""What becomes of a task: seen, accepted, refused, returned, worked on, late, urged, done,
confirmed, reopened – with the pace of each level and the blockages that the scenario plants."""

from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from tongzhou.actors.vocabulary import ROLES, TASK_FINISH, Role
from tongzhou.demo.asked import Asked, sending
from tongzhou.demo.chance import hours
from tongzhou.demo.pairs import better
from tongzhou.demo.scenario import PersonRow, Scenario, UnitRow
from tongzhou.demo.season import by_day, wakeful
from tongzhou.demo.steps import PartOf, Step, Value, task, unit
from tongzhou.demo.voices import Voices

_SUPERVISOR: Final = "gu@zj-command"
_TOP: Final = "zj-command"


class Story:
    """Tells one task from being asked to being closed, its parts included.

    ``steps`` fill up while ``tell`` runs; it returns when the story ends.
    """

    def __init__(
        self, asked: Asked, *, scenario: Scenario, voices: Voices, chance: Random, depth: int = 0
    ) -> None:
        self.asked = asked
        self.steps: list[Step] = []
        self._scenario = scenario
        self._voices = voices
        self._chance = chance
        self._depth = depth
        self._at = asked.at
        self._due = asked.due
        self._lead = asked.lead
        self._ref = task(asked.key)
        self._open = True

    # ------------------------------------------------------------------ the course of it
    def tell(self) -> datetime:
        """Tells the story and returns the time of its last act."""
        asked = self.asked
        if not asked.sent:
            body = self._voices.body(asked.work)
            self.steps.append(sending(asked, by=self._asks(), body=body))
        if self._happens("withdrawn") and not asked.sent:
            self._go(1 + 6 * self._chance.random())
            self._step("withdraw_task", self._asks(), reason=self._say("withdraw"))
            return self._at
        self._find_owner()
        if self._open:
            self._accept()
            self._work()
            self._close()
        return max(step.at for step in self.steps)

    def _find_owner(self) -> None:
        """Until a unit takes it on: refused with a better owner, returned, forwarded."""
        rates = self._rates()
        if self._happens("seen_first"):
            self._go(0.4 * self._response())
            self._step("see_task", self._speaks())
        roll = self._chance.random()
        if roll < rates["returned"]:
            self._return()
        elif roll < rates["returned"] + rates["refused"] and self.asked.asker.manages:
            self._refuse()
        elif roll < sum(rates.values()) and self._lead.manages and not self._planted:
            self._forward()

    def _refuse(self) -> None:
        others = self._better()
        if not others:
            return
        owner = self._chance.choice(others)
        self._go(0.6 * self._response())
        self._step(
            "refuse_task", self._speaks(), reason=self._say("refuse"), better_owner=_ref(owner)
        )
        self._go(self._pace(self.asked.asker))
        self._step("forward_task", self._asks(), to=_ref(owner), reason=self._say("forward"))
        self._lead = owner
        self._look_again()

    def _better(self) -> list[UnitRow]:
        asked = self.asked
        order = asked.basis == "order"
        return better(
            self._scenario, asked.options, asker=asked.asker, lead=self._lead, order=order
        )

    def _forward(self) -> None:
        others = self._better()
        if not others:
            return
        owner = self._chance.choice(others)
        self._go(0.5 * self._response())
        self._step("forward_task", self._speaks(), to=_ref(owner), reason=self._say("forward"))
        self._lead = owner
        self._look_again()

    def _return(self) -> None:
        self._go(0.6 * self._response())
        about = "blockage_return" if self._planted else "return"
        self._step("return_task", self._speaks(), reason=self._say(about))
        self._go(self._pace(self.asked.asker))
        if self._due - self._at < timedelta(hours=3):
            if not self.asked.asker.manages:
                self._step("withdraw_task", self._asks(), reason=self._say("withdraw"))
                self._open = False
                return
            self._due = by_day(self._at + timedelta(hours=8 + 16 * self._chance.random()))
            self._step("edit_task", self._asks(), reason=self._say("edit"), due_at=self._due)
        self._step("comment_task", self._asks(), text=self._say("better"))
        self._step("dispatch_task", self._asks())
        self._look_again()

    def _look_again(self) -> None:
        self._go(0.3 * self._response())
        self._step("see_task", self._speaks())

    def _accept(self) -> None:
        self._go(0.6 * self._response())
        self._step("accept_task", self._speaks())
        if self._happens("taken"):
            self._go(0.3 * self._chance.random())
            self._step("take_task", self._does())

    def _work(self) -> None:
        """From acceptance to the report that it is done."""
        begun = self._at
        parts_end = self._pass_on()
        pace = self._scenario.tempo["work"]
        share = hours(self._chance, median=pace["median"], spread=pace["spread"])
        if self._planted:
            share *= self._scenario.tempo["blockage"]["slower"]
        window = max((self._due - begun) / timedelta(hours=1), 3.0)
        end = wakeful(begun + timedelta(hours=share * window), self._chance)
        if parts_end is not None:
            end = max(end, wakeful(parts_end + timedelta(minutes=40), self._chance))
        end = max(end, begun + timedelta(minutes=25))
        if self._happens("started"):
            self._go(0.1 * share * window)
            self._step("start_task", self._does())
        blocked = self._scenario.tempo["blockage"]["blocked"] if self._planted else None
        if self._happens("blocked", blocked):
            about = "blockage_block" if self._planted else "block"
            self._go(0.2 * share * window)
            self._step("block_task", self._does(), reason=self._say(about))
            self._go(0.35 * share * window)
            who = self._does()
            self._step("resume_task", who)
            self._step("comment_task", who, text=self._say("resume"))
        end = max(end, self._at + timedelta(minutes=20))
        self._meanwhile(begun, end)
        self._at = end
        result = self._voices.result(self.asked.work, self._chance)
        self._step("finish_task", self._does(), result=result)

    def _close(self) -> None:
        self._go(1.4 * self._pace(self.asked.asker))
        reopened = self._happens("reopened")
        early = self._chance.random() < 0.5
        if not (reopened and early):
            self._step("confirm_task", self._asks())
        if reopened:
            self._go(2 + 20 * self._chance.random())
            self._step("reopen_task", self._affected(), reason=self._say("reopen"))
            self._go(2 + 8 * self._chance.random())
            result = self._voices.result(self.asked.work, self._chance)
            self._step("finish_task", self._does(), result=result)
            self._go(self._pace(self.asked.asker))
            self._step("confirm_task", self._asks())

    # ------------------------------------------------------------------ parts and repeats
    def _pass_on(self) -> datetime | None:
        """Orders go down: to all the units below, or as parts of the task."""
        below = [row for row in self._scenario.below(self._lead) if row.kind]
        same = [row for row in below if row.kind in ("command", "street", "community")]
        chosen = same if self._lead.kind in ("command", "street") else below
        if not chosen or self._due - self._at < timedelta(hours=4):
            return None
        if self.asked.reach:
            told = [row for row in chosen if self._chance.random() < self.asked.reach]
            return self._pass(told) if told else None
        if len(chosen) > 1 and self._lead.manages and self._happens("split"):
            return self._split(self._chance.sample(chosen, min(3, len(chosen))))
        if self.asked.basis != "order":
            return None
        rate = self._scenario.tempo["happens"]["cascaded"] * (0.75**self._depth)
        if self._chance.random() < rate:
            number = min(len(chosen), self._chance.randint(1, 3))
            return self._pass(self._chance.sample(chosen, number))
        return None

    def _pass(self, below: list[UnitRow]) -> datetime:
        """Tasks of their own for units below, with the whole as parent."""
        due = by_day(self._at + 0.7 * (self._due - self._at))
        ends = [self._at]
        for number, row in enumerate(below, 1):
            start = self._at + timedelta(minutes=4 + 9 * number)
            ends.append(self._child(number, row, at=start, due=due, sent=False))
        return max(ends)

    def _split(self, below: list[UnitRow]) -> datetime:
        self._go(0.4)
        due = by_day(self._at + 0.7 * (self._due - self._at))
        parts = tuple(
            PartOf(f"{self.asked.key}.{number}", self._part_title(row), row.code, due)
            for number, row in enumerate(below, 1)
        )
        self._step("split_task", self._speaks(), parts=parts)
        return max(
            self._child(number, row, at=self._at, due=due, sent=True)
            for number, row in enumerate(below, 1)
        )

    def _child(
        self, number: int, row: UnitRow, *, at: datetime, due: datetime, sent: bool
    ) -> datetime:
        asked = Asked(
            key=f"{self.asked.key}.{number}",
            title=self._part_title(row),
            topic=self.asked.topic,
            asker=self._lead,
            lead=row,
            work=self.asked.work,
            basis=self.asked.basis if sent else "order",
            at=at,
            due=due,
            priority=self.asked.priority,
            parent=self.asked.key,
            sent=sent,
            reach=self.asked.reach,
        )
        story = Story(
            asked,
            scenario=self._scenario,
            voices=self._voices,
            chance=self._chance,
            depth=self._depth + 1,
        )
        end = story.tell()
        self.steps += story.steps
        return end

    def _part_title(self, row: UnitRow) -> str:
        here, there = self._scenario.areas[self._lead.area], self._scenario.areas[row.area]
        title = self.asked.title
        if here.zh in title:
            return title.replace(here.zh, there.zh).replace(here.en, there.en)
        zh, _, en = title.partition(" · ")
        return f"{zh}（{there.zh}） · {en} ({there.en})"

    # ------------------------------------------------------------------ what happens meanwhile
    def _meanwhile(self, begun: datetime, end: datetime) -> None:
        self._comments(begun, end)
        if self.asked.asker.manages and self._happens("due_moved") and begun < self._due:
            at = begun + 0.6 * (min(self._due, end) - begun)
            due = by_day(self._due + timedelta(hours=6 + 18 * self._chance.random()))
            reason = self._say("edit")
            if self._aside(at, end, "edit_task", self._asks(), reason=reason, due_at=due):
                self._due = due
        if end > self._due:
            self._overdue(begun, end)
        if self._lead.manages and self._happens("repeated"):
            self._repeat(begun, end)

    def _overdue(self, begun: datetime, end: datetime) -> None:
        """The asker or the supervisor presses for what is late."""
        urger = self._urger()
        if urger and self._happens("urged_when_late"):
            at = max(self._due, begun) + timedelta(hours=0.5 + 4 * self._chance.random())
            self._aside(at, end, "urge_task", urger, text=self._say("urge"))

    def _comments(self, begun: datetime, end: datetime) -> None:
        if self._happens("commented"):
            for _ in range(self._chance.choice((1, 1, 2, 3))):
                at = begun + self._chance.random() * (end - begun)
                who = self._does() if self._chance.random() < 0.6 else self._asks()
                self._aside(at, end, "comment_task", who, text=self._say("comment"))
        for row in self.asked.assisting:
            if row.code != self._lead.code and self._chance.random() < 0.45:
                at = begun + 0.4 * self._chance.random() * (end - begun)
                self._aside(at, end, "see_task", row.spokesperson().post)
                if self._chance.random() < 0.6:
                    at += self._chance.random() * (end - at)
                    post = row.spokesperson().post
                    self._aside(at, end, "comment_task", post, text=self._say("comment"))

    def _repeat(self, begun: datetime, end: datetime) -> None:
        """Somebody asks for the same again; the lead merges it."""
        askers = [
            pair.asker
            for pair in self.asked.options
            if pair.lead.code == self._lead.code and not pair.asker.society
        ]
        at = wakeful(begun + 0.3 * (end - begun), self._chance)
        merged = at + timedelta(minutes=30 + 60 * self._chance.random())
        if self.asked.sent or not askers or merged >= end or self._due <= at:
            return
        asker = self._chance.choice(askers)
        again = Asked(
            key=f"{self.asked.key}.r",
            title=self.asked.title,
            topic=self.asked.topic,
            asker=asker,
            lead=self._lead,
            work=self.asked.work,
            basis="order" if asker.code in self._lead.line else "agreement",
            at=at,
            due=self._due,
        )
        body = self._voices.body(again.work)
        self.steps.append(sending(again, by=asker.spokesperson().post, body=body))
        args: dict[str, Value] = {"task": task(again.key), "into": self._ref}
        self.steps.append(Step(merged, "tasks.merge_tasks", self._speaks(), args))

    # ------------------------------------------------------------------ who, when, how likely
    @property
    def _planted(self) -> bool:
        """True between the two departments that the scenario sets against each other."""
        pair = self._scenario.tempo["blockage"]
        kinds = (self.asked.asker.kind, self._lead.kind)
        return kinds == (pair["asker"], pair["lead"])

    def _rates(self) -> dict[str, float]:
        happens, chain = self._scenario.tempo["happens"], self._scenario.tempo["chain"]
        rates = {name: float(happens[name]) for name in ("returned", "refused", "forwarded")}
        if (self.asked.asker.kind, self._lead.kind) == (chain["asker"], chain["lead"]):
            rates["returned"] = float(chain["returned"])
        if self._planted:
            pair = self._scenario.tempo["blockage"]
            rates |= {"returned": float(pair["returned"]), "refused": float(pair["refused"])}
        return rates

    def _happens(self, what: str, rate: float | None = None) -> bool:
        chosen = float(self._scenario.tempo["happens"][what]) if rate is None else rate
        return self._chance.random() < chosen

    def _pace(self, row: UnitRow) -> float:
        tempo: Any = self._scenario.tempo
        level = "society" if row.society else row.level
        return hours(self._chance, median=tempo["response"][level], spread=tempo["spread"])

    def _response(self) -> float:
        if self._planted:
            tempo = self._scenario.tempo
            return hours(self._chance, median=tempo["blockage"]["hours"], spread=0.4)
        return self._pace(self._lead)

    def _asks(self) -> str:
        """Who acts for the asker: for matters of information its information officer."""
        row = self.asked.asker
        officer = row.holder(Role.INFORMATION_OFFICER)
        if self.asked.topic == "information" and officer is not None:
            return officer.post
        return row.spokesperson().post

    def _speaks(self) -> str:
        return self._lead.spokesperson().post

    def _does(self) -> str:
        """Who of the lead works on it: often somebody other than its spokesperson."""
        others = [p for p in self._lead.people if _works(p)]
        return self._chance.choice(others).post if others else self._speaks()

    def _affected(self) -> str:
        """Anyone affected may reopen: asker, a unit that assists, the lead itself."""
        units = [self.asked.asker, self.asked.asker, *self.asked.assisting]
        return self._chance.choice(units).spokesperson().post

    def _urger(self) -> str:
        above = _TOP in self.asked.asker.line or _TOP in self._lead.line[:-1]
        if above and self._chance.random() < 0.35:
            return _SUPERVISOR
        return self._asks() if self.asked.asker.manages else _SUPERVISOR if above else ""

    def _say(self, about: str) -> str:
        return self._voices.say(about, self._chance)

    def _go(self, duration: float) -> None:
        """Lets this many hours pass, and the night where it falls into it."""
        least = self._at + timedelta(seconds=self._chance.randint(50, 400))
        self._at = max(wakeful(self._at + timedelta(hours=duration), self._chance), least).replace(
            microsecond=0
        )

    def _step(self, act: str, by: str, **args: Value) -> None:
        self._at += timedelta(seconds=1)
        self.steps.append(Step(self._at, f"tasks.{act}", by, {"task": self._ref, **args}))

    def _aside(self, at: datetime, end: datetime, act: str, by: str, **args: Value) -> bool:
        """Something beside the course of the story; left out where it would come too late.
        Returns whether it is in."""
        moved = wakeful(at, self._chance).replace(microsecond=0)
        if moved >= end:
            return False
        self.steps.append(Step(moved, f"tasks.{act}", by, {"task": self._ref, **args}))
        return True


def _ref(row: UnitRow) -> Value:
    return unit(row.code)


def _works(person: PersonRow) -> bool:
    return TASK_FINISH in ROLES[person.role]

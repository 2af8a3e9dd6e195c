"""What becomes of a task: seen, accepted, refused, returned, worked on, late, urged, done,
confirmed, reopened – with the pace of each level and the blockages that the scenario plants."""

from datetime import datetime, timedelta

from tongzhou.demo.asked import Asked, sending
from tongzhou.demo.chance import hours
from tongzhou.demo.meanwhile import Meanwhile
from tongzhou.demo.owning import Owning
from tongzhou.demo.scenario import UnitRow
from tongzhou.demo.season import by_day, wakeful
from tongzhou.demo.steps import PartOf


class Story(Owning, Meanwhile):
    """Tells one task from being asked to being closed, its parts included: ``tell`` returns when
    the story ends."""

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

    # ------------------------------------------------------------------ parts
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

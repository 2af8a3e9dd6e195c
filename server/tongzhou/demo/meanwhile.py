"""What happens while the work goes on: comments, the due time moves, somebody presses, somebody
asks for the same again."""

from datetime import datetime, timedelta

from tongzhou.demo.asked import Asked, sending
from tongzhou.demo.season import by_day, wakeful
from tongzhou.demo.steps import Step, Value, task
from tongzhou.demo.telling import Telling


class Meanwhile(Telling):
    """Steps beside the course of the task, none behind its end."""

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

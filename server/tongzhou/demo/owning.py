"""Until a unit takes a task on: refused with a better owner, returned, forwarded."""

from datetime import timedelta

from tongzhou.demo.pairs import better
from tongzhou.demo.scenario import UnitRow
from tongzhou.demo.season import by_day
from tongzhou.demo.steps import unit
from tongzhou.demo.telling import Telling


class Owning(Telling):
    """Finds whoever does it, or that nobody does (``_open``)."""

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
            "refuse_task", self._speaks(), reason=self._say("refuse"), better_owner=unit(owner.code)
        )
        self._go(self._pace(self.asked.asker))
        self._step("forward_task", self._asks(), to=unit(owner.code), reason=self._say("forward"))
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
        self._step("forward_task", self._speaks(), to=unit(owner.code), reason=self._say("forward"))
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

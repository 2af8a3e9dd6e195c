"""From the keys of a plan to the objects that acts take: found once, kept while playing."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from tongzhou.actors.models import Post, Unit
from tongzhou.aid.models import Agreement, AidOffer, AidRequest, Cost, Deployment, Package
from tongzhou.allocations.models import Allocation
from tongzhou.demo.steps import Figures, FileOf, PartOf, Ref, Value
from tongzhou.funds.models import Claim, Fund, Gift, Spending
from tongzhou.incidents.actions.record_counts import CountRow
from tongzhou.incidents.models import (
    Decision,
    Incident,
    Measure,
    Report,
    Shift,
    Signal,
    WorkingGroup,
)
from tongzhou.interests.models import Compensation, Conflict, Stake
from tongzhou.kernel.ids import named_id
from tongzhou.mandates.models import Delegation, Proposal
from tongzhou.needs.models import Need, Offer
from tongzhou.oversight.models import AccountabilityEntry, Ask, Field, Finding, Letter
from tongzhou.oversight.queries.citing import Cited
from tongzhou.places.models import Area
from tongzhou.plans.models import StandUp
from tongzhou.shipments.models import Shipment
from tongzhou.tasks.actions.split_task import Part
from tongzhou.tasks.models import Task, Whistle

_BY_ID: Final[dict[str, type[Any]]] = {
    "incident": Incident,
    "group": WorkingGroup,
    "decision": Decision,
    "measure": Measure,
    "signal": Signal,
    "report": Report,
    "shift": Shift,
    "task": Task,
    "ticket": Task,
    "whistle": Whistle,
    "stand_up": StandUp,
    "proposal": Proposal,
    "delegation": Delegation,
    "field": Field,
    "ask": Ask,
    "finding": Finding,
    "letter": Letter,
    "entry": AccountabilityEntry,
    "fund": Fund,
    "gift": Gift,
    "spending": Spending,
    "claim": Claim,
    "aid_package": Package,
    "aid_call": AidRequest,
    "aid_offer": AidOffer,
    "aid_agreement": Agreement,
    "aid_stay": Deployment,
    "aid_cost": Cost,
    "need": Need,
    "offer": Offer,
    "allocation": Allocation,
    "stake": Stake,
    "conflict": Conflict,
    "compensation": Compensation,
    "shipment": Shipment,
}


class Objects:
    """The objects of one run. ``run`` and ``seed`` make the ids of what the run creates, so
    that a run that was interrupted finds what it had made."""

    def __init__(self, run: str, seed: int) -> None:
        self._run = run
        self._seed = str(seed)
        self._kept: dict[Ref, Any] = {}
        self._find: dict[str, Callable[[str], Any]] = {
            "area": lambda code: Area.objects.get(code=code),
            "unit": lambda code: Unit.objects.select_related("area", "parent").get(code=code),
            "post": _post,
            "call": self._call,
            "cite": self._cited,
        }

    def id_of(self, kind: str, key: str) -> UUID:
        """The id that the object of this kind and name has in this run."""
        return named_id("demo", self._run, self._seed, kind, key)

    def keep(self, ref: Ref, found: object) -> None:
        """Remembers what an act returned."""
        self._kept[ref] = found

    def get(self, ref: Ref) -> Any:
        """The object. Raises its model's DoesNotExist."""
        if ref not in self._kept:
            find = self._find.get(ref.kind)
            self._kept[ref] = (
                find(ref.key)
                if find is not None
                else _BY_ID[ref.kind].objects.get(id=self.id_of(ref.kind, ref.key))
            )
        return self._kept[ref]

    def _call(self, key: str) -> Task:
        """The call of a whistle to its first, second … department: "gate/0"."""
        whistle, _, place = key.partition("/")
        calls = Task.objects.filter(call__whistle_id=self.id_of("whistle", whistle))
        return calls.order_by("number")[int(place)]

    def _cited(self, key: str) -> Cited:
        """A thing that is quoted, "finding:key" or "task:key"."""
        kind, _, name = key.partition(":")
        found = self.get(Ref(kind, name))
        label = f"{'F' if kind == 'finding' else 'T'}-{found.number}"
        return Cited(kind, str(found.id), label)

    def post(self, key: str) -> Post:
        """The post ``user@unit``."""
        found: Post = self.get(Ref("post", key))
        return found

    def resolve(self, value: Value) -> Any:
        """A value of a step as an act takes it. Objects in their tuples become lists."""
        match value:
            case Ref():
                return self.get(value)
            case PartOf():
                return Part(
                    title=value.title,
                    lead=self.get(Ref("unit", value.lead)),
                    due_at=value.due_at,
                    id=self.id_of("task", value.key),
                )
            case Figures():
                area = self.get(Ref("area", value.area))
                return CountRow(area, value.day, value.confirmed, value.cured, value.dead)
            case FileOf():
                return SimpleUploadedFile(value.name, value.text.encode())
            case tuple():
                return [self.resolve(item) for item in value]
            case _:
                return value


def _post(key: str) -> Post:
    username, _, unit = key.partition("@")
    posts = Post.objects.select_related("person", "unit__area", "unit__parent")
    return posts.get(person__username=username, unit__code=unit, ends_at__isnull=True)

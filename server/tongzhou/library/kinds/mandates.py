"""Duties and who holds them by sector and level, so that they can be laid over any tree of
units; and the rules about who must not be given a department's duty."""

from typing import Annotated, Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator

from tongzhou.library.kinds.base import Body, Key, Length, Text, kind, said, unfit

Levels = list[Literal["nation", "province", "city", "district", "street", "community", "grid"]]
Means = Literal["power", "people", "money", "supplies"]
Side = Literal["leadership", "government", "consultation", "society", "public", "law", "technology"]
Code = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class Who(Body):
    """A sort of unit: its sector and, where several sorts share a sector, words of which one
    stands in its name."""

    sector: str = said("Sector", "类别", max_length=40)
    named: list[str] = said("One of these words in the name", "名称含其一", default=[])


class DutyLine(Body):
    """A duty, and who takes which part in it on which levels."""

    code: Code = said("Code", "代码")
    name: Text = said("Duty", "职责")
    side: Side = said("Side of social governance", "社会治理方面", default="government")
    basis: str = said("Legal basis", "法律依据", max_length=300)
    needs: list[Means] = said("Means it needs", "所需保障", default=["power", "people"])
    lowest: str = said("Lowest level that may be charged", "可承担的最低层级", default="")
    autonomous: bool = said("Decided by communities alone", "社区自治事项", default=False)
    phases: list[Literal["prepare", "watch", "respond", "sustain", "recover"]] = said(
        "Phases", "阶段", default=[]
    )
    grades: list[Literal["", "I", "II", "III", "IV"]] = said("Grades", "级别", default=[])
    accountable: dict[Key, Levels] = said("Accountable", "主责", default={})
    responsible: dict[Key, Levels] = said("Responsible", "协办", default={})
    consulted: dict[Key, Levels] = said("Consulted", "会商", default={})
    informed: dict[Key, Levels] = said("Informed", "知会", default={})


class RuleLine(Body):
    """A rule that forbids to give a duty to units below its lowest level."""

    key: Literal["not-below"] = said("Rule", "规则")
    text: Text = said("What it says", "内容")


@kind("mandates", en="Powers and duties", zh="权责清单")
class MandatesBody(Body):
    """Duties with their holders, rules, and how long a unit has to answer."""

    answer_within: Length | None = said("Time to answer a proposal", "答复期限", default=None)
    who: dict[Key, Who] = said("Sorts of units", "单位类型", default={})
    duties: list[DutyLine] = said("Duties", "职责", default=[], max_length=1000)
    rules: list[RuleLine] = said("Rules", "规则", default=[])

    @model_validator(mode="after")
    def _fits(self) -> "MandatesBody":
        seen: set[str] = set()
        for duty in self.duties:
            if duty.code in seen:
                raise unfit("duty-twice", _("“%(code)s” stands here twice."), code=duty.code)
            seen.add(duty.code)
            for part in (duty.accountable, duty.responsible, duty.consulted, duty.informed):
                for who in part:
                    if who not in self.who:
                        raise unfit(
                            "who-unknown",
                            _("“%(who)s” in “%(code)s” is not among the sorts of units."),
                            who=who,
                            code=duty.code,
                        )
        return self

"""The grid: how a community is divided, who works there, what each does in each phase."""

from typing import Literal

from django.utils.translation import gettext_lazy as _
from pydantic import model_validator

from tongzhou.library.kinds.base import Body, Key, Text, kind, said, unfit


class Division(Body):
    """A level of the division, by households."""

    key: Key = said("Key", "标识")
    title: Text = said("Level", "层级")
    households_min: int | None = said("Households from", "户数下限", default=None, ge=1)
    households_max: int | None = said("Households to", "户数上限", default=None, ge=1)
    place: Text | None = said("Known from", "适用地", default=None)

    @model_validator(mode="after")
    def _in_order(self) -> "Division":
        low, high = self.households_min, self.households_max
        if low is not None and high is not None and low > high:
            raise unfit("range-reversed", _("The range ends before it begins."))
        return self


class Post(Body):
    """Somebody who works in the grid."""

    key: Key = said("Key", "标识")
    title: Text = said("Post", "岗位")
    number: Text | None = said("How many", "人数", default=None)


class JobCard(Body):
    """What is done in a phase, on one page."""

    phase: Literal["prepare", "watch", "respond", "sustain", "recover"] = said("Phase", "阶段")
    tasks: tuple[Text, ...] = said("Tasks", "任务", min_length=1)


@kind("grid", en="Grid", zh="网格")
class GridBody(Body):
    """Levels, posts and job cards of the grid."""

    divisions: tuple[Division, ...] = said("Levels", "层级", min_length=1)
    posts: tuple[Post, ...] = said("Posts", "岗位", min_length=1)
    cards: tuple[JobCard, ...] = said("Job cards", "工作卡", default=())

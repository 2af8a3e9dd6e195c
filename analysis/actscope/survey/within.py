"""Whether the members of a group agree enough for their mean to speak for the group."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from actscope.definition import Definition
from actscope.errors import InputError
from actscope.results import Result
from actscope.survey.answers import Answers, Matrix, RangeEmptyError

ENOUGH = 0.7
"""From this r_wg on a mean is usually taken to speak for its group."""

WITHIN = Definition(
    en=(
        "r_wg is 1 − the variance of the members' answers ÷ the variance of answers spread evenly "
        "over all A options, (A² − 1)/12; for J items with mean variance s²: J(1 − s²/σ²) ÷ "
        "(J(1 − s²/σ²) + s²/σ²). Less agreement than chance counts as 0."
    ),
    zh=(
        "r_wg＝1−组内回答方差÷均匀分布方差 (A²−1)/12，A 为选项数；"
        "J 个题目、平均方差 s² 时为 J(1−s²/σ²)÷(J(1−s²/σ²)＋s²/σ²)。低于机遇水平者记为 0。"
    ),
    source="James, Demaree & Wolf 1984, Journal of Applied Psychology 69, 85–98.",
)


class GroupsEmptyError(InputError):
    """Nobody who answered belongs to a group."""

    code = "groups_empty"
    en = "Nobody with all answers belongs to a group."
    zh = "没有回答完整且属于某一组的人。"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupAgreement(Result):
    """``n`` members with all answers, ``missing`` without; ``r_wg`` is ``None`` under two."""

    group: str
    n: int
    missing: int
    mean: float | None
    r_wg: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Within(Result):
    """Agreement within each group. ``n``: people in some group with all answers; ``missing``:
    people of a group who left an item out; ``without_group``: people of none. ``agreeing``: how
    many of the ``rated`` groups (two members or more) reach .7."""

    definition: Definition
    items: tuple[str, ...]
    options: int
    n: int
    missing: int
    without_group: int
    groups: tuple[GroupAgreement, ...]
    rated: int
    agreeing: int
    median: float | None


def within(answers: Answers, groups: Sequence[str | None], *, low: int, high: int) -> Within:
    """r_wg of each group on all items together, answered from ``low`` to ``high`` in whole steps.

    ``groups``: the group of each person. Reverse items before. Raises ``AnswerOutOfRangeError``,
    ``RangeEmptyError``, ``GroupsEmptyError``.
    """
    if low >= high:
        raise RangeEmptyError(low=low, high=high)
    answers.within(low, high)
    options = high - low + 1
    labels = np.array([group or "" for group in groups], np.object_)
    belongs = np.array([group is not None for group in groups], np.bool_)
    found = []
    for name in sorted(set(labels[belongs])):
        members = answers.values[belongs & (labels == name)]
        complete = members[~np.isnan(members).any(axis=1)]
        found.append(
            GroupAgreement(
                group=str(name),
                n=len(complete),
                missing=len(members) - len(complete),
                mean=float(complete.mean()) if len(complete) else None,
                r_wg=r_wg(complete, options) if len(complete) > 1 else None,
            )
        )
    if not any(group.n for group in found):
        raise GroupsEmptyError
    values = [group.r_wg for group in found if group.r_wg is not None]
    return Within(
        definition=WITHIN,
        items=answers.items,
        options=options,
        n=sum(group.n for group in found),
        missing=sum(group.missing for group in found),
        without_group=int((~belongs).sum()),
        groups=tuple(found),
        rated=len(values),
        agreeing=sum(value >= ENOUGH for value in values),
        median=float(np.median(values)) if values else None,
    )


def r_wg(answers: Matrix, options: int) -> float:
    """The agreement of at least two people (rows) on the items (columns), each of which has
    ``options`` possible answers."""
    items = answers.shape[1]
    share = float(answers.var(axis=0, ddof=1).mean()) * 12 / (options**2 - 1)
    if share >= 1:
        return 0.0
    return float(items * (1 - share) / (items * (1 - share) + share))

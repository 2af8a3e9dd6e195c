"""Whether the members of each group agree enough for their mean to speak for it (r_wg)."""

import argparse
from typing import Any

from actscope.cli.answer import Answer, aligned, figure
from actscope.cli.surveys import asking
from actscope.survey.answers import answer_columns, read_answers
from actscope.survey.labels import read_labels
from actscope.survey.selection import scale_items
from actscope.survey.within import WITHIN, within

SHAPE: Any = {
    "definition": "what the figures mean, en, zh and source",
    "items": "the items",
    "options": "how many answers each allows",
    "n": "people of some group with all answers",
    "missing": "people of a group who left an item out",
    "without_group": "people of no group",
    "groups": [
        {
            "group": "its name",
            "n": "members with all answers",
            "missing": "members without",
            "mean": "mean of their answers",
            "r_wg": "agreement; null under two members",
        }
    ],
    "rated": "groups of at least two members",
    "agreeing": "those of them with r_wg of .7 or more",
    "median": "of all r_wg",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the action takes."""
    asking.answers(parser)
    parser.add_argument(
        "--items",
        required=True,
        help="columns, separated by commas; a-b is a range; a minus before reversed ones",
    )
    parser.add_argument("--group", required=True, help="column of the groups")
    parser.add_argument("--min", type=int, required=True, help="least answer allowed")
    parser.add_argument("--max", type=int, required=True, help="greatest answer allowed")


def run(options: argparse.Namespace) -> Answer:
    """The agreement."""
    items, turned = scale_items(options.items, answer_columns(options.file))
    answers = read_answers(options.file, items).within(options.min, options.max)
    groups = read_labels(options.file, [options.group])[options.group]
    result = within(
        answers.turned(turned, options.min, options.max),
        groups,
        low=options.min,
        high=options.max,
    )
    rows = [(g.group, g.n, g.missing, g.mean, g.r_wg) for g in result.groups]
    lines = [
        f"{result.agreeing} of {result.rated} groups agree (r_wg ≥ .7), median "
        f"{figure(result.median)} (n {result.n}, {result.missing} with missing answers, "
        f"{result.without_group} without a group)",
        *aligned(("group", "n", "missing", "mean", "r_wg"), rows),
        getattr(WITHIN, options.language),
    ]
    return Answer(value=result.to_dict(), lines=lines)

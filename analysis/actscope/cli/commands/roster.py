"""``actscope roster --people P --shifts S``: who works when.

Everybody where their skill is needed, rested, led by one for three to seven, and the load spread as
evenly as can be; or a refusal that names the empty places and the rules in their way.
"""

import argparse
from typing import Any

from actscope.allocation.roster import Roster, RuleOutOfRangeError, roster
from actscope.cli import options as shared
from actscope.cli.answer import Answer, aligned, figure

SHAPE: Any = {
    "n": "places to be filled",
    "missing": "places that stay empty",
    "spread": "greatest less least number of shifts, over all who could work",
    "bound": "no roster has a smaller spread; null when places stay empty",
    "proven": "whether the spread meets its bound and every rule, checked anew, is kept",
    "assignments": [
        {
            "shift": "the shift",
            "start": "when it begins",
            "end": "when it ends",
            "person": "who",
            "skill": "in which role; lead: leads the shift",
        }
    ],
    "load": [{"person": "who", "shifts": "how many", "hours": "how long in all"}],
    "short": [{"shift": "the shift", "skill": "of which skill", "number": "how many lack"}],
    "definition": {"en": "meaning", "zh": "含义", "source": "where it comes from"},
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the sub-command takes."""
    parser.add_argument(
        "--people", required=True, help="id, skills (joined by ;) and perhaps leads, max_shifts"
    )
    parser.add_argument("--shifts", required=True, help="id, start, end, skill, number")
    parser.add_argument("--rest", type=float, default=11, help="hours between shifts (11)")
    parser.add_argument("--max-shifts", type=int, help="most shifts of a person")
    parser.add_argument(
        "--span",
        default="3-7",
        help="people per leader, least and most (3-7), or none; counts where people have “leads”",
    )
    parser.add_argument(
        "--allow-short", action="store_true", help="leave the fewest places empty, not refuse"
    )
    parser.add_argument(
        "--effort", type=float, default=30, help="about how many seconds to search (30)"
    )
    shared.seed(parser)
    shared.zone(parser)


def run(options: argparse.Namespace) -> Answer:
    """The roster."""
    result = roster(
        options.people,
        options.shifts,
        rest_hours=options.rest,
        max_shifts=options.max_shifts,
        span=_span(options.span),
        allow_short=options.allow_short,
        seed=options.seed,
        effort=options.effort,
        zone=options.zone,
    )
    value = result.to_dict()
    return Answer(value={key: value[key] for key in SHAPE}, lines=_lines(result, options.language))


def _span(text: str) -> tuple[int, int] | None:
    if text == "none":
        return None
    least, _, most = text.partition("-")
    if not (least.isdecimal() and most.isdecimal()):
        raise RuleOutOfRangeError(field="span", value=text, allowed="3-7, none")
    return int(least), int(most)


def _lines(result: Roster, language: str) -> list[str]:
    rows = [
        (
            one["shift"],
            f"{one['start']:%Y-%m-%d %H:%M}",
            f"{one['end']:%m-%d %H:%M}",
            one["person"],
            one["skill"],
        )
        for one in result.assignments
    ]
    load = [(one["person"], one["shifts"], one["hours"]) for one in result.load]
    short = [(one["shift"], one["skill"], one["number"]) for one in result.short]
    return [
        *aligned(("shift", "start (UTC)", "end", "person", "skill"), rows),
        "",
        *aligned(("person", "shifts", "hours"), load),
        *(["", *aligned(("empty place", "skill", "number"), short)] if short else []),
        "",
        f"spread {figure(result.spread)}, bound {figure(result.bound)}, "
        f"{'proven' if result.proven else 'NOT proven'} (n {result.n}, missing {result.missing})",
        result.definition.zh if language == "zh" else result.definition.en,
    ]

"""The form of the answer of ``actscope process``, as data and as people read it."""

from typing import Any

from actscope.cli.answer import aligned, figure

_ARC = {
    "source": "from",
    "target": "to",
    "count": "how many times",
    "cases": "in how many cases",
    "mean_wait_hours": "hours, mean",
    "median_wait_hours": "hours, median",
    "p95_wait_hours": "hours that 95 % do not exceed",
    "total_wait_hours": "hours, all together",
}
SHAPE: Any = {
    "cases": "how many",
    "events": "how many have a case and a time",
    "missing": "rows left out, by what they lack",
    "resources": "different values in the column",
    "activities": "different values in the column",
    "handovers": {
        "total": "changes of resource between consecutive events of a case",
        "cases": "cases with at least one",
        "missing": "events without a resource, passed over",
        "pairs": [_ARC],
    },
    "pingpong_cases": "cases that were handed from A to B and straight back to A",
    "throughput_days": {
        "mean": "days from first event to closing, closed cases",
        "median": "of the same",
        "p95": "of the same",
    },
    "censored_days": {
        "closed": "cases closed",
        "open": "cases still open",
        "missing": "cases closed before their first event",
        "until": "when open cases were looked at",
        "median": "Kaplan–Meier median over closed and open cases, or null",
        "lower": "lower end of its 95 % interval, or null",
        "upper": "upper end, or null",
    },
    "dfg_of": "activity, or resource when there is no column of activities",
    "dfg": [_ARC],
    "blocking": [
        {
            "of": "activity (a pair of activities) or resource (a hand-over)",
            "source": "from",
            "target": "to",
            "n": "waits",
            "cases": "in how many cases",
            "mean_wait_hours": "hours",
            "median_wait_hours": "hours",
            "p95_wait_hours": "hours",
            "total_wait_hours": "hours; the longest stands first",
            "share": "of all waiting between activities, or resources",
        }
    ],
    "standing": [
        {
            "resource": "where open cases stand",
            "activity": "after what",
            "open": "how many",
            "since": "the oldest",
            "median_days": "days so far",
            "oldest": "the case that stands longest",
        }
    ],
    "rework": "cases with a repeated activity, and which; null without activities",
    "variants": "number and the most frequent; null without activities",
    "conformance": "with --plan: missing, out of order, extra, fitness; else null",
    "deadlines": "with --due: on time, late, overdue, not yet due; else null",
    "suppressed": {
        "at_least": "with --at-least: how many resources must stand behind a figure; else null",
        "pairs": "pairs of activities that are not shown",
        "all": "whether fewer resources than that act at all, so that only counts are shown",
    },
    "one_pass": {
        "rows": "with --stream: rows read so far; else null",
        "relative_error": "of medians and percentiles of waits, at most",
    },
    "definitions": "formula and source of each",
}


def _censored(censored: dict[str, Any]) -> list[str]:
    """What open cases add, and which cases are in no time at all."""
    lines = []
    if censored["open"]:
        lines.append(
            f"with {censored['open']} open cases, Kaplan–Meier: median "
            f"{figure(censored['median'])} ({figure(censored['lower'])} to "
            f"{figure(censored['upper'])})"
        )
    else:
        lines.append("no case is taken as open; --closed or --end-activity tells which are")
    if censored["missing"]:
        lines.append(f"{censored['missing']} cases left out: closed before their first event")
    return lines


def lines_of(value: dict[str, Any], top: int) -> list[str]:
    """What people read: the bottom lines, and the first ``top`` rows of each table."""
    lasted, censored = value["throughput_days"], value["censored_days"]
    lines = [
        f"{value['cases']} cases, {value['events']} events, {value['resources']} resources, "
        f"{value['activities']} activities",
        f"hand-overs: {value['handovers']['total']} in {value['handovers']['cases']} cases; "
        f"straight back in {value['pingpong_cases']} cases",
        f"throughput, days: mean {figure(lasted['mean'])}, median {figure(lasted['median'])}, "
        f"95 % within {figure(lasted['p95'])} ({censored['closed']} closed)",
        *_censored(censored),
        "",
        *_table("hand-over", value["handovers"]["pairs"], "count", top),
        *_table(value["dfg_of"], value["dfg"], "count", top),
        *_table("blocking", value["blocking"], "n", 2 * top),
    ]
    if value["conformance"]:
        fit = value["conformance"]
        lines.append(
            f"plan: {fit['conforming']} of {fit['n']} cases conform, fitness "
            f"{figure(fit['fitness'])}; {fit['with_missing']} lack a step, "
            f"{fit['out_of_order']} out of order, {fit['with_extra']} with more than the plan"
        )
    if value["deadlines"]:
        due = value["deadlines"]
        lines.append(
            f"deadlines: {due['on_time']} on time, {due['late']} late, {due['overdue']} overdue, "
            f"{due['not_yet_due']} not yet due, {due['missing']} without; "
            f"kept {figure(due['kept'])}"
        )
    return lines


def _table(what: str, rows: list[dict[str, Any]], count: str, top: int) -> list[str]:
    head = (what, "then", "times", "median h", "mean h", "total h")
    columns = ("source", "target", count, "median_wait_hours", "mean_wait_hours")
    cells = [[row[c] for c in (*columns, "total_wait_hours")] for row in rows[:top]]
    return [*aligned(head, cells), ""]

"""Whether cases were closed by the day they were due."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from actscope.codes import Codes
from actscope.counting import Mask
from actscope.definition import Definition
from actscope.process.closing import Closings, days, moment, reckoning
from actscope.process.events import EventLog
from actscope.results import Result

DEADLINES = Definition(
    en=(
        "On time: closed at or before the due time; late: closed after it; overdue: still open "
        "after it at the day of reckoning; not yet due: open before it. Kept = on time ÷ (on time "
        "+ late + overdue)."
    ),
    zh=(
        "按时：在期限当时或之前办结；迟办：期限之后办结；逾期未结：统计时点已过期限仍未结；"
        "未到期：尚未到期限的未结事项。守期率＝按时÷（按时＋迟办＋逾期未结）。"
    ),
    source="The project's own; open cases count against the deadline as soon as it has passed.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines(Result):
    """``n`` cases with a due time, ``missing`` without. ``kept`` is ``None`` when nothing was due.
    ``median_days_late`` is over those closed late, ``median_days_overdue`` over those open.
    ``worst``: the ten cases that are furthest over, with the days."""

    definition: Definition
    n: int
    missing: int
    until: datetime | None
    on_time: int
    late: int
    overdue: int
    not_yet_due: int
    kept: float | None
    median_days_late: float | None
    median_days_overdue: float | None
    worst: tuple[tuple[str, float], ...]


def deadlines(
    log: EventLog,
    closings: Closings,
    due: tuple[Mask, Codes],
    *,
    until: datetime | None = None,
) -> Deadlines:
    """Deadline keeping of the cases of a log. ``due``: which cases have a due time, and the
    instants (see ``last_filled``). Raises ``UntilTooEarlyError``."""
    has, at = due
    end = reckoning(log, closings, until)
    over = days(np.where(closings.closed, closings.at, end) - at)
    late = has & closings.closed & (over > 0)
    overdue = has & ~closings.closed & (over > 0)
    on_time = int(np.count_nonzero(has & closings.closed & (over <= 0)))
    was_due = on_time + int(np.count_nonzero(late | overdue))
    furthest = np.argsort(-np.where(late | overdue, over, 0), kind="stable")[:10]
    return Deadlines(
        definition=DEADLINES,
        n=int(np.count_nonzero(has)),
        missing=int(np.count_nonzero(~has)),
        until=moment(end) if log.n else None,
        on_time=on_time,
        late=int(np.count_nonzero(late)),
        overdue=int(np.count_nonzero(overdue)),
        not_yet_due=int(np.count_nonzero(has & ~closings.closed & (over <= 0))),
        kept=on_time / was_due if was_due else None,
        median_days_late=float(np.median(over[late])) if late.any() else None,
        median_days_overdue=float(np.median(over[overdue])) if overdue.any() else None,
        worst=tuple((log.cases[i], float(over[i])) for i in furthest if (late | overdue)[i]),
    )

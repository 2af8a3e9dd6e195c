"""The mode of many areas at many moments, from one look."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from unit.places.test_modes import AT, DAY

from tongzhou.demo.cast import Cast
from tongzhou.places.actions.switch_mode import switch_mode
from tongzhou.places.modes import Switches

HOUR = timedelta(hours=1)


def test_it_says_what_the_single_question_says_in_two_queries(cast: Cast) -> None:
    for area, by, mode, at, until in (
        ("3301", cast.lou, "emergency", AT, AT + 5 * DAY),
        ("33", cast.shen, "emergency", AT + DAY, AT + 3 * DAY),
        ("3301", cast.lou, "emergency", AT + 4 * DAY, AT + 9 * DAY),
        ("3301", cast.lou, "peace", AT + 6 * DAY, None),
    ):
        switch_mode(area=cast.areas[area], mode=mode, reason="x", until=until, by=by, at=at)
    found = Switches(["330106002", "3303"])

    with CaptureQueriesContext(connection) as asked:
        said = {
            (code, day): found.mode(code, at=AT + day * DAY + HOUR).value
            for code in ("330106002", "3303", "nowhere")
            for day in (-1, 0, 1, 3, 5, 6)
        }

    assert len(asked) == 2
    assert {key for key, mode in said.items() if mode == "emergency"} == {
        ("330106002", 0), ("330106002", 1), ("330106002", 3), ("330106002", 5), ("3303", 1),
    }  # fmt: skip

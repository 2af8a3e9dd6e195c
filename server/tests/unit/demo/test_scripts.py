"""Stories that are written down act by act."""

from collections import Counter

from tongzhou.demo import plan, present, scenario
from tongzhou.demo.hotline import Hotline
from tongzhou.demo.scripts import rows, script

ROWS = scenario.load()
SEED = 2020


def test_the_hotline_has_every_fate_that_a_ticket_can_have() -> None:
    acts = Counter(step.act for step in Hotline(ROWS, SEED, 1.0).steps())

    assert acts["hotline.register_ticket"] > 120
    for act in ("refuse", "forward", "object", "review", "reopen", "call_back"):
        assert acts[f"hotline.{act}"] >= 3, act


def test_a_script_gives_the_same_steps_each_time() -> None:
    assert list(script(ROWS, "reports")) == list(script(ROWS, "reports"))


def test_a_comma_that_was_not_quoted_is_found() -> None:
    for name in (*plan.SCRIPTS, plan.CLOSING, *present.SCRIPTS):
        assert all(None not in row.values() for row in rows(name)), name

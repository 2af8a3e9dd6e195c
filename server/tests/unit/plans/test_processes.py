"""A chart holds what the software enforces, and nothing else."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.test import Client
from unit.plans.conftest import AT

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.ledger import types
from tongzhou.library import queries as library
from tongzhou.library.queries import Version
from tongzhou.plans import processes
from tongzhou.plans.drawing import svg
from tongzhou.plans.queries import charts
from tongzhou.tasks.models import Form, State
from tongzhou.tasks.transitions import TRANSITIONS

Browser = Callable[[Post], Client]


@pytest.mark.parametrize("form", Form.values)
def test_every_transition_and_no_other_is_in_the_chart(form: str) -> None:
    reached = {"draft", "seen"} | {
        t.to.value for t in TRANSITIONS.values() if t.to is not None and form in t.forms
    }
    expected = {("start", "draft", "create")}
    for verb, transition in TRANSITIONS.items():
        for source in {s for states in transition.sources.values() for s in states}:
            target = transition.to or source
            if (verb, source) == ("see", State.DISPATCHED):
                target = State.SEEN
            if form in transition.forms and source in reached:
                expected.add((source.value, target.value, verb))

    chart = processes.life_of(form, [])

    assert {(e.source, e.target, e.act) for e in chart.edges} == expected
    assert len(chart.rows) == len(chart.edges) - 1
    assert {node.key for node in chart.nodes} == {"start", *reached}


def test_the_drawing_holds_every_move_from_one_state_to_another() -> None:
    chart = processes.life_of("task", [])

    root = ElementTree.fromstring(svg(chart))

    space = {"s": "http://www.w3.org/2000/svg"}
    drawn = [g.get("data-acts", "").split() for g in root.findall(".//s:g[@class='edge']", space)]
    moves = [e for e in chart.edges if e.source != e.target]
    assert sum(map(len, drawn)) == len(moves)
    boxes = {g.get("data-node") for g in root.findall(".//s:g[@data-node]", space)}
    assert boxes == {node.key for node in chart.nodes}


def test_time_limits_stand_on_the_acts_that_start_and_end_them(cast: Cast) -> None:
    chart = charts.chart("task", visible_to=cast.shen, at=AT)

    limits = {edge.act: edge.limits for edge in chart.edges}
    assert any("starts" in words for words in limits["dispatch"])
    assert any("ends" in words for words in limits["confirm"] + limits["finish"])


def test_acts_named_by_the_chart_are_declared() -> None:
    assert set(processes.ACTS.values()) <= types.declared().keys()


def test_what_somebody_wrote_cannot_leave_the_drawing(plan: Version) -> None:
    chart = processes.structure(plan)
    evil = processes.Node("x", '<script>alert("1")</script>', "open", ('"><b>',))

    drawn = svg(processes.Chart("k", "<t>", "&", (evil,), (), (), (), {"x": 0}))

    ElementTree.fromstring(drawn)
    assert "<script" not in drawn
    assert "Epidemic control" in svg(chart)


def test_every_chart_is_a_page_a_table_and_a_file(
    cast: Cast, plan: Version, signed_in: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in(cast.shen)
    listing = browser.get("/processes").content.decode()
    keys = re.findall(r'href="/processes/([a-z0-9-]+)"', listing)

    assert {"task", "ticket", "whistle", "command"} <= set(keys)
    assert any(key.startswith("chain-") for key in keys)
    for key in keys:
        page = browser.get(f"/processes/{key}")
        assert page.status_code == 200, key
        assert "<svg" in page.content.decode()
        file = browser.get(f"/processes/{key}.svg")
        assert file["Content-Type"].startswith("image/svg+xml")
        ElementTree.fromstring(file.content)
    assert browser.get("/processes/unheard-of").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("profile", ["cn", "int"])
def test_duties_and_limits_of_shipped_plans_exist(profile: str) -> None:
    day = AT.date().replace(year=2026)
    plans = library.all_in_force("plan", on=day, profile=profile)
    lists = library.all_in_force("mandates", on=day, profile=profile)
    duties = {duty.code for version in lists for duty in version.body.duties}
    rules = {
        rule.key
        for version in library.all_in_force("clocks", on=day, profile=profile)
        for rule in version.body.rules
    }

    assert plans
    for version in plans:
        assert {duty for _at, duty in version.body.duties()} <= duties, version.key
        assert set(version.body.clocks) <= rules, version.key

"""``python -m bench.plans``: a plan of 120 tasks for 30 units, stood up and taken back.

The whole act is measured: permission, who is charged with what, groups, tasks with everybody
who sees them, measures, the lines of the ledger, commit. Preview is what the page asks for.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from bench.node import Node
from bench.table import Row, show
from tongzhou.kernel import embedded

UNITS = 30
TASKS = 120
ROUNDS = 7

PLAN = """
kind: plan
key: bench
jurisdiction: "33"
title: {{zh: 一级响应预案, en: Plan for level I}}
valid_from: 2020-01-01
legal_force: plan
source: {{text: For measuring}}
confidence: k
body:
  level: province
  grades: [I]
  phases: [watch]
  groups: [{groups}]
  tasks: [{tasks}]
  measures: [{measures}]
"""


def main() -> int:
    """The command."""
    home = Path(tempfile.mkdtemp(prefix="tongzhou-bench-"))
    os.environ.pop("DATABASE_URL", None)
    os.environ["TONGZHOU_HOME"] = str(home)
    try:
        node = Node(home)
        with embedded.lease():
            node.run("migrate", "--quiet")
            print(show(list(measured())))
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return 0


def measured() -> Iterator[Row]:
    """The rows; the node is there and migrated."""
    from bench import inside  # noqa: PLC0415 – the folder of the node is known now

    inside.set_up()
    from tongzhou.incidents.models import Incident  # noqa: PLC0415 – after set-up
    from tongzhou.plans import queries  # noqa: PLC0415 – after set-up
    from tongzhou.plans.actions.reverse_stand_up import reverse_stand_up  # noqa: PLC0415 – after set-up
    from tongzhou.plans.actions.stand_up_plan import stand_up_plan  # noqa: PLC0415 – after set-up

    cast, incident, version, at = _world()
    looked, stood, reversed_, told = [], [], [], []
    for _round in range(ROUNDS):
        fresh = Incident.objects.select_related("area", "owner").get(id=incident.id)
        seconds, _found = _timed(
            lambda fresh=fresh: queries.preview(version, fresh, visible_to=cast.shen, at=at)
        )
        looked.append(seconds)
        seconds, stand_up = _timed(
            lambda: stand_up_plan(incident=incident, version=version.id, by=cast.shen, at=at)
        )
        stood.append(seconds)
        seconds, _progress = _timed(
            lambda stand_up=stand_up: queries.progress(stand_up, visible_to=cast.shen, at=at)
        )
        told.append(seconds)
        seconds, _report = _timed(
            lambda stand_up=stand_up: reverse_stand_up(
                stand_up=stand_up, reason="Again", by=cast.shen, at=at
            )
        )
        reversed_.append(seconds)
    what = f"plan of {TASKS} tasks × {UNITS} units"
    how = f"median of {ROUNDS}, worst {{:.2f}} s; the whole act with commit"
    yield Row(f"{what}: preview", f"{median(looked):.2f} s", "< 1 s", how.format(max(looked)))
    yield Row(f"{what}: stand up", f"{median(stood):.2f} s", "< 2 s", how.format(max(stood)))
    yield Row(f"{what}: how it stands", f"{median(told):.2f} s", "< 1 s", how.format(max(told)))
    yield Row(
        f"{what}: take back", f"{median(reversed_):.2f} s", "< 2 s", how.format(max(reversed_))
    )


def _timed(do: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = do()
    return time.perf_counter() - began, found


def _world() -> tuple[Any, Any, Any, Any]:
    from tongzhou.actors.actions.appoint_person import appoint_person  # noqa: PLC0415 – after set-up
    from tongzhou.actors.actions.create_unit import create_unit  # noqa: PLC0415 – after set-up
    from tongzhou.demo.cast import assemble, encoded_password  # noqa: PLC0415 – after set-up
    from tongzhou.incidents.actions.open_incident import open_incident  # noqa: PLC0415 – after set-up
    from tongzhou.incidents.actions.set_grade import set_grade  # noqa: PLC0415 – after set-up
    from tongzhou.kernel import clock  # noqa: PLC0415 – after set-up
    from tongzhou.library.actions.publish_version import publish_version  # noqa: PLC0415 – after set-up
    from tongzhou.library.reading import read  # noqa: PLC0415 – after set-up
    from tongzhou.mandates.actions.consent_charge import consent_charge  # noqa: PLC0415 – after set-up
    from tongzhou.mandates.actions.declare_duty import declare_duty  # noqa: PLC0415 – after set-up
    from tongzhou.mandates.actions.propose_charge import propose_charge  # noqa: PLC0415 – after set-up

    at = clock.now()
    cast = assemble(at=at)
    for n in range(UNITS):
        unit = create_unit(
            code=f"bench-{n}", name_zh=f"单位{n}", name_en=f"Unit {n}", sector="government",
            level="province", area=cast.areas["33"], parent=cast.units["zj-health"],
            by=cast.an, at=at,
        )  # fmt: skip
        post = appoint_person(
            username=f"bench-{n}", name_zh="某", name_en="Somebody",
            encoded_password=encoded_password(), unit=unit, role="department_liaison",
            by=cast.an, at=at,
        )  # fmt: skip
        duty = declare_duty(code=f"duty-{n}", name_zh=f"职责{n}", needs=[], by=cast.shen, at=at)
        asked = propose_charge(
            duty=duty, unit=unit, part="accountable", area=cast.areas["33"], by=cast.shen, at=at
        )
        consent_charge(proposal=asked, by=post, at=at)
    incident = open_incident(
        code="bench", title_zh="测量", area=cast.areas["33"], by=cast.shen, at=at
    )
    incident = set_grade(
        incident=incident, grade="I", criterion="x", legal_basis="x", by=cast.shen, at=at
    )
    version = publish_version(
        read=read(_plan().encode(), file="bench.yaml"), reason="Bench", by=cast.shen, at=at
    )
    return cast, incident, version, at


def _plan() -> str:
    per_group = UNITS // 6
    groups = [
        f"{{key: g{g}, name: {{zh: 组{g}, en: Group {g}}}, chair: {{duty: duty-{g * per_group}}}, "
        "members: ["
        + ", ".join(f"{{duty: duty-{n}}}" for n in range(g * per_group, (g + 1) * per_group))
        + "]}"
        for g in range(6)
    ]
    tasks = [
        f"{{key: t{n}, title: {{zh: 任务{n}, en: Task {n}}}, duty: duty-{n % UNITS}, due: PT24H}}"
        for n in range(TASKS)
    ]
    measures = [
        f"{{key: m{n}, title: {{zh: 措施{n}, en: Measure {n}}}, legal_basis: {{zh: 法, en: Law}}, "
        "stop_rule: {zh: 期满, en: At its end}, lasts: {days: 14}, "
        "when: [{fact: population, at_least: 1}]}"
        for n in range(6)
    ]
    return PLAN.format(
        groups=", ".join(groups), tasks=", ".join(tasks), measures=", ".join(measures)
    )


if __name__ == "__main__":
    sys.exit(main())

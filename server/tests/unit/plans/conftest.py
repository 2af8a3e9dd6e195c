"""A real incident of Zhejiang, and an exercise beside it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.edit_incident import edit_incident
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.incidents.actions.set_grade import set_grade
from tongzhou.incidents.models import Incident
from tongzhou.library.actions.publish_version import publish_version
from tongzhou.library.queries import Version
from tongzhou.library.reading import read
from tongzhou.mandates.actions.consent_charge import consent_charge
from tongzhou.mandates.actions.declare_duty import declare_duty
from tongzhou.mandates.actions.propose_charge import propose_charge
from tongzhou.mandates.models import Duty

AT = datetime(2020, 1, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def opened(cast: Cast, code: str, *, exercise: bool = False, **given: object) -> Incident:
    """An incident of the province, of which Hangzhou was told."""
    return open_incident(
        code=code,
        title_zh="春季演练" if exercise else "不明原因肺炎疫情",
        title_en="Spring drill" if exercise else "Pneumonia of unknown cause",
        area=cast.areas["33"],
        told=[cast.units["hz-command"]],
        exercise=exercise,
        **{"by": cast.shen, "at": AT} | given,  # type: ignore[arg-type]
    )


@pytest.fixture
def incident(cast: Cast) -> Incident:
    """The real one."""
    return opened(cast, "zj-2020")


@pytest.fixture
def drill(cast: Cast) -> Incident:
    """The exercise."""
    return opened(cast, "zj-drill", exercise=True)


PLAN = """
kind: plan
key: drill-one
jurisdiction: "33"
title: {zh: 一级响应预案, en: Plan for level I}
valid_from: 2020-01-01
legal_force: plan
source: {text: For these tests}
confidence: k
body:
  level: province
  grades: [I]
  phases: [watch, respond]
  groups:
    - key: control
      name: {zh: 疫情防控组, en: Epidemic control}
      chair: {duty: trace-contacts}
      members:
        - {duty: treat-patients}
        - {role: commander, each: city}
        - {duty: nobody-does-it}
    - key: office
      name: {zh: 综合协调组, en: Coordination}
      chair: {role: commander}
    - key: headless
      name: {zh: 无主组, en: Headless}
      chair: {duty: nobody-does-it}
  tasks:
    - key: trace
      title: {zh: 开展流行病学调查, en: Trace the contacts}
      duty: trace-contacts
      group: control
      work: report
      priority: critical
      due: PT24H
    - key: beds
      title: {zh: 腾空隔离病房, en: Free isolation rooms}
      duty: treat-patients
      due: P2D
    - key: guard
      title: {zh: 落实属地防控, en: Guard the place}
      duty: guard-place
      each: city
      due: PT12H
    - key: nobody
      title: {zh: 无人负责的事, en: What nobody does}
      duty: nobody-does-it
      due: P1D
  measures:
    - key: gatherings
      title: {zh: 取消大型聚集活动, en: No large gatherings}
      when: [{fact: population, at_least: 1000000}]
      legal_basis: {zh: 传染病防治法第四十二条, en: "Law on infectious diseases, article 42"}
      stop_rule: {zh: "连续{window}天无新增病例", en: "No new case for {window} days"}
      window: {incubations: 1}
      lasts: {incubations: 2}
    - key: visits
      title: {zh: 探访老年人, en: Call on the old}
      each: city
      when: [{fact: share_65, at_least: 12}]
      legal_basis: {zh: 法, en: Law}
      stop_rule: {zh: 期满, en: At its end}
      lasts: {days: 30}
    - key: small
      title: {zh: 小区措施, en: For small places}
      when: [{fact: population, at_most: 1000}]
      legal_basis: {zh: 法, en: Law}
      stop_rule: {zh: 期满, en: At its end}
      lasts: {days: 30}
  clocks: [task-due]
  step_down:
    keep_groups: [office]
    tasks:
      - key: review
        title: {zh: 复盘评估, en: Review after the action}
        duty: trace-contacts
        due: P7D
"""

LOWER = PLAN.replace("drill-one", "drill-two").replace("grades: [I]", "grades: [II]").replace(
    "一级响应预案, en: Plan for level I", "二级响应预案, en: Plan for level II"
).replace(
    """    - key: beds
      title: {zh: 腾空隔离病房, en: Free isolation rooms}
      duty: treat-patients
      due: P2D
""",
    """    - key: screening
      title: {zh: 发热筛查, en: Screen for fever}
      duty: treat-patients
      due: P2D
""",
)  # fmt: skip


def declared(by: Post) -> None:
    """The duties that the plan names are there, whoever is charged with them."""
    for code in ("trace-contacts", "treat-patients", "guard-place", "nobody-does-it"):
        if not Duty.objects.filter(code=code).exists():
            declare_duty(code=code, name_zh=code, needs=[], by=by, at=AT)


def published(text: str, cast: Cast) -> Version:
    """The template in this YAML, in force."""
    declared(cast.shen)
    return publish_version(
        read=read(text.encode(), file="plan.yaml"), reason="Test", by=cast.shen, at=AT
    )


def charged(cast: Cast, code: str, **holders: str) -> None:
    """A duty with the unit accountable in each area ("a33": "zj-cdc"), all of them agreed."""
    duty = declare_duty(code=code, name_zh=code, needs=[], by=cast.shen, at=AT)
    for area, unit in holders.items():
        proposal = propose_charge(
            duty=duty,
            unit=cast.units[unit],
            part="accountable",
            area=cast.areas[area.removeprefix("a")],
            by=cast.shen,
            at=AT,
        )
        if not proposal.given or proposal.waiting:
            holder = next(p for p in cast.posts.values() if p.unit_id == cast.units[unit].id)
            consent_charge(proposal=proposal, by=holder, at=AT)


@pytest.fixture
def duties(cast: Cast) -> None:
    """Who is charged: two provincial units, and the commands of two cities."""
    charged(cast, "trace-contacts", a33="zj-cdc")
    charged(cast, "treat-patients", a33="zj-health")
    charged(cast, "guard-place", a3301="hz-command", a3303="wz-command")


@pytest.fixture
def plan(cast: Cast, duties: None) -> Version:
    """The plan for level I."""
    return published(PLAN, cast)


@pytest.fixture
def lower(cast: Cast, duties: None) -> Version:
    """The plan for level II: one task is another one."""
    return published(LOWER, cast)


def graded(incident: Incident, grade: str, *, by: Post, at: datetime = AT) -> Incident:
    """The incident at a response level."""
    return set_grade(incident=incident, grade=grade, criterion="x", legal_basis="x", by=by, at=at)


@pytest.fixture
def first_level(cast: Cast, incident: Incident) -> Incident:
    """The incident at level I, with an incubation of fourteen days."""
    edit_incident(incident=incident, reason="Known", incubation_days=14, by=cast.shen, at=AT)
    return graded(incident, "I", by=cast.shen)

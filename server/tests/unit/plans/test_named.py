"""A plan that names what nobody knows is not taken in: file, line and field say what."""

from datetime import date

import pytest
from unit.plans.conftest import AT, PLAN, declared

from tongzhou.demo.cast import Cast
from tongzhou.kernel import clock
from tongzhou.library.actions.import_templates import File, Report, import_templates
from tongzhou.library.actions.publish_version import publish_version
from tongzhou.library.checks import checked, missing
from tongzhou.library.models import TemplateVersion
from tongzhou.library.reading import FileUnfit, read
from tongzhou.library.shipped_files import shipped
from tongzhou.mandates.actions.retire_duty import retire_duty
from tongzhou.mandates.models import Duty

BRINGS = """
kind: mandates
key: drill-duties
jurisdiction: "33"
title: {zh: 职责, en: Duties}
valid_from: 2020-01-01
legal_force: plan
source: {text: For these tests}
confidence: k
body:
  duties:
    - {code: trace-contacts, name: {zh: 流调, en: Trace}, basis: Law}
    - {code: treat-patients, name: {zh: 救治, en: Treat}, basis: Law}
    - {code: guard-place, name: {zh: 属地, en: Guard}, basis: Law}
    - {code: nobody-does-it, name: {zh: 无, en: Nobody}, basis: Law}
"""


def _imported(cast: Cast, *texts: str) -> Report:
    files = [File(f"{n}.yaml", text.encode()) for n, text in enumerate(texts)]
    return import_templates(files=files, reason="Test", by=cast.shen, at=AT)


def _line(text: str, part: str) -> int:
    """The line of the first place where this stands."""
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("wrong", "for_", "field", "code"),
    [
        ("{duty: unheard-of}", "{duty: trace-contacts}", "groups.0.chair.duty", "duty-unknown"),
        ("duty: unheard-of", "duty: guard-place", "tasks.2.duty", "duty-unknown"),
        ("[unheard-of]", "[task-due]", "clocks.0", "clock-rule-unknown"),
        ("group: unheard-of", "group: control", "tasks.0.group", "plan-reference-unknown"),
        ("[unheard-of]", "[office]", "step_down.keep_groups.0", "plan-reference-unknown"),
    ],
)
def test_it_is_refused_with_file_line_and_field(
    cast: Cast, wrong: str, for_: str, field: str, code: str
) -> None:
    declared(cast.shen)
    text = PLAN.replace(for_, wrong)

    (line,) = _imported(cast, text).lines

    assert [(f.file, f.line, f.field, f.code) for f in line.faults] == [
        ("0.yaml", _line(text, wrong), f"body.{field}", code)
    ]
    assert "unheard-of" in line.faults[0].sentence
    assert not TemplateVersion.objects.filter(template__key="drill-one").exists()


def test_publishing_refuses_it_too_and_says_all_at_once(cast: Cast) -> None:
    with pytest.raises(FileUnfit) as refused:
        publish_version(
            read=read(PLAN.encode(), file="plan.yaml"), reason="Test", by=cast.shen, at=AT
        )

    assert {fault.code for fault in refused.value.faults} == {"duty-unknown"}
    assert len(refused.value.faults) > 4


def test_a_duty_that_was_retired_is_not_known_any_more(cast: Cast) -> None:
    declared(cast.shen)
    duty = Duty.objects.get(code="guard-place")
    retire_duty(duty=duty, reason="Test", by=cast.shen, at=AT)

    (line,) = _imported(cast, PLAN).lines

    assert [fault.field for fault in line.faults] == ["body.tasks.2.duty"]


def test_another_file_of_the_same_import_may_bring_it(cast: Cast) -> None:
    report = _imported(cast, PLAN, BRINGS)

    assert [(line.file, line.becomes) for line in report.lines] == [
        ("0.yaml", "new"), ("1.yaml", "new"),
    ]  # fmt: skip
    assert report.written


def test_one_unknown_name_keeps_the_whole_import_out(cast: Cast) -> None:
    report = _imported(cast, PLAN.replace("[task-due]", "[unheard-of]"), BRINGS)

    assert [line.becomes for line in report.lines] == ["refused", "new"]
    assert not TemplateVersion.objects.filter(template__key="drill-duties").exists()


@pytest.mark.django_db
def test_no_plan_that_comes_with_the_software_names_what_is_not_there() -> None:
    plans = [one for one in shipped() if one.document.kind == "plan"]

    assert plans
    assert [fault for one in plans for fault in missing(one, at=clock.now())] == []


def test_a_kind_is_checked_by_one_room() -> None:
    with pytest.raises(ValueError, match="plan"):
        checked("plan")(lambda document, body, day: [])


def test_what_nobody_checks_is_let_in() -> None:
    (one,) = [s for s in shipped() if s.document.kind == "glossary"][:1]

    assert missing(one, at=AT) == []
    assert one.document.valid_from <= date(2026, 1, 1)

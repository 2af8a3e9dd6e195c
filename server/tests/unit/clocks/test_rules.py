"""Rules are data: what is wrong with them is named with its line and field."""

from datetime import UTC, date, datetime

import pytest

from tongzhou.clocks.rules import ALWAYS, known_rules
from tongzhou.demo.cast import Cast
from tongzhou.ledger import types
from tongzhou.library import queries as library
from tongzhou.library.actions.import_templates import File, import_templates
from tongzhou.library.actions.publish_version import publish_version
from tongzhou.library.models import TemplateVersion
from tongzhou.library.reading import FileUnfit, read

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
HEAD = """kind: clocks
key: own
jurisdiction: common
title: {zh: 自定, en: Own}
valid_from: 2020-01-01
legal_force: practice
source: {text: here}
confidence: k
body:
  rules:
    - key: own-limit
      title: {zh: 时限, en: Limit}
"""
GOOD = ("starts: [signal.reported.v1]", "stops: [signal.answered.v1]", "length: PT2H")


def file(*lines: str) -> bytes:
    """A template with one rule of these lines."""
    return (HEAD + "".join(f"      {line}\n" for line in lines)).encode()


def test_a_rule_can_be_read() -> None:
    assert read(file(*GOOD), file="own.yaml").document.key == "own"


@pytest.mark.parametrize(
    ("lines", "code", "line"),
    [
        (("starts: [signal.reported.v1]", "stops: [signal.answered.v1]", "length: -PT2H"),
         "length-not-positive", 15),
        (("starts: [signal.reported.v1]", "stops: [signal.answered.v1]", "length: PT0S"),
         "length-not-positive", 15),
        (("stops: [signal.answered.v1]", "length: PT2H"), "rule-without-start", 11),
        (("starts: [signal.reported.v1]", "length: PT2H"), "rule-without-stop", 11),
        (("starts: [signal.reported.v1]", "stops: [signal.answered.v1]"),
         "rule-without-length", 11),
        ((*GOOD, "until: due_at"), "rule-without-length", 11),
        (("starts: [signal.reported.v1]", "stops: [signal.reported.v1]", "length: PT2H"),
         "stop-is-start", 11),
        (("starts: [signal.imagined.v1]", "stops: [signal.answered.v1]", "length: PT2H"),
         "unknown-act-type", 13),
        (("starts: [clock.missed.v1]", "stops: [signal.answered.v1]", "length: PT2H"),
         "clock-winds-itself", 13),
        ((*GOOD, "warn: [{before: PT3H}]"), "warning-before-start", 11),
        ((*GOOD, "then: [{after: PT3H}, {after: PT1H}]"), "steps-out-of-order", 11),
        ((*GOOD, "then: [{after: PT3H, to: [everybody]}]"), "unknown-choice", 16),
        ((*GOOD, "lenght: PT3H"), "unknown-field", 16),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_line(lines: tuple[str, ...], code: str, line: int) -> None:
    with pytest.raises(FileUnfit) as refused:
        read(file(*lines), file="own.yaml")

    first = refused.value.faults[0]
    assert (first.code, first.line) == (code, line), first
    assert first.field.startswith("body.rules.0")
    assert first.sentence


def publish(cast: Cast, *lines: str, jurisdiction: str = "common") -> None:
    """Publishes a template with one rule of these lines."""
    content = file(*lines).replace(
        b"jurisdiction: common", f"jurisdiction: {jurisdiction}".encode()
    )
    publish_version(read=read(content, file="own.yaml"), reason="x", by=cast.shen, at=AT)


@pytest.mark.parametrize("jurisdiction", ["common", "cn", "int", '"33"'])
def test_a_calendar_that_nobody_knows_is_refused_when_published(
    cast: Cast, jurisdiction: str
) -> None:
    with pytest.raises(FileUnfit) as refused:
        publish(cast, *GOOD, "calendar: lunar", jurisdiction=jurisdiction)

    (fault,) = refused.value.faults
    assert (fault.code, fault.file, fault.line) == ("unknown-calendar", "own.yaml", 16)
    assert fault.field == "body.rules.0.calendar"
    assert "lunar" in fault.sentence
    assert not TemplateVersion.objects.filter(template__key="own").exists()


def test_a_calendar_in_force_is_taken(cast: Cast) -> None:
    publish(cast, *GOOD, "calendar: workdays")

    assert library.in_force("clocks", "own", on=AT.date()).body.rules[0].calendar == "workdays"


def test_a_calendar_may_come_with_the_rules_that_name_it(cast: Cast) -> None:
    head, _, _ = HEAD.partition("body:")
    calendar = head.replace("kind: clocks", "kind: calendar").replace("key: own", "key: lunar")
    files = [
        File("rules.yaml", file(*GOOD, "calendar: lunar")),
        File("days.yaml", f"{calendar}body: {{zone: Asia/Shanghai}}\n".encode()),
    ]

    report = import_templates(files=files, reason="x", by=cast.shen, at=AT)

    assert [line.becomes for line in report.lines] == ["new", "new"]


def test_two_rules_of_one_name_are_refused() -> None:
    rule = "    - key: own-limit\n      title: {zh: 时限, en: Limit}\n"
    twice = file(*GOOD) + (rule + "".join(f"      {line}\n" for line in GOOD)).encode()

    with pytest.raises(FileUnfit) as refused:
        read(twice, file="own.yaml")

    assert refused.value.faults[0].code == "rule-twice"


@pytest.mark.parametrize("profile", ["cn", "int"])
@pytest.mark.parametrize("day", [date(2020, 1, 23), date(2026, 11, 23)])
def test_every_act_and_calendar_of_the_shipped_rules_is_there(
    db: None, monkeypatch: pytest.MonkeyPatch, profile: str, day: date
) -> None:
    monkeypatch.setattr(library.profile, "current", lambda: profile)
    declared = types.known()

    found = known_rules(on=day)

    assert len(found) >= 5
    keys = [known.rule.key for known in found]
    assert len(keys) == len(set(keys)), "two limits of one name would move each other's clocks"
    for known in found:
        assert set(known.rule.acts()) <= declared.keys(), known.rule.key
        if known.rule.calendar != ALWAYS:
            assert library.in_force("calendar", known.rule.calendar, on=day)

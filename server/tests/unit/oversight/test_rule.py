"""The rule of the library that a finding is held against."""

from uuid import uuid4

import pytest
from unit.oversight.conftest import AT, DAY

from tongzhou.demo.cast import Cast
from tongzhou.ledger.models import Act
from tongzhou.library.queries import NoSuchVersion
from tongzhou.oversight.actions.record_finding import record_finding
from tongzhou.oversight.models import Finding
from tongzhou.oversight.queries import rules


def test_it_is_a_version_in_force_and_stands_in_the_ledger(cast: Cast) -> None:
    found = rules.search("burden")
    assert found
    finding = record_finding(
        what="No list", owner=cast.units["beishan-street"], due_at=AT + DAY,
        rule_version=found[0].id, by=cast.gu, at=AT,
    )  # fmt: skip

    assert rules.version(found[0].id).title
    assert str(found[0].valid_from) in rules.label_of(found[0])
    act = Act.objects.get(about_id=finding.id)
    assert act.data["rule_version"] == str(found[0].id)


def test_it_refuses_a_version_that_does_not_exist(cast: Cast) -> None:
    with pytest.raises(NoSuchVersion):
        record_finding(
            what="No list", owner=cast.units["beishan-street"], due_at=AT + DAY,
            rule_version=uuid4(), by=cast.gu, at=AT,
        )  # fmt: skip
    assert not Finding.objects.exists()

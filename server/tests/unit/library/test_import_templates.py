"""Bringing in files: all or none, and the same again changes nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed
from tongzhou.ledger.models import Act
from tongzhou.library.actions.import_templates import File, Report, import_templates
from tongzhou.library.models import TemplateVersion

from .conftest import written

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
FIRST = date(2026, 1, 1)


def bring_in(cast: Cast, *files: bytes, **more: bool) -> Report:
    """Brings the files in, in the name of the command."""
    return import_templates(
        files=[File(f"{n}.yaml", content) for n, content in enumerate(files)],
        reason="From the city", by=cast.shen, at=AT, **more,
    )  # fmt: skip


def test_the_same_again_changes_nothing(cast: Cast) -> None:
    assert [line.becomes for line in bring_in(cast, written()).lines] == ["new"]
    acts = Act.objects.count()

    again = bring_in(cast, written())

    assert [line.becomes for line in again.lines] == ["unchanged"]
    assert (again.written, Act.objects.count()) == (False, acts)


def test_one_refused_file_and_none_is_published(cast: Cast) -> None:
    report = bring_in(cast, written(), b"kind: guidance\n")

    assert [line.becomes for line in report.lines] == ["new", "refused"]
    assert not report.written
    assert not TemplateVersion.objects.filter(template__key="masks").exists()


def test_a_dry_run_tells_and_publishes_nothing(cast: Cast) -> None:
    report = bring_in(cast, written(), dry_run=True)

    assert [line.becomes for line in report.lines] == ["new"]
    assert not TemplateVersion.objects.filter(template__key="masks").exists()


def test_an_overlap_is_refused_at_its_line_or_takes_the_place(cast: Cast) -> None:
    bring_in(cast, written())
    later = written(first="2026-02-01", words="Wear two")

    refused = bring_in(cast, later).refused[0].faults[0]
    taken = bring_in(cast, later, take_place=True)

    assert (refused.line, refused.field, refused.code) == (5, "valid_from", "versions-overlap")
    assert [(line.becomes, line.number) for line in taken.lines] == [("next", 2)]


def test_two_files_that_overlap_each_other_are_refused(cast: Cast) -> None:
    report = bring_in(cast, written(), written(first="2026-02-01", words="Wear two"))

    assert [line.becomes for line in report.lines] == ["new", "refused"]


def test_who_lacks_the_word_brings_nothing_in(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        import_templates(files=[], reason="x", by=cast.mei, at=AT)


@settings(derandomize=True, max_examples=25, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 20) | st.none(), st.booleans()), max_size=6
    )
)
def test_no_day_is_ever_covered_twice(
    cast: Cast, steps: list[tuple[int, int | None, bool]]
) -> None:
    TemplateVersion.objects.filter(template__key="masks")
    key = TemplateVersion.objects.count()
    for n, (start, length, take_place) in enumerate(steps):
        first = FIRST + timedelta(days=start)
        last = (first + timedelta(days=length)).isoformat() if length is not None else ""
        content = written(first=first.isoformat(), last=last, words=f"{key} {n}")
        bring_in(cast, content.replace(b"key: masks", f"key: masks-{key}".encode()),
                 take_place=take_place)  # fmt: skip

    covered: set[date] = set()
    for version in TemplateVersion.objects.filter(template__key=f"masks-{key}"):
        until = version.until or FIRST + timedelta(days=90)
        days = {version.valid_from + timedelta(days=d)
                for d in range((until - version.valid_from).days + 1)}  # fmt: skip
        assert not covered & days
        covered |= days

"""Publishing a version: no day covered twice, nothing changed, everything with a reason."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed, NothingChanged, ReasonMissing
from tongzhou.ledger.models import Act
from tongzhou.library import queries as library
from tongzhou.library.access import UnknownJurisdiction
from tongzhou.library.actions.publish_version import (
    NotOfTemplate,
    VersionsOverlap,
    publish_version,
)
from tongzhou.library.models import Template, TemplateVersion
from tongzhou.library.reading import Read

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
Guidance = Callable[..., Read]


def test_the_first_version_is_in_force_from_its_day_on(cast: Cast, guidance: Guidance) -> None:
    made = publish_version(read=guidance(), reason="New rule", by=cast.shen, at=AT)

    area = cast.areas["330106"]
    found = library.in_force("guidance", "masks", on=date(2026, 1, 1), area=area)
    assert (found.id, found.number, found.body) == (made.id, 1, made.body)
    act = Act.objects.get(type="template.published.v1")
    assert (act.by_post, act.data["version"]) == (cast.shen.id, str(made.id))
    with pytest.raises(library.NoTemplate):
        library.in_force("guidance", "masks", on=date(2025, 12, 31), area=area)


def test_the_next_version_ends_the_one_before(cast: Cast, guidance: Guidance) -> None:
    one = publish_version(read=guidance(), reason="New", by=cast.shen, at=AT)
    two = publish_version(
        read=guidance(first="2026-02-01", words="Wear two"),
        reason="Better", by=cast.shen, at=AT, replaces=one.id,
    )  # fmt: skip

    area = cast.areas["33"]
    on = {day: library.in_force("guidance", "masks", on=day, area=area).number
          for day in (date(2026, 1, 31), date(2026, 2, 1))}  # fmt: skip
    assert on == {date(2026, 1, 31): 1, date(2026, 2, 1): 2}
    assert two.number == 2


def test_a_replaced_version_does_not_come_back(cast: Cast, guidance: Guidance) -> None:
    one = publish_version(read=guidance(), reason="New", by=cast.shen, at=AT)
    publish_version(
        read=guidance(first="2026-02-01", last="2026-02-28", words="Wear two"),
        reason="For a month", by=cast.shen, at=AT, replaces=one.id,
    )  # fmt: skip

    with pytest.raises(library.NoTemplate):
        library.in_force("guidance", "masks", on=date(2026, 3, 1), area=cast.areas["33"])


def test_dates_that_overlap_are_refused_with_both_named(cast: Cast, guidance: Guidance) -> None:
    publish_version(read=guidance(), reason="New", by=cast.shen, at=AT)

    with pytest.raises(VersionsOverlap) as refused:
        publish_version(
            read=guidance(first="2026-02-01", words="x"), reason="Again", by=cast.shen, at=AT
        )

    assert all(word in str(refused.value) for word in ("2026-02-01", "2026-01-01", "version 1"))
    assert TemplateVersion.objects.filter(template__key="masks").count() == 1


def test_a_version_is_replaced_once(cast: Cast, guidance: Guidance) -> None:
    one = publish_version(read=guidance(), reason="New", by=cast.shen, at=AT)
    again = {"reason": "Again", "by": cast.shen, "at": AT, "replaces": one.id}
    publish_version(read=guidance(first="2026-02-01", words="x"), **again)  # type: ignore[arg-type]

    with pytest.raises(NotOfTemplate):
        publish_version(read=guidance(first="2027-02-01", words="y"), **again)  # type: ignore[arg-type]


def test_the_same_again_is_no_version(cast: Cast, guidance: Guidance) -> None:
    one = publish_version(read=guidance(), reason="New", by=cast.shen, at=AT)

    with pytest.raises(NothingChanged):
        publish_version(read=guidance(), reason="Again", by=cast.shen, at=AT, replaces=one.id)


def test_it_needs_a_reason(cast: Cast, guidance: Guidance) -> None:
    with pytest.raises(ReasonMissing):
        publish_version(read=guidance(), reason=" ", by=cast.shen, at=AT)


def test_a_city_publishes_for_itself_and_not_for_the_country(
    cast: Cast, guidance: Guidance
) -> None:
    hangzhou = cast.lou
    publish_version(
        read=guidance(jurisdiction=hangzhou.unit.area.code), reason="Here", by=hangzhou, at=AT
    )

    with pytest.raises(NotAllowed):
        publish_version(read=guidance(jurisdiction="cn"), reason="All", by=hangzhou, at=AT)
    with pytest.raises(NotAllowed):
        publish_version(read=guidance(jurisdiction="33"), reason="All", by=hangzhou, at=AT)


def test_the_nearest_jurisdiction_decides(cast: Cast, guidance: Guidance) -> None:
    for jurisdiction in ("33", "cn"):
        publish_version(read=guidance(jurisdiction=jurisdiction), reason="x", by=cast.shen, at=AT)

    day = date(2026, 3, 1)
    near = library.in_force("guidance", "masks", on=day, area=cast.areas["330106"])
    assert near.jurisdiction == "33"
    assert library.in_force("guidance", "masks", on=day).jurisdiction == "cn"


def test_an_area_that_is_not_there_is_no_jurisdiction(cast: Cast, guidance: Guidance) -> None:
    with pytest.raises(UnknownJurisdiction):
        publish_version(read=guidance(jurisdiction="999"), reason="x", by=cast.shen, at=AT)


def test_who_lacks_the_word_publishes_nothing(cast: Cast, guidance: Guidance) -> None:
    with pytest.raises(NotAllowed):
        publish_version(read=guidance(), reason="x", by=cast.mei, at=AT)


def test_nothing_is_left_when_the_ledger_fails(
    cast: Cast, guidance: Guidance, broken_ledger: Callable[..., object]
) -> None:
    with broken_ledger():  # type: ignore[attr-defined]
        publish_version(read=guidance(), reason="x", by=cast.shen, at=AT)

    assert not Template.objects.filter(key="masks").exists()


@pytest.mark.parametrize("change", [{"title_en": "Other"}, {"body": "{}"}, {"until": None}])
def test_the_database_holds_a_version_fast(
    cast: Cast, guidance: Guidance, change: dict[str, object]
) -> None:
    made = publish_version(read=guidance(last="2026-12-31"), reason="x", by=cast.shen, at=AT)

    with pytest.raises(IntegrityError), transaction.atomic():
        TemplateVersion.objects.filter(id=made.id).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        TemplateVersion.objects.filter(id=made.id).delete()

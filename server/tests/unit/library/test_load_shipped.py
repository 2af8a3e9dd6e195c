"""What happens to shipped templates when the software comes with other ones."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from tongzhou.demo.cast import Cast
from tongzhou.ledger.models import Act
from tongzhou.library import queries as library
from tongzhou.library.actions import load_shipped as loading
from tongzhou.library.actions.publish_version import publish_version
from tongzhou.library.models import TemplateVersion
from tongzhou.library.reading import Read, read

from .conftest import written

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY = date(2026, 3, 1)
Ship = Callable[..., Read]


@pytest.fixture
def ship(db: None, monkeypatch: pytest.MonkeyPatch) -> Ship:
    """``ship(version=…, words=…)`` – the software comes with this file, and is migrated."""

    def shipped(*, version: int, words: str, first: str = "2026-01-01") -> Read:
        content = written(jurisdiction="cn", words=words, first=first)
        one = read(content + f"version: {version}\n".encode(), file="masks.yaml")
        monkeypatch.setattr(loading, "shipped", lambda: (one,))
        loading.load_shipped(at=AT)
        return one

    return shipped


def words() -> str:
    """What is in force."""
    return str(library.in_force("guidance", "masks", on=DAY).body.items[0].text.en)


def test_what_is_new_is_told_by_one_act_of_nobody(ship: Ship) -> None:
    ship(version=1, words="One")

    act = Act.objects.get(type="template.shipped.v1")
    made = TemplateVersion.objects.get(template__key="masks")
    assert act.by_post is None
    assert act.data == {"versions": {str(made.id): made.digest}}


def test_a_higher_version_takes_the_place_of_the_last(ship: Ship) -> None:
    ship(version=1, words="One")
    ship(version=2, words="Two", first="2026-02-01")

    old = TemplateVersion.objects.get(template__key="masks", number=1)
    assert words() == "Two"
    assert old.until == date(2026, 1, 31)


def test_what_changed_under_the_same_version_is_left_out_with_a_warning(
    ship: Ship, caplog: pytest.LogCaptureFixture
) -> None:
    ship(version=1, words="One")
    ship(version=1, words="Other")

    assert words() == "One"
    assert "cn/guidance-masks changed, but its version is still 1" in caplog.text


def test_what_people_published_stays_in_force(cast: Cast, ship: Ship) -> None:
    ship(version=1, words="One")
    first = library.in_force("guidance", "masks", on=DAY)
    own = read(written(jurisdiction="cn", words="Own", first="2026-02-01"), file="own.yaml")
    publish_version(read=own, reason="Ours", by=cast.shen, at=AT, replaces=first.id)

    ship(version=2, words="Two", first="2026-02-15")

    beside = TemplateVersion.objects.get(template__key="masks", shipped=2)
    assert words() == "Own"
    assert beside.until is not None
    assert beside.until < beside.valid_from

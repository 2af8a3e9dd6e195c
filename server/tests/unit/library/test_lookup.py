"""Which version is in force, and what it costs to ask."""

from datetime import date

import pytest
from django.utils import translation

from tongzhou.kernel import clock
from tongzhou.ledger.models import Act
from tongzhou.library import profile
from tongzhou.library import queries as library
from tongzhou.library.actions.load_shipped import load_shipped
from tongzhou.library.grades import Grade
from tongzhou.library.kinds.profile import ProfileBody
from tongzhou.library.models import TemplateVersion
from tongzhou.library.phases import Phase
from tongzhou.library.shipped_files import shipped

DAY = date(2026, 3, 1)
pytestmark = pytest.mark.django_db


def test_what_comes_with_the_software_is_in_force() -> None:
    found = library.in_force("profile", "words", on=DAY)

    assert isinstance(found.body, ProfileBody)
    assert (found.jurisdiction, found.number, found.shipped) == ("cn", 1, 1)


def test_the_other_profile_has_its_own() -> None:
    assert library.in_force("profile", "words", on=DAY, profile="int").jurisdiction == "int"


def test_before_its_first_day_there_is_none() -> None:
    with pytest.raises(library.NoTemplate) as refused:
        library.in_force("profile", "words", on=date(1999, 1, 1))

    assert "profile/words" in str(refused.value)


def test_asking_costs_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(1):
        found = library.all_in_force("profile", on=DAY)
    with django_assert_num_queries(1):
        library.version(found[0].id)
    with django_assert_num_queries(0):
        library.version(found[0].id)


def test_taking_in_again_changes_nothing() -> None:
    before = list(TemplateVersion.objects.order_by("id").values())
    acts = Act.objects.count()

    assert load_shipped(at=clock.now()) == []
    assert list(TemplateVersion.objects.order_by("id").values()) == before
    assert Act.objects.count() == acts


def test_every_shipped_file_is_in_the_library() -> None:
    assert TemplateVersion.objects.exclude(shipped=None).count() == len(shipped())


def test_words_follow_the_profile() -> None:
    with translation.override("en"):
        assert str(Grade.I.label) == "level I – especially serious"
        words = profile.words_of("int")
        profile.keep(profile.InUse("int", words), seconds=1e9)
        assert str(Grade.I.label) == "grade 3 – major response"
        assert str(Phase.WATCH.label) == "alert"
        assert dict(Phase.choices)["watch"] == "alert"


def test_words_of_the_code_stand_where_no_language_is_active() -> None:
    profile.keep(profile.InUse("int", profile.words_of("int")), seconds=1e9)

    with translation.override(None):
        assert str(Grade.I.label) == "level I – especially serious"

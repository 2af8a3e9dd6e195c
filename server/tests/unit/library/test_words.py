"""Words of the country profile on pages of other rooms: switching changes them, and what people
wrote stays."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.library import profile
from tongzhou.library.actions.choose_profile import choose_profile
from tongzhou.library.grades import Grade
from tongzhou.places.models import Level
from tongzhou.ui import wording

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
SignedIn = Callable[[Post], Client]

#: The page, and what it says in the profiles cn and int.
SAID = {
    "en": {
        "/whistles": ("Blow the whistle", "Call for support"),
        "/hotline": ("12345 hotline", "Citizens&#x27; hotline"),
        "/incidents/{code}/people": ("Working groups", "Sections"),
        "/incidents/{code}/do/group": ("Form a working group", "Form a section"),
        "/areas/330106": ("district or county", "district"),
        "/units/baoshi-community": ("community or village", "community"),
    },
    "zh-hans": {
        "/whistles": ("吹哨", "支援请求"),
        "/hotline": ("12345热线", "市民热线"),
        "/incidents/{code}/people": ("工作专班", "职能组"),
        "/incidents/{code}/do/group": ("组建工作专班", "组建职能组"),
        "/areas/330106": ("区县", "三级行政区"),
        "/units/baoshi-community": ("社区（村）", "社区"),
    },
}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_pages_of_other_rooms_speak_the_words_of_the_profile(
    cast: Cast, signed_in: SignedIn, language: str
) -> None:
    incident = open_incident(
        title_zh="吹哨演练", code="own-words", area=cast.areas["33"], by=cast.shen, at=AT
    )  # fmt: skip
    browser = signed_in(cast.shen)
    browser.cookies["django_language"] = language

    seen = {}
    for name in ("cn", "int"):
        if name != profile.current():
            choose_profile(name=name, reason="A mission", by=cast.shen, at=AT)
        for address in SAID[language]:
            seen[name, address] = browser.get(address.format(code=incident.code)).text

    for address, (here, there) in SAID[language].items():
        assert here in seen["cn", address], address
        assert there in seen["int", address], address
        if here not in there and there not in here:
            assert there not in seen["cn", address], address
            assert here not in seen["int", address].replace("吹哨演练", ""), address
        # What people wrote stays.
        if "{code}" in address:
            assert "吹哨演练" in seen["int", address]


def test_levels_of_areas_and_of_response_follow(cast: Cast) -> None:
    with translation.override("en"):
        before = str(Level.STREET.label), str(dict(Level.choices)["street"]), str(Grade.I.label)
        choose_profile(name="int", reason="A mission", by=cast.shen, at=AT)
        after = str(Level.STREET.label), str(dict(Level.choices)["street"]), str(Grade.I.label)

    assert before == ("street or town", "street or town", "level I – especially serious")
    assert after == ("municipality", "municipality", "grade 3 – major response")


def test_a_word_nobody_chose_is_the_plain_one(db: None) -> None:
    with translation.override("en"):
        assert wording.word("no-such-word", "Plain") == "Plain"
        page = Template('{% word "whistles" "Many" %}, {% word "whistles" "many" %}')
        assert page.render(Context()) == "Whistles, whistles"


def test_without_a_language_the_library_is_not_asked() -> None:
    with translation.override(None):
        assert wording.word("whistles", "plain") == "plain"
        assert str(Level.STREET.label) == "street or town"

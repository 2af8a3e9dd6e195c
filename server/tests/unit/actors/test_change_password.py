from datetime import UTC, datetime
from typing import Any

import pytest

from tongzhou.actors.actions.change_password import PasswordWrong, change_password
from tongzhou.actors.actions.choose_language import UnknownLanguage, choose_language
from tongzhou.actors.models import Person
from tongzhou.actors.passwords import PasswordWeak
from tongzhou.demo.cast import PASSWORD, Cast
from tongzhou.ledger import queries as ledger

AT = datetime(2020, 1, 23, 8, tzinfo=UTC)
NEW = "kettle orange bridge"


def test_it_changes_the_password_of_the_one_who_asks(cast: Cast) -> None:
    change_password(old=PASSWORD, new=NEW, by=cast.tang, at=AT)

    assert Person.objects.get(username="tang").check_password(NEW)
    assert ledger.about("person", cast.tang.person_id)[0].act.data == {}


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [("wrong", NEW, PasswordWrong), (PASSWORD, "short", PasswordWeak), ("", "", PasswordWrong)],
)
def test_it_refuses_a_wrong_and_a_weak_one(
    cast: Cast, old: str, new: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        change_password(old=old, new=new, by=cast.tang, at=AT)

    assert Person.objects.get(username="tang").check_password(PASSWORD)


def test_it_stays_when_the_ledger_fails(cast: Cast, broken_ledger: Any) -> None:
    with broken_ledger():
        change_password(old=PASSWORD, new=NEW, by=cast.tang, at=AT)

    assert Person.objects.get(username="tang").check_password(PASSWORD)


def test_a_language_is_kept_for_the_person(cast: Cast) -> None:
    choose_language(person=cast.tang.person, language="zh-hans")

    assert Person.objects.get(username="tang").language == "zh-hans"
    assert choose_language(person=None, language="en") == "en"


def test_an_unknown_language_is_refused(cast: Cast) -> None:
    with pytest.raises(UnknownLanguage):
        choose_language(person=cast.tang.person, language="tlh")

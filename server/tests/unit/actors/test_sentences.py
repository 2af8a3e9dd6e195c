"""Lines of the ledger in words."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import translation

from tongzhou.actors import sentences
from tongzhou.actors.sentences import Subject, tell
from tongzhou.demo.cast import Cast
from tongzhou.kernel.ids import new_id
from tongzhou.ledger import queries
from tongzhou.ledger.append import append
from tongzhou.ledger.types import ActType

AT = datetime(2020, 1, 23, 9, tzinfo=UTC)
ASKED = ActType("test.asked.v1", "ask", "{by} asked {with_units}", "{by}请求{with_units}")
TOLD = ActType("test.told.v1", "report", "{by} reported", "{by}报告")
RANG = ActType("test.rang.v1", "supervise", "The clock rang", "时钟响了")


@pytest.fixture
def line(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Callable[..., queries.Line]:
    """Writes an act and reads it back as a line."""
    monkeypatch.setattr("tongzhou.ledger.types.find", {t.name: t for t in (ASKED, TOLD, RANG)}.get)

    def write(type: ActType = ASKED, **fields: Any) -> queries.Line:
        with transaction.atomic():
            act = append(type, **{"at": AT, "about": ("test", new_id()), **fields})
        found = queries.find(act)
        assert found is not None
        return found

    return write


def units(cast: Cast, *codes: str) -> list[UUID]:
    """Ids by code."""
    return [cast.units[code].id for code in codes]


def test_names_are_filled_in_in_both_languages(
    cast: Cast, line: Callable[..., queries.Line]
) -> None:
    asked = line(**cast.shen.signs(), with_units=units(cast, "hz-command", "zj-cdc"))

    (english,) = tell([asked])
    with translation.override("zh-hans"):
        (chinese,) = tell([asked])

    assert english.sentence.startswith("Zhejiang Command Headquarters asked ")
    assert ", " in english.sentence
    assert chinese.sentence.startswith("浙江省指挥部请求")
    assert "、" in chinese.sentence


def test_of_many_partners_three_are_named(cast: Cast, line: Callable[..., queries.Line]) -> None:
    partners = units(cast, "hz-command", "zj-cdc", "xh-command", "wz-command", "hz-health")

    (told,) = tell([line(**cast.shen.signs(), with_units=partners)])

    assert told.sentence.endswith("and 2 others")


def test_visitors_former_units_and_the_system_itself(
    line: Callable[..., queries.Line],
) -> None:
    (visitor,) = tell([line(TOLD)])
    (command,) = tell([line()])
    (gone,) = tell([line(by_unit=new_id())])
    (clock,) = tell([line(RANG)])

    assert (visitor.sentence, visitor.by_public) == ("A member of the public reported", True)
    assert (command.sentence, command.by_public) == ("The installation asked nobody else", False)
    assert gone.sentence.startswith("A former unit")
    assert (clock.sentence, clock.by_public) == ("The clock rang", False)


def test_an_act_whose_type_is_gone_is_still_shown(
    line: Callable[..., queries.Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = line(ActType("test.forgotten.v1", "", "", ""))

    (told,) = tell([found])

    assert told.sentence == "test.forgotten.v1"
    assert told.icon == "notes"


def test_units_are_read_once_for_all_lines(
    cast: Cast,
    line: Callable[..., queries.Line],
    django_assert_num_queries: Callable[[int], AbstractContextManager[Any]],
) -> None:
    lines = [line(by_unit=unit.id) for unit in cast.units.values()]

    with django_assert_num_queries(1):
        tell(lines)


def test_rooms_name_what_an_act_is_about(
    line: Callable[..., queries.Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sentences, "_FINDERS", {})
    given: list[int] = []

    @sentences.subjects("test")
    def name(lines: Any) -> dict[UUID, Subject]:
        given.append(len(lines))
        return {found.act.about_id: Subject("thing", "/thing") for found in lines}

    told = tell([line(), line(), line(about=("other", new_id()))])

    assert [t.subject for t in told] == [Subject("thing", "/thing")] * 2 + [None]
    assert given == [2]
    with pytest.raises(ValueError, match="named twice"):
        sentences.subjects("test")(name)


def test_who_works_there_is_told_to_those_who_may_know(
    cast: Cast, line: Callable[..., queries.Line]
) -> None:
    asked = line(**cast.xia.signs())

    mine = sentences.signature(asked, visible_to=cast.shen)
    theirs = sentences.signature(asked, visible_to=cast.ou)

    assert (mine.unit, mine.post) == (cast.units["hz-health"], cast.xia)
    assert (theirs.unit, theirs.post) == (cast.units["hz-health"], None)

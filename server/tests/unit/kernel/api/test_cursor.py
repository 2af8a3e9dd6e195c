from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongzhou.actors.models import Post
from tongzhou.demo.cast import Cast
from tongzhou.kernel.api.cursor import CursorInvalid, decode, encode, slice_of
from tongzhou.places.models import Area


@given(
    st.text().filter(lambda t: "\x00" not in t and t.isprintable()),
    st.integers(-(2**63), 2**63 - 1),
    st.uuids(),
    st.datetimes(timezones=st.just(UTC)),
    st.dates(),
)
def test_a_cursor_gives_back_what_it_was_made_of(
    text: str, number: int, id: UUID, at: datetime, day: date
) -> None:
    kinds = [str, int, UUID, datetime, date]

    assert decode(encode([text, number, id, at, day]), kinds) == [text, number, id, at, day]


@given(st.text(max_size=60))
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(CursorInvalid):
        decode(text, [datetime, UUID])


@pytest.mark.parametrize(
    "keys", [["x"], ["x", 1, 2], [1, 1], ["x", "1"], ["a\x00", 1], ["x", True]]
)
def test_a_cursor_of_another_list_is_refused(keys: list[object]) -> None:
    with pytest.raises(CursorInvalid):
        decode(encode(keys), [str, int])  # type: ignore[arg-type]


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(CursorInvalid):
        decode(encode(["2020-01-23T08:00:00"]), [datetime])


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("limit", [1, 2, 5, 50])
def test_pages_hold_every_row_once(cast: Cast, descending: bool, limit: int) -> None:
    rows = Area.objects.all()
    found: list[str] = []
    cursor = ""

    while True:
        page = slice_of(rows, by=[("path", str)], cursor=cursor, limit=limit, descending=descending)
        found += [area.path for area in page.rows]
        cursor = page.next
        if not cursor:
            break

    assert found == sorted((a.path for a in rows), reverse=descending)


def test_rows_that_are_alike_are_told_apart_by_the_last_key(cast: Cast) -> None:
    found: list[UUID] = []
    cursor = ""

    while True:
        page = slice_of(
            Post.objects.all(),
            by=[("starts_at", datetime), ("unit__code", str), ("id", UUID)],
            cursor=cursor,
            limit=3,
        )
        found += [post.id for post in page.rows]
        cursor = page.next
        if not cursor:
            break

    ordered = Post.objects.order_by("starts_at", "unit__code", "id")
    assert found == list(ordered.values_list("id", flat=True))


def test_rows_that_come_in_between_shift_nothing(cast: Cast) -> None:
    first = slice_of(Area.objects.all(), by=[("code", str)], limit=2)
    Area.objects.create(code="00", name_zh="前", level="city", path="00/")

    second = slice_of(Area.objects.all(), by=[("code", str)], cursor=first.next, limit=2)

    assert not {a.code for a in first.rows} & {a.code for a in second.rows}


def test_an_unknown_key_is_refused_by_the_list(cast: Cast) -> None:
    with pytest.raises(CursorInvalid):
        slice_of(Area.objects.all(), by=[("id", UUID)], cursor=encode([str(uuid4()), 1]))

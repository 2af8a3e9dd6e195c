"""The cast is the same in tests, documents and demo."""

from tongzhou.actors.session import posts_of
from tongzhou.actors.vocabulary import Role
from tongzhou.demo.cast import MEMBERS, PASSWORD, UNITS, Cast
from tongzhou.ledger import queries


def test_everybody_holds_the_post_that_the_cast_names(cast: Cast) -> None:
    held = {name: (post.unit.code, post.role) for name, post in cast.posts.items()}

    assert held == {m.username: (m.unit, m.role) for m in MEMBERS}
    assert cast.shen.person.check_password(PASSWORD)


def test_ye_holds_two_posts(cast: Cast) -> None:
    posts = posts_of(cast.ye.person, at=cast.at)

    assert {post.unit.code for post in posts} == {"beishan-street", "xh-command"}
    assert cast.second_post in posts


def test_the_line_of_command_runs_from_the_province_to_the_community(cast: Cast) -> None:
    line = cast.units["baoshi-community"].line

    codes = ("zj-command", "hz-command", "xh-command", "beishan-street", "baoshi-community")
    assert line == [cast.units[code].id for code in codes]
    assert cast.units["wz-trade"].line == [cast.units["wz-trade"].id]


def test_every_unit_has_its_line_in_the_ledger(cast: Cast) -> None:
    made = [queries.about("unit", unit.id)[0].act.type for unit in cast.units.values()]

    assert made == ["unit.created.v1"] * len(UNITS)


def test_every_role_is_in_the_cast() -> None:
    assert {member.role for member in MEMBERS} == set(Role)

"""The cast: a small world of named places, units and people, the same in the tests, in the
documents and in the demo. Made through the acts, as everything is.

Communities, hospital, firms and people are invented. The codes of province, city, district
and street are those of the statistics bureau (2023); below the street they are invented.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final, NamedTuple

from django.contrib.auth.hashers import make_password

from tongzhou.actors.actions.appoint_person import appoint_person
from tongzhou.actors.actions.create_unit import create_unit
from tongzhou.actors.models import Post, Sector, Unit
from tongzhou.actors.vocabulary import Role
from tongzhou.kernel.ids import named_id
from tongzhou.places.actions.create_area import create_area
from tongzhou.places.models import Area, Level

#: Of all accounts of the cast; for the demo and the tests alone.
PASSWORD: Final = "same-boat-2020"  # noqa: S105 – known to everybody, on purpose
SOURCE: Final = "National Bureau of Statistics 2023; census 2020"


class Place(NamedTuple):
    """An area: parents stand before their children."""

    code: str
    name_zh: str
    name_en: str
    level: Level
    parent: str = ""
    population: int | None = None
    lon: float | None = None
    lat: float | None = None


class Organisation(NamedTuple):
    """A unit, by codes."""

    code: str
    name_zh: str
    name_en: str
    sector: Sector
    level: Level
    area: str
    parent: str = ""


class Member(NamedTuple):
    """A person of the cast and the post they hold."""

    username: str
    name_zh: str
    name_en: str
    role: Role
    unit: str


PLACES: Final = (
    Place("33", "浙江省", "Zhejiang", Level.PROVINCE, "", 64_567_588, 120.05, 29.11),
    Place("3301", "杭州市", "Hangzhou", Level.CITY, "33", 11_936_010, 119.48, 29.90),
    Place("330102", "上城区", "Shangcheng District", Level.DISTRICT, "3301"),
    Place("330106", "西湖区", "Xihu District", Level.DISTRICT, "3301"),
    Place("330106002", "北山街道", "Beishan Subdistrict", Level.STREET, "330106"),
    Place("330106002901", "宝石社区", "Baoshi Community", Level.COMMUNITY, "330106002"),
    Place("33010600290101", "第一网格", "Grid 1", Level.GRID, "330106002901"),
    Place("3303", "温州市", "Wenzhou", Level.CITY, "33", 9_572_903, 120.46, 27.89),
    Place("330302", "鹿城区", "Lucheng District", Level.DISTRICT, "3303"),
)

UNITS: Final = (
    Organisation("zj-command", "浙江省指挥部", "Zhejiang Command Headquarters",
                 Sector.GOVERNMENT, Level.PROVINCE, "33"),
    Organisation("zj-health", "浙江省卫生健康委员会", "Zhejiang Health Commission",
                 Sector.GOVERNMENT, Level.PROVINCE, "33", "zj-command"),
    Organisation("zj-cdc", "浙江省疾病预防控制中心", "Zhejiang CDC",
                 Sector.CDC, Level.PROVINCE, "33", "zj-health"),
    Organisation("hz-command", "杭州市指挥部", "Hangzhou Command Headquarters",
                 Sector.GOVERNMENT, Level.CITY, "3301", "zj-command"),
    Organisation("hz-health", "杭州市卫生健康委员会", "Hangzhou Health Commission",
                 Sector.GOVERNMENT, Level.CITY, "3301", "hz-command"),
    Organisation("hz-hospital", "杭州市第九医院", "Hangzhou No. 9 Hospital",
                 Sector.HOSPITAL, Level.CITY, "3301", "hz-health"),
    Organisation("xh-command", "西湖区指挥部", "Xihu District Command",
                 Sector.GOVERNMENT, Level.DISTRICT, "330106", "hz-command"),
    Organisation("beishan-street", "北山街道办事处", "Beishan Subdistrict Office",
                 Sector.GOVERNMENT, Level.STREET, "330106002", "xh-command"),
    Organisation("baoshi-community", "宝石社区居民委员会", "Baoshi Residents' Committee",
                 Sector.COMMUNITY, Level.COMMUNITY, "330106002901", "beishan-street"),
    Organisation("baoshi-property", "宝石物业服务有限公司", "Baoshi Property Management",
                 Sector.PROPERTY_FIRM, Level.COMMUNITY, "330106002901"),
    Organisation("baoshi-residents", "宝石社区居民小组", "Residents of Baoshi Community",
                 Sector.RESIDENTS_GROUP, Level.COMMUNITY, "330106002901"),
    Organisation("lvyuan-volunteers", "绿舟志愿服务队", "Green Boat Volunteers",
                 Sector.VOLUNTEER_TEAM, Level.DISTRICT, "330106"),
    Organisation("wz-command", "温州市指挥部", "Wenzhou Command Headquarters",
                 Sector.GOVERNMENT, Level.CITY, "3303", "zj-command"),
    Organisation("wz-trade", "瓯越商贸有限公司", "Ouyue Trading",
                 Sector.ENTERPRISE, Level.CITY, "3303"),
)  # fmt: skip

MEMBERS: Final = (
    Member("an", "安宁", "An Ning", Role.ADMINISTRATOR, "zj-command"),
    Member("shen", "沈澜", "Shen Lan", Role.COMMANDER, "zj-command"),
    Member("tang", "汤予", "Tang Yu", Role.DEPARTMENT_LIAISON, "zj-health"),
    Member("qiu", "裘敏", "Qiu Min", Role.EPIDEMIOLOGIST, "zj-cdc"),
    Member("lou", "楼岳", "Lou Yue", Role.COMMANDER, "hz-command"),
    Member("xia", "夏芷", "Xia Zhi", Role.DEPARTMENT_LIAISON, "hz-health"),
    Member("ruan", "阮青", "Ruan Qing", Role.HOSPITAL_LIAISON, "hz-hospital"),
    Member("ye", "叶舟", "Ye Zhou", Role.STREET_COORDINATOR, "beishan-street"),
    Member("mei", "梅可", "Mei Ke", Role.COMMUNITY_LEAD, "baoshi-community"),
    Member("ji", "季安", "Ji An", Role.GRID_WORKER, "baoshi-community"),
    Member("pan", "潘力", "Pan Li", Role.PROPERTY_MANAGER, "baoshi-property"),
    Member("chu", "褚晴", "Chu Qing", Role.VOLUNTEER_LEADER, "lvyuan-volunteers"),
    Member("he", "何远", "He Yuan", Role.COMMANDER, "wz-command"),
    Member("ou", "欧川", "Ou Chuan", Role.DEPARTMENT_LIAISON, "wz-trade"),
    Member("bai", "白露", "Bai Lu", Role.INFORMATION_OFFICER, "zj-command"),
    Member("gu", "顾言", "Gu Yan", Role.SUPERVISOR, "zj-command"),
    Member("ren", "任禾", "Ren He", Role.RESIDENT, "baoshi-residents"),
)


@dataclass(frozen=True)
class Cast:
    """Everybody and everything: ``cast.shen`` is a post, ``cast.units["zj-command"]``,
    ``cast.areas["3301"]``; ``second_post`` is the other post of ``ye``, at the district."""

    at: datetime
    areas: Mapping[str, Area]
    units: Mapping[str, Unit]
    posts: Mapping[str, Post]
    second_post: Post

    def __getattr__(self, username: str) -> Post:
        try:
            return self.posts[username]
        except KeyError:
            raise AttributeError(username) from None


@cache
def encoded_password() -> str:
    """The password of the cast, hashed once per process: the hash is slow by intent."""
    return make_password(PASSWORD)


def assemble(*, at: datetime) -> Cast:
    """Makes the whole cast at ``at``. The command line appoints the administrator, who makes
    everything else. Ids follow from the codes, so that they are the same in every run."""
    areas: dict[str, Area] = {}
    units: dict[str, Unit] = {}
    posts: dict[str, Post] = {}
    administrator: Post | None = None
    for place in PLACES:
        areas[place.code] = create_area(
            **(place._asdict() | {"parent": areas.get(place.parent)}),
            source=SOURCE,
            by=None,
            at=at,
            id=named_id("area", place.code),
        )
    for organisation in UNITS:
        units[organisation.code] = create_unit(
            **(
                organisation._asdict()
                | {
                    "area": areas[organisation.area],
                    "parent": units.get(organisation.parent),
                }
            ),
            by=administrator,
            at=at,
            id=named_id("unit", organisation.code),
        )
        for member in MEMBERS:
            if member.unit != organisation.code:
                continue
            posts[member.username] = _appoint(member, units, by=administrator, at=at)
            if member.role == Role.ADMINISTRATOR:
                administrator = posts[member.username]
    second = appoint_person(
        person=posts["ye"].person,
        unit=units["xh-command"],
        role=Role.DEPARTMENT_LIAISON,
        by=administrator,
        at=at,
        id=named_id("post", "ye", "xh-command"),
    )
    return Cast(at=at, areas=areas, units=units, posts=posts, second_post=second)


def _appoint(member: Member, units: Mapping[str, Unit], *, by: Post | None, at: datetime) -> Post:
    return appoint_person(
        username=member.username,
        name_zh=member.name_zh,
        name_en=member.name_en,
        encoded_password=encoded_password(),
        unit=units[member.unit],
        role=member.role,
        by=by,
        at=at,
        id=named_id("post", member.username, member.unit),
    )

"""Teams: who is in one, how large, how trained, what each does."""

from tongzhou.library.kinds.base import Body, Key, Text, kind, said


class Member(Body):
    """A role in the team."""

    key: Key = said("Key", "标识")
    title: Text = said("Role", "角色")
    count: int | None = said("How many", "人数", default=None, ge=1, le=10_000)
    does: Text | None = said("Does", "职责", default=None)


@kind("team", en="Team", zh="队伍")
class TeamBody(Body):
    """A team by its roles. ``span_min`` and ``span_max``: how many one leads."""

    purpose: Text = said("What for", "用途")
    sponsor: Text | None = said("Sponsored by", "组建单位", default=None)
    members: tuple[Member, ...] = said("Roles", "角色", min_length=1)
    span_min: int | None = said("Leads at least", "管理幅度下限", default=None, ge=1, le=50)
    span_max: int | None = said("Leads at most", "管理幅度上限", default=None, ge=1, le=50)
    training: tuple[Text, ...] = said("Training", "培训", default=())
    support: tuple[Text, ...] = said("What keeps it going", "保障", default=())
    problems: tuple[Text, ...] = said("Known problems", "已知问题", default=())

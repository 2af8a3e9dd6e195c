"""Joint mechanisms: who leads, how many members, which groups, how often they meet."""

from django.utils.translation import gettext_lazy as _
from pydantic import model_validator

from tongzhou.library.kinds.base import Body, Key, Length, Text, kind, said, unfit


class Group(Body):
    """A group and who chairs it."""

    key: Key = said("Key", "标识")
    title: Text = said("Group", "工作组")
    chair: Text = said("Chair", "牵头单位")
    does: Text | None = said("Does", "职责", default=None)


@kind("mechanism", en="Joint mechanism", zh="联防联控机制")
class MechanismBody(Body):
    """A mechanism. ``meets_every``: its rhythm while it stands."""

    lead: Text = said("Led by", "牵头单位")
    members: int | None = said("Members", "成员单位数", default=None, ge=2, le=500)
    groups: tuple[Group, ...] = said("Groups", "工作组", min_length=1)
    meets_every: Length | None = said("Meets every", "例会周期", default=None)
    escalates: Text | None = said("Goes up to", "提级协调", default=None)
    rules: tuple[Text, ...] = said("Rules", "规则", default=())

    @model_validator(mode="after")
    def _once_each(self) -> "MechanismBody":
        keys = [group.key for group in self.groups]
        if len(keys) != len(set(keys)):
            raise unfit("group-twice", _("Two groups have the same key."))
        return self

"""The duty card of somebody outside of government: what is asked, on whose authority, with
what supplies, at whose cost."""

from django.utils.translation import gettext_lazy as _
from pydantic import model_validator

from tongzhou.library.kinds.base import Body, Key, Length, Text, kind, said, unfit


class CardDuty(Body):
    """A duty. What is ``coercive`` needs a lawful order: the firm itself has no such power."""

    key: Key = said("Key", "标识")
    title: Text = said("Duty", "职责")
    coercive: bool = said("Needs a lawful order", "须有合法命令", default=False)
    authority: Text | None = said("On whose authority", "授权依据", default=None)
    supplies: Text | None = said("Supplies", "物资保障", default=None)

    @model_validator(mode="after")
    def _authorised(self) -> "CardDuty":
        if self.coercive and self.authority is None:
            raise unfit("duty-without-authority",
                        _("A duty that needs a lawful order must name the authority."))  # fmt: skip
        return self


@kind("duty_card", en="Duty card", zh="职责卡")
class DutyCardBody(Body):
    """A duty is never issued without authority and supplies."""

    holder: Text = said("Whose card", "持卡单位")
    legal: tuple[Text, ...] = said("Legal basis", "法律依据", min_length=1)
    duties: tuple[CardDuty, ...] = said("Duties", "职责", min_length=1)
    letter: Text = said("Letter of authority", "授权书")
    claim: Text = said("Cost claim", "费用申领")
    answered_within: Length | None = said("Claims answered within", "申领答复时限", default=None)
    meeting: Text | None = said("Joint meeting", "联席会议", default=None)
    limits: tuple[Text, ...] = said("Not its business", "不承担事项", default=())

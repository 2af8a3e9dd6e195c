"""What can stand in the ledger about units, posts and keys. Ids and codes only: names of
people stand beside the chain, where they can be removed."""

from tongzhou.ledger.types import declare

UNIT_CREATED = declare("unit.created.v1", en="{by} created a unit", zh="{by}新建单位")
UNIT_EDITED = declare("unit.edited.v1", en="{by} changed a unit", zh="{by}修改单位")
PERSON_INVITED = declare(
    "person.invited.v1", en="{by} invited somebody to a post", zh="{by}邀请人员任职"
)
INVITATION_WITHDRAWN = declare(
    "invitation.withdrawn.v1", en="{by} withdrew an invitation", zh="{by}撤回邀请"
)
POST_TAKEN_UP = declare(
    "post.taken_up.v1", en="Somebody took up a post at {by}", zh="{by}有人到岗任职"
)
POST_ENDED = declare("post.ended.v1", en="{by} ended a post", zh="{by}结束一项任职")
PERSON_DEACTIVATED = declare(
    "person.deactivated.v1", en="{by} deactivated an account", zh="{by}停用一个账号"
)
PERSON_PASSWORD_CHANGED = declare(
    "person.password_changed.v1", en="A password was changed at {by}", zh="{by}有人修改密码"
)
TOKEN_ISSUED = declare("token.issued.v1", en="{by} issued an API token", zh="{by}签发接口令牌")
TOKEN_REVOKED = declare("token.revoked.v1", en="{by} revoked an API token", zh="{by}吊销接口令牌")

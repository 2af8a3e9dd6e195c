"""What can stand in the ledger about the catalogue and about people as resources."""

from tongzhou.ledger.types import declare

CATALOGUE_LAID = declare(
    "catalogue.laid.v1",
    kind="decide",
    en="{by} took items of a template into the catalogue",
    zh="{by}将模板中的物资纳入目录",
)
ITEM_DECLARED = declare(
    "item.declared.v1", kind="decide", en="{by} added an item", zh="{by}新增一种物资"
)
ITEM_RENAMED = declare(
    "item.renamed.v1", kind="clarify", en="{by} renamed an item", zh="{by}更改物资名称"
)
ITEM_NAMED = declare(
    "item.named.v1", kind="clarify", en="{by} gave an item another name", zh="{by}登记物资别名"
)
ITEM_RETIRED = declare(
    "item.retired.v1", kind="decide", en="{by} retired an item", zh="{by}停用一种物资"
)
ITEMS_RELATED = declare(
    "item.related.v1",
    kind="decide",
    en="{by} allowed one item to stand for another",
    zh="{by}确认一种物资可替代另一种",
)
ITEMS_PARTED = declare(
    "item.parted.v1",
    kind="decide",
    en="{by} ended that one item stands for another",
    zh="{by}取消一种物资的替代关系",
)
RESOURCE_REGISTERED = declare(
    "resource.registered.v1",
    kind="share",
    en="{by} registered people or a team that others may ask for",
    zh="{by}登记可供调派的人员或队伍",
)
RESOURCE_ENDED = declare(
    "resource.ended.v1",
    kind="clarify",
    en="{by} noted that people or a team cannot be asked for any more",
    zh="{by}注销可供调派的人员或队伍",
)

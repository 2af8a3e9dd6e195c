"""What can stand in the ledger about stores and goods."""

from tongzhou.ledger.types import declare

SITE_OPENED = declare("site.opened.v1", kind="decide", en="{by} opened a store", zh="{by}设立库点")
SITE_CLOSED = declare("site.closed.v1", kind="decide", en="{by} closed a store", zh="{by}撤销库点")
MINIMUM_SET = declare(
    "site.minimum_set.v1",
    kind="decide",
    en="{by} set what a store should never have less of",
    zh="{by}设定库存下限",
)
STOCK_IMPORTED = declare(
    "site.imported.v1",
    kind="share",
    en="{by} took the opening stock of stores into the books",
    zh="{by}导入库点期初库存",
)
GOODS_RECEIVED = declare(
    "goods.received.v1", kind="transfer", en="{by} received goods", zh="{by}接收物资入库"
)
GOODS_ISSUED = declare(
    "goods.issued.v1",
    kind="transfer",
    en="{by} issued goods[ to {unit}]",
    zh="{by}发放物资[给{unit}]",
)
GOODS_MOVED = declare(
    "goods.moved.v1", kind="transfer", en="{by} moved goods between stores", zh="{by}移库"
)
GOODS_DISCARDED = declare(
    "goods.discarded.v1", kind="clarify", en="{by} discarded goods", zh="{by}报废物资"
)
GOODS_CONVERTED = declare(
    "goods.converted.v1",
    kind="clarify",
    en="{by} made or opened kits",
    zh="{by}组套或拆套",
)
GOODS_RESERVED = declare(
    "goods.reserved.v1", kind="pledge", en="{by} reserved goods", zh="{by}预留物资"
)
GOODS_RELEASED = declare(
    "goods.released.v1",
    kind="clarify",
    en="{by} released reserved goods",
    zh="{by}释放预留物资",
)
RESERVATION_LAPSED = declare(
    "goods.lapsed.v1",
    kind="clarify",
    en="A reservation ran out and the goods are free again",
    zh="预留到期，物资自动释放",
)
GOODS_TAKEN = declare(
    "goods.taken.v1",
    kind="transfer",
    en="{by} took reserved goods out of the store",
    zh="{by}提取预留物资出库",
)
COUNT_STARTED = declare(
    "count.started.v1", kind="supervise", en="{by} began to count a store", zh="{by}开始盘点"
)
COUNT_RECORDED = declare("count.recorded.v1", en="{by} counted", zh="{by}登记盘点数")
COUNT_CLOSED = declare(
    "count.closed.v1", kind="clarify", en="{by} closed a count", zh="{by}完成盘点"
)

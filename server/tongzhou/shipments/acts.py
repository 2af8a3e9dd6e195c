"""What can stand in the ledger about shipments. Quantities stand there as text, by line."""

from tongzhou.ledger.types import declare

SHIPMENT_PLANNED = declare(
    "shipment.planned.v1",
    kind="pledge",
    en="{by} planned a shipment from {giver} to {receiver}",
    zh="{by}计划从{giver}向{receiver}发运物资",
)
SHIPMENT_PICKED = declare(
    "shipment.picked.v1",
    en="{by} picked the goods of a shipment",
    zh="{by}完成发运物资拣货",
)
SHIPMENT_LOADED = declare(
    "shipment.loaded.v1",
    kind="transfer",
    en="{by} loaded a shipment; {carrier} carries it",
    zh="{by}完成装车，由{carrier}承运",
)
SHIPMENT_LEFT = declare(
    "shipment.left.v1",
    kind="transfer",
    en="A shipment from {giver} to {receiver} left with {carrier}",
    zh="{giver}发往{receiver}的物资已由{carrier}起运",
)
SHIPMENT_POSITION = declare(
    "shipment.position_reported.v1",
    kind="report",
    en="{by} said where a shipment is",
    zh="{by}报告发运物资所在位置",
)
SHIPMENT_ARRIVED = declare(
    "shipment.arrived.v1",
    kind="transfer",
    en="A shipment from {giver} arrived at {receiver}",
    zh="{giver}发运的物资已到达{receiver}",
)
SHIPMENT_RECEIVED = declare(
    "shipment.received.v1",
    kind="transfer",
    en="{by} received a shipment from {giver}",
    zh="{by}签收{giver}发运的物资",
)
SHIPMENT_DIFFERS = declare(
    "shipment.differed.v1",
    kind="report",
    en="{by} found a shipment not as it was loaded; {owner} explains it",
    zh="{by}发现到货与装车不符，由{owner}说明",
)
SHIPMENT_EXPLAINED = declare(
    "shipment.explained.v1",
    kind="answer",
    en="{by} explained a difference of a shipment",
    zh="{by}说明到货差异",
)
SHIPMENT_TURNED_BACK = declare(
    "shipment.turned_back.v1",
    kind="answer",
    en="{by} turned a shipment back to {giver}",
    zh="{by}将发运物资退回{giver}",
)
SHIPMENT_TAKEN_BACK = declare(
    "shipment.taken_back.v1",
    kind="transfer",
    en="{by} took a shipment back into its site",
    zh="{by}将退回物资收回入库",
)
SHIPMENT_LOST = declare(
    "shipment.lost.v1",
    kind="report",
    en="{by} reported a shipment lost; {owner} finds out what became of it",
    zh="{by}报告发运物资失联，由{owner}查明去向",
)
SHIPMENT_CANCELLED = declare(
    "shipment.cancelled.v1",
    kind="clarify",
    en="{by} cancelled a shipment before it left",
    zh="{by}在起运前取消发运",
)

"""What can stand in the ledger about money: sums and ids, never who gave."""

from tongzhou.ledger.types import declare

FUND_OPENED = declare(
    "fund.opened.v1", kind="decide", en="{by} opened a fund", zh="{by}设立一笔资金"
)
MONEY_RECEIVED = declare(
    "fund.received.v1",
    kind="transfer",
    en="{by} took in money[ from {giver}]",
    zh="{by}收到[{giver}拨付的]款项",
)
GIFT_PROMISED = declare(
    "gift.promised.v1",
    kind="pledge",
    en="A gift was promised to {keeper}",
    zh="有捐赠承诺给予{keeper}",
)
GIFT_RECEIVED = declare(
    "gift.received.v1", kind="transfer", en="{by} received a gift", zh="{by}收到捐赠"
)
GIFT_CANCELLED = declare(
    "gift.cancelled.v1",
    kind="clarify",
    en="{by} noted that a promised gift does not come",
    zh="{by}登记一笔承诺捐赠未能到位",
)
GIFT_USED = declare(
    "gift.used.v1",
    kind="transfer",
    en="{by} handed goods of a gift out to {receiver}",
    zh="{by}将捐赠物资发放给{receiver}",
)
TRANSFER_ASKED = declare(
    "transfer.asked.v1",
    kind="ask",
    en="{by} asked {keeper} to transfer money to another fund",
    zh="{by}申请由{keeper}划拨资金",
)
TRANSFER_DONE = declare(
    "transfer.done.v1",
    kind="transfer",
    en="{by} approved a transfer to a fund of {receiver}",
    zh="{by}批准向{receiver}划拨资金",
)
TRANSFER_REFUSED = declare(
    "transfer.refused.v1", kind="answer", en="{by} refused a transfer", zh="{by}未批准资金划拨"
)
TRANSFER_CANCELLED = declare(
    "transfer.cancelled.v1",
    kind="clarify",
    en="{by} took back a request for a transfer",
    zh="{by}撤回资金划拨申请",
)
SPENDING_ASKED = declare(
    "spending.asked.v1",
    kind="ask",
    en="{by} asked {keeper} for money",
    zh="{by}向{keeper}申请用款",
)
SPENDING_APPROVED = declare(
    "spending.approved.v1",
    kind="decide",
    en="{by} approved money for {asker}",
    zh="{by}批准{asker}的用款申请",
)
SPENDING_REFUSED = declare(
    "spending.refused.v1",
    kind="answer",
    en="{by} refused money to {asker}",
    zh="{by}未批准{asker}的用款申请",
)
SPENDING_CANCELLED = declare(
    "spending.cancelled.v1",
    kind="clarify",
    en="{by} cancelled a request for money",
    zh="{by}取消用款申请",
)
PAYMENT_MADE = declare(
    "payment.made.v1", kind="transfer", en="{by} paid {payee}", zh="{by}向{payee}支付款项"
)
RECEIPT_HANDED_IN = declare(
    "receipt.handed_in.v1",
    kind="report",
    en="{by} handed in the receipt of a payment",
    zh="{by}提交支付票据",
)
PAYMENT_RETURNED = declare(
    "payment.returned.v1",
    kind="transfer",
    en="{by} took back money from {payee}",
    zh="{by}收回{payee}退还的款项",
)
CLAIM_MADE = declare(
    "claim.made.v1",
    kind="ask",
    en="{by} claimed cost from {answerer}",
    zh="{by}向{answerer}申报费用",
)
CLAIM_ACCEPTED = declare(
    "claim.accepted.v1",
    kind="answer",
    en="{by} accepted cost claimed by {claimant}",
    zh="{by}认可{claimant}申报的费用",
)
CLAIM_REFUSED = declare(
    "claim.refused.v1",
    kind="answer",
    en="{by} refused cost claimed by {claimant}",
    zh="{by}未认可{claimant}申报的费用",
)
CLAIM_WITHDRAWN = declare(
    "claim.withdrawn.v1",
    kind="clarify",
    en="{by} withdrew a claim of cost",
    zh="{by}撤回费用申报",
)
CLAIM_PAID = declare(
    "claim.paid.v1",
    kind="transfer",
    en="{by} paid cost claimed by {claimant}",
    zh="{by}支付{claimant}申报的费用",
)
SPENDING_PLANNED = declare(
    "spending.planned.v1",
    kind="report",
    en="{by} planned spending",
    zh="{by}编制支出计划",
)
SPENDING_UNPLANNED = declare(
    "spending.unplanned.v1",
    kind="clarify",
    en="{by} dropped planned spending",
    zh="{by}取消支出计划",
)

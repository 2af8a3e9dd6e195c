"""What the clocks themselves put into the ledger: about the object whose limit it is. By
nobody, but for an extension."""

from tongzhou.ledger.types import declare

CLOCK_WARNED = declare(
    "clock.warned.v1",
    kind="supervise",
    en="A time limit is about to end; {with_units} was reminded",
    zh="时限即将到期，已提醒{with_units}",
)
CLOCK_MISSED = declare(
    "clock.missed.v1",
    kind="supervise",
    en="A time limit was missed; {with_units} was told",
    zh="已超过时限，已告知{with_units}",
)
CLOCK_ENDED = declare(
    "clock.ended.v1",
    kind="supervise",
    en="A term has ended; {with_units} was told",
    zh="期限已届满，已告知{with_units}",
)
CLOCK_ESCALATED = declare(
    "clock.escalated.v1",
    kind="supervise",
    en="Still nothing after the time limit: reported up the line to {with_units}",
    zh="超时仍未办结，已逐级上报{with_units}",
)
# News of a stop can come late, from a phone without network say.
CLOCK_CLEARED = declare(
    "clock.cleared.v1",
    kind="clarify",
    en="The time limit had been kept after all: word of it came late",
    zh="补报显示该时限并未超过，撤销超时记录",
)
CLOCK_EXTENDED = declare(
    "clock.extended.v1",
    kind="decide",
    en="{by} extended a time limit of {with_units}",
    zh="{by}延长{with_units}的时限",
)

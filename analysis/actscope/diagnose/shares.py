"""Measures that are shares of acts, of pairs or of cases."""

from collections.abc import Callable

import numpy as np

from actscope.codes import Codes
from actscope.counting import Mask
from actscope.definition import Definition
from actscope.diagnose.log import Log
from actscope.diagnose.measured import Measured, Worst, share_by_unit, share_of_things

Measure = Callable[[Log], Measured]

OWN = "By this project, after its table of claims."


def acts_share(
    log: Log, part: Mask, whole: Mask, definition: Definition, *, missing: Mask | None = None
) -> Measured:
    """The share of acts that are ``part`` among ``whole``, by acting unit."""
    known = whole & (log.by >= 0)
    lost = np.count_nonzero(whole & (log.by < 0))
    return share_by_unit(
        log.by_unit(part & known),
        log.by_unit(known),
        log.names,
        definition=definition,
        missing=int(lost) + (int(np.count_nonzero(missing)) if missing is not None else 0),
        seed=log.seed,
    )


def order_share(log: Log) -> Measured:
    """Acts on the footing of an order, among acts whose footing is known."""
    known = log.collaboration & log.filled("basis")
    return acts_share(
        log,
        log.holds("basis", "order") & known,
        known,
        Definition(
            "Acts by order ÷ acts whose basis is known.", "依命令行为数÷已知依据行为数。", OWN
        ),
        missing=log.collaboration & ~known,
    )


def joint_share(log: Log) -> Measured:
    """Acts in which two units or more take part, among all acts of collaboration."""
    rows, _ = log.pairs
    joint = np.zeros(len(log.by), np.bool_)
    joint[rows] = True
    return acts_share(
        log,
        joint & log.collaboration,
        log.collaboration,
        Definition(
            "Acts of two units or more ÷ all acts of collaboration.",
            "两个及以上单位参与的行为数÷全部协同行为数。",
            OWN,
        ),
    )


def social_share(log: Log) -> Measured:
    """Acts of units outside of government, among acts of units whose sector is known."""
    sector = np.append(log.social, np.int8(-1))[log.by]
    known = log.collaboration & (sector >= 0)
    return share_of_things(
        int(np.count_nonzero(known & (sector == 1))),
        int(np.count_nonzero(known)),
        missing=int(np.count_nonzero(log.collaboration & ~known)),
        definition=Definition(
            "Acts of units outside of government ÷ acts of units whose sector is known.",
            "政府以外单位的行为数÷已知部门类别单位的行为数。",
            OWN,
        ),
    )


def supervise_share(log: Log) -> Measured:
    """Acts of supervision among all acts of collaboration."""
    return _kind_share(log, "supervise", "Acts of supervision", "督办类行为数")


def deliberate_share(log: Log) -> Measured:
    """Acts of deliberation among all acts of collaboration."""
    return _kind_share(log, "deliberate", "Acts of deliberation", "协商类行为数")


def _kind_share(log: Log, kind: str, en: str, zh: str) -> Measured:
    definition = Definition(f"{en} ÷ all acts of collaboration.", f"{zh}÷全部协同行为数。", OWN)
    return acts_share(log, log.kind(kind), log.collaboration, definition)


def refused_share(log: Log) -> Measured:
    """Answers that refuse or return the work, among all answers."""
    answers = log.kind("answer")
    return acts_share(
        log,
        answers & log.holds("outcome", "refused", "returned"),
        answers,
        Definition("Refused or returned ÷ all answers.", "拒收或退回数÷全部答复数。", OWN),
    )


def answered_share(log: Log) -> Measured:
    """Cases in which something was asked and answered, among cases with an ask."""
    asked = _cases(log, log.kind("ask"))
    answered = np.intersect1d(asked, _cases(log, log.kind("answer")))
    return share_of_things(
        len(answered),
        len(asked),
        missing=int(np.count_nonzero(log.kind("ask") & (log.case < 0))),
        definition=Definition(
            "Cases with an answer ÷ cases in which something was asked.",
            "得到答复的事项数÷提出请求的事项数。",
            OWN,
        ),
    )


def blocked_case_share(log: Log) -> Measured:
    """Cases that were ever reported as blocked, among all cases."""
    blocked = _cases(log, log.holds("outcome", "blocked"))
    return share_of_things(
        len(blocked),
        len(_cases(log, log.collaboration)),
        definition=Definition(
            "Cases ever blocked ÷ all cases.", "曾报告受阻的事项数÷全部事项数。", OWN
        ),
    )


def returned_case_share(log: Log) -> Measured:
    """Cases in which a unit refused or returned the work, among all cases."""
    returned = _cases(log, log.kind("answer") & log.holds("outcome", "refused", "returned"))
    return share_of_things(
        len(returned),
        len(_cases(log, log.collaboration)),
        definition=Definition(
            "Cases in which work was refused or returned ÷ all cases.",
            "曾被拒收或退回的事项数÷全部事项数。",
            OWN,
        ),
    )


def redispatched_share(log: Log) -> Measured:
    """Cases that were dispatched more than once, among those dispatched."""
    times = np.bincount(log.case[log.kind("dispatch") & (log.case >= 0)])
    return share_of_things(
        int(np.count_nonzero(times > 1)),
        int(np.count_nonzero(times)),
        definition=Definition(
            "Cases dispatched more than once ÷ cases dispatched.",
            "派发一次以上的事项数÷已派发的事项数。",
            OWN,
        ),
    )


def silent_plan_share(log: Log) -> Measured:
    """Ties of the plan without any act in either direction, among the ties of the plan."""
    definition = Definition(
        "Planned ties without an act ÷ planned ties.",
        "未发生行为的预案协作关系数÷预案协作关系数。",
        "Plan fit: Kapucu & Demiroz 2011, Am. Rev. Public Adm. 41, 627–646 (planned and actual).",
    )
    if log.plan is None:
        return share_of_things(0, 0, definition=definition)
    rows, partners = log.pairs
    seen = rows[log.collaboration[rows]]
    met = {
        frozenset((log.names[a], log.names[b]))
        for a, b in set(
            zip(log.by[seen].tolist(), partners[log.collaboration[rows]].tolist(), strict=True)
        )
    }
    ends = zip(log.plan["source"].to_pylist(), log.plan["target"].to_pylist(), strict=True)
    planned = {frozenset(pair) for pair in ends if pair[0] != pair[1]}
    silent = sorted(" – ".join(sorted(pair)) for pair in planned - met)
    return share_of_things(
        len(silent),
        len(planned),
        definition=definition,
        cases=tuple(Worst(who=pair, value=1.0, n=1) for pair in silent),
    )


def one_way_share(log: Log) -> Measured:
    """Pairs of units of which only one tells the other something, among pairs that share."""
    rows, partners = log.pairs
    telling = log.kind("share", "report")[rows]
    size = max(len(log.names), 1)
    source, target = log.by[rows[telling]], partners[telling]
    ties = np.unique(source * size + target)
    source, target = np.divmod(ties, size)
    returned = np.isin(ties, target * size + source)
    pairs = int(np.count_nonzero(~returned) + np.count_nonzero(returned) // 2)
    return share_of_things(
        int(np.count_nonzero(~returned)),
        pairs,
        definition=Definition(
            "Pairs in which only one shares or reports ÷ pairs in which anybody does.",
            "仅单向共享或报告的单位对数÷存在共享或报告的单位对数。",
            OWN,
        ),
        cases=tuple(
            Worst(who=f"{log.names[a]} → {log.names[b]}", value=1.0, n=1)
            for a, b in zip(source[~returned].tolist(), target[~returned].tolist(), strict=True)
        ),
    )


def top_command_share(log: Log) -> Measured:
    """The part of one unit in all convening, deciding and dispatching."""
    acts = log.by_unit(log.kind("convene", "decide", "dispatch"))
    top = int(np.argmax(acts)) if len(acts) else 0
    most, total = (int(acts[top]), int(acts.sum())) if len(acts) else (0, 0)
    return share_of_things(
        most,
        total,
        cases=(Worst(who=log.names[top], value=most / total, n=total),) if total else (),
        definition=Definition(
            "The most acts of convening, deciding and dispatching of one unit ÷ all of them.",
            "单一单位召集、决策、派发行为的最大数÷该类行为总数。",
            "After Provan & Kenis 2008, J. Public Adm. Res. Theory 18, 229–252.",
        ),
    )


def _cases(log: Log, acts: Mask) -> Codes:
    return np.unique(log.case[acts & (log.case >= 0)])

"""The constructs of the theories as data: what each means, how a log measures it, what a log lacks
where it cannot, and what to ask people instead.

A measure is from 0 to 1, more being better, unless its formula says otherwise.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from actscope.definition import Definition
from actscope.dimensions import evidence as of
from actscope.dimensions.evidence import Evidence, Figure
from actscope.dimensions.mechanisms import plan_fit

SFIC_SOURCE = "Ansell & Gash 2008, JPART 18, 543–571."
EMERSON_SOURCE = "Emerson, Nabatchi & Balogh 2012, JPART 22, 1–29."
COMFORT_SOURCE = "Comfort 2007, Public Administration Review 67(s1), 189–197."
KAPUCU_SOURCE = "Kapucu 2005, International Public Management Journal 8, 33–48."
HOLISTIC_SOURCE = "Perri 6, Leat, Seltzer & Stoker 2002, Towards Holistic Governance."
RISK_SOURCE = "IRGC 2017, Introduction to the IRGC Risk Governance Framework."


class Theory(StrEnum):
    """Where a construct comes from."""

    SFIC = "sfic"
    EMERSON = "emerson"
    COMFORT = "comfort"
    HOLISTIC = "holistic"
    RISK = "risk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Construct:
    """``measure`` out of a log, ``None`` where no log carries it; ``needs``: what must be known to
    measure it, said where it is not; ``ask``: the survey item, ``None`` where theory gives none."""

    theory: Theory
    name: str
    definition: Definition
    needs: tuple[str, str]
    measure: Callable[[Evidence], Figure] | None = None
    ask: tuple[str, str] | None = None


def _planned(evidence: Evidence) -> Figure:
    drawn = plan_fit(evidence.view, evidence.resamples)
    plan = evidence.view.plan
    held = np.zeros((0, 2), np.int64) if plan is None else plan
    return Figure(drawn=drawn, n=len(held), units=len(np.unique(held)))


CONSTRUCTS = (
    Construct(
        theory=Theory.SFIC,
        name="power_balance",
        definition=Definition(
            en="1 − Gini of decisions over the organisations that took part (resources apart).",
            zh="1－各参与组织决策次数的基尼系数（未计资源）。",
            source=SFIC_SOURCE,
        ),
        measure=of.power_balance,
        needs=("acts that decide", "决策类行为"),
        ask=("Some partners can ignore others (reversed).", "有的伙伴可以无视其他伙伴（反向）。"),
    ),
    Construct(
        theory=Theory.SFIC,
        name="interdependence",
        definition=Definition(
            en="Cases on which at least two organisations acted ÷ cases.",
            zh="至少两个组织有行为的事项÷全部事项。",
            source=SFIC_SOURCE,
        ),
        measure=of.interdependence,
        needs=("acts about cases", "与事项相关联的行为"),
        ask=("We cannot reach our aims alone.", "仅凭我们自己无法达到目标。"),
    ),
    Construct(
        theory=Theory.SFIC,
        name="prehistory",
        definition=Definition(
            en="Kept less broken pledges of earlier incidents, older ones weighing less.",
            zh="以往事件中守诺与失诺之差，时间越久权重越低。",
            source=SFIC_SOURCE,
        ),
        needs=("pledges and disputes of earlier incidents", "以往事件的承诺与争议记录"),
        ask=("We worked well before.", "我们以往合作良好。"),
    ),
    Construct(
        theory=Theory.SFIC,
        name="institutional_design",
        definition=Definition(
            en="Acts under an agreement or a law ÷ acts with a stated basis.",
            zh="依协议或法律的行为÷注明依据的行为。",
            source=SFIC_SOURCE,
        ),
        measure=of.institutional_design,
        needs=("the basis of acts", "行为依据"),
        ask=("Rules are clear and open.", "规则清楚、公开。"),
    ),
    Construct(
        theory=Theory.SFIC,
        name="facilitative_leadership",
        definition=Definition(
            en="exp(−median hours from a blockage to its end ÷ 24).",
            zh="exp（−从受阻到恢复的中位小时数÷24）。",
            source=SFIC_SOURCE,
        ),
        measure=of.facilitation,
        needs=("acts that report a blockage and its end", "报告受阻与恢复的行为"),
        ask=("Someone helps us agree.", "有人帮助我们达成一致。"),
    ),
    Construct(
        theory=Theory.SFIC,
        name="dialogue",
        definition=Definition(
            en="Meetings (convene, deliberate) per organisation and week, at most 1, of any mode.",
            zh="每组织每周会商（召集、协商）次数，上限为 1；不区分会议形式。",
            source=SFIC_SOURCE,
        ),
        measure=of.dialogue,
        needs=("acts that convene or deliberate", "召集或协商类行为"),
    ),
    Construct(
        theory=Theory.SFIC,
        name="trust_building",
        definition=Definition(
            en="Requests answered by their date ÷ answered requests with a date.",
            zh="按期答复的请求÷有时限且已答复的请求。",
            source=SFIC_SOURCE,
        ),
        measure=of.kept_in_time,
        needs=("answered requests with a date", "有时限且已答复的请求"),
        ask=("Partners keep their word.", "伙伴信守诺言。"),
    ),
    Construct(
        theory=Theory.SFIC,
        name="commitment",
        definition=Definition(
            en="Attended ÷ invited, times 1 − dropout.",
            zh="（到会÷受邀）×（1−退出率）。",
            source=SFIC_SOURCE,
        ),
        needs=("invitations and attendance", "邀请与到会记录"),
        ask=("It is worth staying.", "值得留下来继续合作。"),
    ),
    Construct(
        theory=Theory.SFIC,
        name="shared_understanding",
        definition=Definition(
            en="Kendall's W of the rankings of priorities.",
            zh="各方优先级排序的 Kendall W 系数。",
            source=SFIC_SOURCE,
        ),
        needs=("rankings of priorities", "各方的优先级排序"),
        ask=("We see the problem alike.", "我们对问题的看法一致。"),
    ),
    Construct(
        theory=Theory.SFIC,
        name="intermediate_outcomes",
        definition=Definition(
            en="Requests that both sides confirmed within 72 hours ÷ requests.",
            zh="72 小时内双方确认的请求÷全部请求。",
            source=SFIC_SOURCE,
        ),
        measure=of.small_wins,
        needs=("acts that confirm a result", "确认办结的行为"),
    ),
    Construct(
        theory=Theory.EMERSON,
        name="drivers_leadership",
        definition=Definition(
            en="exp(−hours from the first act to the first meeting convened ÷ 24).",
            zh="exp（−从首个行为到首次召集会议的小时数÷24）。",
            source=EMERSON_SOURCE,
        ),
        measure=of.time_to_convene,
        needs=("acts that convene", "召集类行为"),
    ),
    Construct(
        theory=Theory.EMERSON,
        name="drivers_uncertainty",
        definition=Definition(
            en="Unverified claims ÷ claims.", zh="未核实信息÷全部信息。", source=EMERSON_SOURCE
        ),
        needs=("claims and whether they were verified", "信息及其核实状态"),
    ),
    Construct(
        theory=Theory.EMERSON,
        name="engagement_determination",
        definition=Definition(
            en="Decisions with an owner and a date ÷ decisions.",
            zh="有责任方和时限的决策÷全部决策。",
            source=EMERSON_SOURCE,
        ),
        measure=of.determination,
        needs=("acts that decide, and dates", "决策类行为及时限"),
    ),
    Construct(
        theory=Theory.EMERSON,
        name="engagement_deliberation",
        definition=Definition(
            en="Sessions with at least two options and dissent noted ÷ sessions.",
            zh="至少两个方案且记录异议的会商÷全部会商。",
            source=EMERSON_SOURCE,
        ),
        needs=("minutes with options and dissent", "载有方案与异议的会议记录"),
    ),
    Construct(
        theory=Theory.EMERSON,
        name="motivation_trust",
        definition=Definition(
            en="Ties that are returned ÷ ties.",
            zh="得到回应的联系÷全部联系。",
            source=EMERSON_SOURCE,
        ),
        measure=of.returned_ties,
        needs=("acts with partners", "有伙伴的行为"),
    ),
    Construct(
        theory=Theory.EMERSON,
        name="motivation_legitimacy",
        definition=Definition(
            en="Dispatches accepted ÷ dispatches.",
            zh="被接受的派办÷全部派办。",
            source=EMERSON_SOURCE,
        ),
        measure=of.legitimacy,
        needs=("dispatches about cases", "与事项相关联的派办"),
    ),
    Construct(
        theory=Theory.EMERSON,
        name="motivation_commitment",
        definition=Definition(
            en="Pledges kept ÷ pledges due.", zh="已兑现承诺÷到期承诺。", source=EMERSON_SOURCE
        ),
        needs=("what became of pledges", "承诺的兑现情况"),
        ask=("Partners keep their word.", "伙伴信守诺言。"),
    ),
    Construct(
        theory=Theory.EMERSON,
        name="capacity_procedures",
        definition=Definition(
            en="Duties with an owner, power and means ÷ duties.",
            zh="权责与保障齐备的职责÷全部职责。",
            source=EMERSON_SOURCE,
        ),
        needs=("a register of duties and powers", "权责清单"),
    ),
    Construct(
        theory=Theory.EMERSON,
        name="capacity_leadership",
        definition=Definition(
            en="Organisations that dispatch to 3 to 7 others ÷ organisations that dispatch.",
            zh="派办对象为 3～7 个的组织÷有派办的组织。",
            source=EMERSON_SOURCE,
        ),
        measure=of.span_of_control,
        needs=("dispatches about cases", "与事项相关联的派办"),
    ),
    Construct(
        theory=Theory.EMERSON,
        name="capacity_knowledge",
        definition=Definition(
            en="Questions answered ÷ questions asked.",
            zh="已答复询问÷全部询问。",
            source=EMERSON_SOURCE,
        ),
        measure=of.knowledge,
        needs=("questions about cases", "与事项相关联的询问"),
    ),
    Construct(
        theory=Theory.EMERSON,
        name="capacity_resources",
        definition=Definition(
            en="Needs met ÷ needs, by value.",
            zh="已满足需求÷全部需求（按价值）。",
            source=EMERSON_SOURCE,
        ),
        needs=("a table of needs and of what was delivered", "需求与交付表"),
    ),
    Construct(
        theory=Theory.EMERSON,
        name="dynamics",
        definition=Definition(
            en="Geometric mean of principled engagement, shared motivation and capacity.",
            zh="有原则参与、共同动机与联合行动能力的几何平均。",
            source=EMERSON_SOURCE,
        ),
        needs=(
            "all elements of the three; a log lacks some of each",
            "三者的全部要素；日志各缺其中若干项",
        ),
    ),
    Construct(
        theory=Theory.EMERSON,
        name="adaptation",
        definition=Definition(
            en="Lessons closed by a changed plan or template ÷ lessons.",
            zh="以预案或模板修订而关闭的教训÷全部教训。",
            source=EMERSON_SOURCE,
        ),
        needs=("a register of lessons", "经验教训清单"),
    ),
    Construct(
        theory=Theory.COMFORT,
        name="cognition",
        definition=Definition(
            en="exp(−hours from a signal to its assessment ÷ 24).",
            zh="exp（−从信号到研判的小时数÷24）。",
            source=COMFORT_SOURCE,
        ),
        needs=(
            "signals and when they were assessed, which the kinds of acts do not mark",
            "信号及其研判时间（行为类别未作区分）",
        ),
    ),
    Construct(
        theory=Theory.COMFORT,
        name="communication",
        definition=Definition(
            en=(
                "Listed organisations that a chain of acts, each after the one before, links to "
                "whoever acted first within 24 hours ÷ listed organisations."
            ),
            zh="24 小时内经时间先后相接的行为链可由首个行为方到达的名单组织÷名单组织。",
            source=COMFORT_SOURCE,
        ),
        measure=of.reached,
        needs=("acts, and a list of organisations", "行为与组织名单"),
    ),
    Construct(
        theory=Theory.COMFORT,
        name="coordination",
        definition=Definition(
            en="Closed cases of at least two organisations ÷ such cases.",
            zh="至少两个组织参与且已办结的事项÷此类事项。",
            source=COMFORT_SOURCE,
        ),
        measure=of.coordination,
        needs=("acts that close a case", "办结事项的行为"),
    ),
    Construct(
        theory=Theory.COMFORT,
        name="control",
        definition=Definition(
            en="Work reported as done in time ÷ work reported as done.",
            zh="按期完成的工作÷已报告完成的工作。",
            source=COMFORT_SOURCE,
        ),
        measure=of.in_time,
        needs=("outcomes “in_time” and “late”", "结果“in_time”与“late”"),
    ),
    Construct(
        theory=Theory.COMFORT,
        name="plan_fit",
        definition=Definition(
            en="Planned ties with an act ÷ planned or actual ties.",
            zh="有行为的计划联系÷计划或实际联系。",
            source=KAPUCU_SOURCE,
        ),
        measure=_planned,
        needs=("a table of planned ties", "计划联系表"),
    ),
    Construct(
        theory=Theory.HOLISTIC,
        name="hand_offs",
        definition=Definition(
            en="Changes of the acting organisation per case (a number; fewer is less fragmented).",
            zh="每事项办理组织更换次数（数值；越少越不碎片化）。",
            source=HOLISTIC_SOURCE,
        ),
        measure=of.hand_offs,
        needs=("acts about cases", "与事项相关联的行为"),
    ),
    Construct(
        theory=Theory.HOLISTIC,
        name="bounce_rate",
        definition=Definition(
            en="Requests passed back ÷ requests answered (less is better).",
            zh="被退回或拒收的请求÷已答复请求（越低越好）。",
            source=HOLISTIC_SOURCE,
        ),
        measure=of.bounced,
        needs=("answered requests, and outcomes", "已答复请求及其结果"),
    ),
    Construct(
        theory=Theory.HOLISTIC,
        name="fragmentation",
        definition=Definition(
            en="Mean of hand-offs, bounces, contacts and duplicate data requests, each min–max.",
            zh="移交、退回、接触次数与重复数据索取的均值（各自极差标准化）。",
            source=HOLISTIC_SOURCE,
        ),
        needs=(
            "contacts before solution, duplicate data requests, and other places to scale by",
            "解决前的接触次数、重复数据索取，以及用于标准化的其他地区",
        ),
    ),
    Construct(
        theory=Theory.HOLISTIC,
        name="integration_levels",
        definition=Definition(
            en="Closed cases that several levels took part in ÷ closed cases.",
            zh="多层级参与的办结事项÷办结事项。",
            source=HOLISTIC_SOURCE,
        ),
        measure=of.across_levels,
        needs=("acts that close a case, and levels", "办结行为及组织层级"),
    ),
    Construct(
        theory=Theory.HOLISTIC,
        name="integration_sectors",
        definition=Definition(
            en="Closed cases that several sectors took part in ÷ closed cases.",
            zh="多类部门参与的办结事项÷办结事项。",
            source=HOLISTIC_SOURCE,
        ),
        measure=of.across_sectors,
        needs=("acts that close a case, and sectors", "办结行为及组织类别"),
    ),
    Construct(
        theory=Theory.HOLISTIC,
        name="one_stop",
        definition=Definition(
            en="Closed cases with one organisation asked ÷ closed cases with a request.",
            zh="仅向一个组织提出请求的办结事项÷有请求的办结事项。",
            source=HOLISTIC_SOURCE,
        ),
        measure=of.one_stop,
        needs=("acts that close a case, and requests", "办结行为及请求"),
    ),
    Construct(
        theory=Theory.HOLISTIC,
        name="prevention",
        definition=Definition(
            en="Acts in the phases “prepare” and “watch” ÷ acts with a phase.",
            zh="“准备”与“监测”阶段的行为÷有阶段的行为。",
            source=HOLISTIC_SOURCE,
        ),
        measure=of.prevention,
        needs=("phases of acts", "行为所处阶段"),
    ),
    Construct(
        theory=Theory.HOLISTIC,
        name="outcome_orientation",
        definition=Definition(
            en="Decisions with an outcome ÷ decisions.",
            zh="有结果的决策÷全部决策。",
            source=HOLISTIC_SOURCE,
        ),
        measure=of.outcome_orientation,
        needs=("acts that decide, and outcomes", "决策类行为及其结果"),
    ),
    Construct(
        theory=Theory.RISK,
        name="framing",
        definition=Definition(
            en="Meetings of at least two sectors ÷ meetings.",
            zh="至少两类部门参加的会商÷全部会商。",
            source=RISK_SOURCE,
        ),
        measure=of.framing,
        needs=("meetings, and sectors", "会商行为及组织类别"),
    ),
    Construct(
        theory=Theory.RISK,
        name="concern_assessment",
        definition=Definition(
            en="Gap between the ranks that experts and the public give to topics.",
            zh="专家与公众对各议题排序之差。",
            source=RISK_SOURCE,
        ),
        needs=(
            "topics of hotline calls and rumours, and a ranking by experts",
            "热线与谣言的议题及专家排序",
        ),
    ),
    Construct(
        theory=Theory.RISK,
        name="characterisation",
        definition=Definition(
            en="Risks judged acceptable, tolerable or intolerable ÷ risks.",
            zh="已判定可接受、可容忍或不可容忍的风险÷全部风险。",
            source=RISK_SOURCE,
        ),
        needs=("a register of risks and judgements", "风险及其判定清单"),
    ),
    Construct(
        theory=Theory.RISK,
        name="management",
        definition=Definition(
            en="Measures with a stop rule ÷ measures.",
            zh="有终止规则的措施÷全部措施。",
            source=RISK_SOURCE,
        ),
        needs=("a register of measures with their stop rules", "载有终止规则的措施清单"),
    ),
    Construct(
        theory=Theory.RISK,
        name="communication",
        definition=Definition(
            en="Concerns answered ÷ concerns raised, by topic.",
            zh="各议题已回应关切÷全部关切。",
            source=RISK_SOURCE,
        ),
        needs=("concerns by topic and their answers", "分议题的关切及其回应"),
    ),
)

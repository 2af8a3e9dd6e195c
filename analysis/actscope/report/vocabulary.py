"""The Chinese of the words that stand in a log."""

KINDS = {
    "report": "报告",
    "share": "共享",
    "ask": "请求",
    "answer": "答复",
    "dispatch": "派发",
    "joint_action": "联合行动",
    "transfer": "物资调拨",
    "serve": "服务",
    "convene": "召集",
    "deliberate": "协商",
    "decide": "决定",
    "pledge": "承诺",
    "supervise": "督办",
    "clarify": "说明",
}
PHASES = {
    "prepare": "准备",
    "watch": "监测预警",
    "respond": "应急响应",
    "sustain": "常态防控",
    "recover": "恢复重建",
}
SECTORS = {
    "government": "政府",
    "party_body": "党组织",
    "cdc": "疾控中心",
    "hospital": "医院",
    "community": "社区",
    "property_firm": "物业企业",
    "social_organisation": "社会组织",
    "volunteer_team": "志愿队",
    "enterprise": "企业",
    "media": "媒体",
    "residents_group": "居民团体",
}
BOUNDARIES = {
    "department": ("departments", "部门之间"),
    "region": ("regions", "区域之间"),
    "level": ("levels", "层级之间"),
    "society": ("government and society", "政府与社会"),
}
PARTS_OF_GAPS = {
    "reach": ("reach", "触达"),
    "answer": ("answer", "答复"),
    "on_time": ("on time", "按时"),
    "closure": ("closure", "闭环"),
    "reciprocity": ("reciprocity", "互惠"),
}
MECHANISMS = {
    "actors": ("Actors act together", "主体协同"),
    "interests": ("Interests are balanced", "利益协调"),
    "information": ("Information flows", "信息共享"),
}
PARTS_OF_MECHANISMS = {
    "joint": ("acts of several sectors", "跨类别联合"),
    "taking_part": ("listed units taking part", "名录单位参与"),
    "reciprocity": ("reciprocity", "互惠"),
    "plan_fit": ("fit with the plan", "预案吻合"),
    "fair_burden": ("fair burden", "负担公平"),
    "exchange": ("exchange both ways", "双向交换"),
    "agreement": ("agreement, not order", "协商而非命令"),
    "reach": ("reach", "覆盖"),
    "acknowledged": ("acknowledged", "确认"),
    "answered": ("questions answered", "询问答复"),
}
ROLES = {
    "lead": ("lead", "牵头"),
    "broker": ("broker", "居间"),
    "executor": ("executor", "执行"),
    "supporter": ("supporter", "支持"),
    "member": ("member", "一般成员"),
    "observer": ("observer", "旁观"),
    "absent": ("absent", "缺席"),
}
HEADS = {
    "system_design": ("System design", "制度设计"),
    "coordination_capability": ("Coordination capability", "协调能力"),
    "social_trust": ("Social trust", "社会信任"),
}
VERDICTS = {
    "shown": ("shown", "成立"),
    "refuted": ("refuted", "不成立"),
    "open": ("open", "待定"),
    "not_measured": ("not measured", "无法测量"),
}


def kind(word: str, language: str) -> str:
    """A kind of act as people say it."""
    return KINDS.get(word, word) if language == "zh" else word.replace("_", " ")


def phase(word: str | None, language: str) -> str:
    """A phase as people say it; ``None`` is the whole."""
    if word is None:
        return "全程" if language == "zh" else "whole"
    return PHASES.get(word, word) if language == "zh" else word


def sector(word: str, language: str) -> str:
    """A sector as people say it."""
    return SECTORS.get(word, word) if language == "zh" else word.replace("_", " ")

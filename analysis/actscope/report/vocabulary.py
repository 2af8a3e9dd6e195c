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

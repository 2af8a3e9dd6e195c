"""What a table of acts is, and of actors, ties, cases and needs, whatever file they come in.

An *act* is one thing that one unit did, alone or with others, at one moment. The columns stand in
the order in which the platform's ledger exports them. This module needs nothing but the standard
library, so that a program may ask for the schema without paying for a reader.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "whole", "number", "time", "texts", "json"]

KINDS = (
    "report",
    "share",
    "ask",
    "answer",
    "dispatch",
    "joint_action",
    "transfer",
    "serve",
    "convene",
    "deliberate",
    "decide",
    "pledge",
    "supervise",
    "clarify",
)
"""The kinds of collaboration. An act whose kind is empty is not collaboration (somebody looked)."""

PHASES = ("prepare", "watch", "respond", "sustain", "recover")
"""The phases of an emergency in their usual order; an installation may configure others."""

BASES = ("order", "agreement", "voluntary", "law")
"""On what footing an act was done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: ``type`` is ``text``, ``whole`` (64-bit integer), ``number`` (a finite float),
    ``time`` (an instant, kept in microseconds UTC), ``texts`` (a list of text; joined by ``;`` in
    CSV) or ``json`` (text that holds a JSON object).

    ``required``: the column must be in the table. ``filled``: every row must hold a value.
    ``unique``: no value may come twice. ``words``: the values allowed; when ``open_words`` is set,
    another word is a warning and not an error. ``empty_words``: text that stands for nothing, such
    as ``NA`` in answers (never in identifiers, where it can be a name).
    """

    name: str
    type: Type
    en: str
    zh: str
    required: bool = False
    filled: bool = False
    unique: bool = False
    words: tuple[str, ...] = ()
    open_words: bool = False
    empty_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """A named, ordered list of columns."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """The names of the columns without which no analysis is possible."""
        return tuple(column.name for column in self.columns if column.required)

    def only(self, names: Iterable[str]) -> "Schema":
        """The same schema cut to ``names``; raises ``KeyError`` for a name it does not know."""
        wanted = set(names)
        if unknown := wanted - set(self.names):
            raise KeyError(", ".join(sorted(unknown)))
        return Schema(self.name, tuple(c for c in self.columns if c.name in wanted))


ACTS = Schema(
    "acts",
    (
        Column(
            name="position",
            type="whole",
            en="place in the ledger; breaks ties between acts of the same time",
            zh="在日志中的位置；同一时刻的行为按它排序",
            filled=True,
            unique=True,
        ),
        Column(
            name="id",
            type="text",
            en="identifier of the act",
            zh="行为编号",
            required=True,
            filled=True,
            unique=True,
        ),
        Column(
            name="type",
            type="text",
            en="what happened, dotted and versioned, e.g. task.dispatched.v1",
            zh="行为类型（带版本号），如 task.dispatched.v1",
        ),
        Column(
            name="at",
            type="time",
            en="when it happened",
            zh="发生时间",
            required=True,
            filled=True,
        ),
        Column(name="recorded_at", type="time", en="when it was written down", zh="记录时间"),
        Column(name="by_post", type="text", en="the post that acted", zh="行为岗位"),
        Column(name="by_unit", type="text", en="the unit that acted", zh="行为单位", required=True),
        Column(
            name="with_units",
            type="texts",
            en="the other units that took part or were addressed",
            zh="共同参与或被联系的其他单位",
            required=True,
        ),
        Column(
            name="kind",
            type="text",
            en="kind of collaboration; empty when the act is none",
            zh="协同类型；不属于协同的行为为空",
            required=True,
            words=KINDS,
        ),
        Column(name="incident", type="text", en="the incident it belongs to", zh="所属事件"),
        Column(
            name="phase",
            type="text",
            en="phase of the incident at that time",
            zh="当时所处阶段",
            words=PHASES,
            open_words=True,
        ),
        Column(
            name="area",
            type="text",
            en="code of the area; text, since a leading zero counts",
            zh="区域代码；按文本处理，保留前导零",
        ),
        Column(
            name="about_kind", type="text", en="kind of the case it is about", zh="所涉事项类别"
        ),
        Column(
            name="about_id", type="text", en="identifier of the case it is about", zh="所涉事项编号"
        ),
        Column(
            name="basis", type="text", en="on what footing it was done", zh="行为依据", words=BASES
        ),
        Column(name="asked_at", type="time", en="when it was asked for", zh="提出请求的时间"),
        Column(name="due_at", type="time", en="when it was due", zh="应完成时间"),
        Column(name="outcome", type="text", en="how it came out", zh="结果"),
        Column(name="evidence", type="text", en="what proves it", zh="佐证"),
        Column(name="visibility", type="text", en="who may see it", zh="可见范围"),
        Column(name="origin", type="text", en="the node that wrote it", zh="来源节点"),
        Column(
            name="data", type="json", en="further facts, a JSON object", zh="其他事实（JSON 对象）"
        ),
    ),
)
"""The table of acts. Required: id, at, by_unit, with_units, kind."""

ACTORS = Schema(
    "actors",
    (
        Column(
            name="unit",
            type="text",
            en="identifier of the unit, as in by_unit and with_units",
            zh="单位编号，与 by_unit、with_units 一致",
            required=True,
            filled=True,
            unique=True,
        ),
        Column(name="name_zh", type="text", en="name in Chinese", zh="中文名称"),
        Column(name="name_en", type="text", en="name in English", zh="英文名称"),
        Column(
            name="sector",
            type="text",
            en="government, society, market and so on",
            zh="所属部门类别",
        ),
        Column(name="level", type="text", en="level in the tree of areas", zh="所属层级"),
        Column(
            name="area",
            type="text",
            en="code of the area; text, since a leading zero counts",
            zh="区域代码；按文本处理，保留前导零",
        ),
    ),
)
"""The table of units that could have acted. Required: unit."""

TIES = Schema(
    "ties",
    (
        Column(
            name="source",
            type="text",
            en="the unit that the tie goes out from",
            zh="联系的发出单位",
            required=True,
            filled=True,
        ),
        Column(
            name="target",
            type="text",
            en="the unit that the tie goes to",
            zh="联系的接收单位",
            required=True,
            filled=True,
        ),
        Column(
            name="weight",
            type="number",
            en="strength of the tie; without the column each is 1",
            zh="联系强度；无此列时均为 1",
            filled=True,
        ),
        Column(name="phase", type="text", en="phase in which it was seen", zh="所处阶段"),
    ),
)
"""The table of ties. Required: source, target."""

CASES = Schema(
    "cases",
    (
        Column(
            name="case",
            type="text",
            en="identifier of the case",
            zh="事项编号",
            required=True,
            filled=True,
            unique=True,
        ),
        Column(
            name="opened_at",
            type="time",
            en="when it was opened",
            zh="立项时间",
            required=True,
            filled=True,
        ),
        Column(name="due_at", type="time", en="when it was due", zh="应完成时间"),
        Column(name="closed_at", type="time", en="when it was closed; empty: open", zh="办结时间"),
        Column(name="unit", type="text", en="the unit in charge", zh="主办单位"),
        Column(name="area", type="text", en="code of the area", zh="区域代码"),
    ),
)
"""The table of cases. Required: case, opened_at."""

NEEDS = Schema(
    "needs",
    (
        Column(
            name="id",
            type="text",
            en="the place that needs or has it",
            zh="需求方或供应方",
            required=True,
            filled=True,
        ),
        Column(name="item", type="text", en="what", zh="物资名称", required=True, filled=True),
        Column(
            name="quantity",
            type="number",
            en="how much, in the unit of the item",
            zh="数量",
            required=True,
            filled=True,
        ),
        Column(name="priority", type="number", en="weight; 1 if absent", zh="优先权重"),
        Column(name="expires_at", type="time", en="when it is of no more use", zh="失效时间"),
    ),
)
"""The table of needs, and of stock. Required: id, item, quantity."""

SCHEMAS = {schema.name: schema for schema in (ACTS, ACTORS, TIES, CASES, NEEDS)}

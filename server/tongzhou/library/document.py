"""A template as a file holds it: what it is, when and where it holds, how sure it is, and its
body."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import Field, HttpUrl, field_serializer, model_validator

from tongzhou.library.kinds.base import Body, Key, Text, said, unfit


class Force(models.TextChoices):
    """What a template rests on, from the strongest."""

    LAW = "law", _("law")
    REGULATION = "regulation", _("regulation")
    PLAN = "plan", _("official plan")
    NORM = "norm", _("technical norm")
    GUIDANCE = "guidance", _("guidance")
    PRACTICE = "practice", _("practice")


class Confidence(models.TextChoices):
    """How well a value is known."""

    OFFICIAL = "o", _("official source")
    MIRROR = "m", _("from a mirror or the press")
    FIELD = "k", _("field knowledge, not looked up")


#: Jurisdictions that are not areas: rules of everywhere, and of the two country profiles.
COMMON = "common"
PROFILES = ("cn", "int")
NATIONAL = (COMMON, *PROFILES)

ForceCode = Literal["law", "regulation", "plan", "norm", "guidance", "practice"]
ConfidenceCode = Literal["o", "m", "k"]


class Source(Body):
    """Where a template was taken from."""

    text: str = said("Source", "来源", min_length=1)
    url: HttpUrl | None = said("Address", "网址", default=None)

    @field_serializer("url")
    def _written(self, url: HttpUrl | None) -> str | None:
        return str(url) if url else None


class Document(Body):
    """Everything about a version of a template except who published it and why. ``body`` is
    still plain data here: its shape depends on the kind."""

    kind: Key = said("Kind", "类别")
    key: Key = said("Key", "标识")
    jurisdiction: str = said(
        "Jurisdiction (common, cn, int, or the code of an area)",
        "适用范围（common、cn、int 或区域代码）",
        pattern=r"^[A-Za-z0-9._-]{1,40}$",
    )
    version: int = said("Version of the shipped text", "随附文本版本", default=1, ge=1, le=9999)
    title: Text = said("Title", "标题")
    valid_from: date = said("In force from", "施行日期")
    valid_to: date | None = said("In force until", "失效日期", default=None)
    legal_force: ForceCode = said("Legal force", "效力")
    source: Source = said("Source", "来源")
    confidence: ConfidenceCode = said("Confidence", "可信度")
    #: Values that are known less well (or better) than the rest, by their path in the body.
    marks: dict[str, ConfidenceCode] = said(
        "Confidence of single values", "个别数值的可信度", default={}
    )
    body: dict[str, Any] = Field(default={}, title="Body", json_schema_extra={"title_zh": "正文"})

    @model_validator(mode="after")
    def _in_order(self) -> "Document":
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise unfit(
                "dates-reversed",
                _("The last day, %(last)s, lies before the first, %(first)s."),
                ("valid_to",),
                first=self.valid_from.isoformat(),
                last=self.valid_to.isoformat(),
            )
        return self


def missing_mark(marks: Mapping[str, str], body: Mapping[str, Any]) -> str | None:
    """The first path in ``marks`` that leads to nothing in the body."""
    for path in marks:
        found: Any = body
        for step in path.split("."):
            if isinstance(found, Mapping) and step in found:
                found = found[step]
            elif isinstance(found, list) and step.isdecimal() and int(step) < len(found):
                found = found[int(step)]
            else:
                return path
    return None

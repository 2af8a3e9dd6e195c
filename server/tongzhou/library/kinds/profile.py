"""A country profile: the words of a country for what the platform calls by one code."""

from django.utils.translation import gettext_lazy as _
from pydantic import model_validator

from tongzhou.library.kinds.base import Body, Key, Text, kind, said, unfit

GRADES = ("I", "II", "III", "IV")
PHASES = ("prepare", "watch", "respond", "sustain", "recover")


@kind("profile", en="Country profile", zh="国家方案")
class ProfileBody(Body):
    """The words of a country. Every level and every phase has one."""

    country: Text = said("Country or family of rules", "国家或规则体系")
    grades: dict[str, Text] = said("Response levels", "响应级别")
    phases: dict[str, Text] = said("Phases", "阶段")
    words: dict[Key, Text] = said("Other words", "其他用语", default={})

    @model_validator(mode="after")
    def _complete(self) -> "ProfileBody":
        for found, wanted in ((self.grades, GRADES), (self.phases, PHASES)):
            if tuple(found) != wanted:
                raise unfit(
                    "words-incomplete",
                    _("Exactly these are needed, in this order: %(wanted)s."),
                    wanted=", ".join(wanted),
                )
        return self

"""What the bodies of all kinds of templates are made of."""

import importlib
import pkgutil
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from typing import Annotated, Any, TypeVar

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic.json_schema import WithJsonSchema
from pydantic_core import PydanticCustomError

from tongzhou.kernel.errors import Sentence

#: No text in a template is longer: a template is read by people.
LONGEST_TEXT = 4000
_DURATION = re.compile(
    r"^(?P<sign>-?)P(?!$)(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?!$)(?:(?P<hours>\d{1,5})H)?(?:(?P<minutes>\d{1,6})M)?(?:(?P<seconds>\d{1,7})S)?)?$"
)


class Body(BaseModel):
    """The content of a template, or a part of it: typed, unchangeable, nothing unknown in it,
    no text without end."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        str_max_length=LONGEST_TEXT,
        allow_inf_nan=False,
    )


class Text(Body):
    """Words in both languages. ``str(text)`` is those of the active one."""

    zh: str = Field(min_length=1, title="Chinese", json_schema_extra={"title_zh": "中文"})
    en: str = Field(min_length=1, title="English", json_schema_extra={"title_zh": "英文"})

    @property
    def here(self) -> str:
        """The words in the active language."""
        return self.zh if (get_language() or "").startswith("zh") else self.en

    def __str__(self) -> str:
        return self.here


def unfit(
    code: str, sentence: Sentence, /, place: tuple[str | int, ...] = (), **places: object
) -> PydanticCustomError:
    """What a validator of a body raises: a stable code and a translatable sentence with named
    places, so that the reader of a broken file is told in the own language. ``place``: where
    in what was validated, when a validator of the whole finds something wrong in a part."""
    return PydanticCustomError(code, code, {"sentence": sentence, "place": place, **places})


def _read_length(value: object) -> timedelta:
    if isinstance(value, timedelta):
        found = value
    else:
        match = _DURATION.match(value) if isinstance(value, str) else None
        if match is None:
            raise unfit(
                "length-malformed",
                _("This is not a length of time. Write PT30M, PT2H, P7D or P2W."),
            )
        parts = {k: int(v) for k, v in match.groupdict().items() if k != "sign" and v}
        found = timedelta(**parts) * (-1 if match["sign"] else 1)
    if found <= timedelta(0):
        raise unfit("length-not-positive", _("A length of time must be longer than nothing."))
    return found


def iso_duration(length: timedelta) -> str:
    """The length as ISO 8601 writes it, in days, hours, minutes and seconds."""
    seconds = int(length.total_seconds())
    days, seconds = divmod(seconds, 86_400)
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    date = f"{days}D" if days else ""
    time = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    return f"P{date}" + (f"T{time}" if time else "")


#: A length of time, written as ISO 8601 does (PT30M, PT2H, P7D, P2W), longer than nothing.
#: Months and years are left out: they are not lengths.
Length = Annotated[
    timedelta,
    BeforeValidator(_read_length),
    PlainSerializer(iso_duration, return_type=str),
    WithJsonSchema({"type": "string", "format": "duration", "examples": ["PT2H", "P7D"]}),
]

#: A name by which others refer to something: small letters, digits, points, hyphens.
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[._-][a-z0-9]+)*$", max_length=80)]


def said(en: str, zh: str, **more: Any) -> Any:
    """A field with its name for readers, in both languages; ``more`` as pydantic's Field."""
    return Field(title=en, json_schema_extra={"title_zh": zh}, **more)


_BODIES: dict[str, type[Body]] = {}
_TITLES: dict[str, Text] = {}
B = TypeVar("B", bound=Body)


def kind(name: str, *, en: str = "", zh: str = "") -> Callable[[type[B]], type[B]]:
    """Declares the body of a kind of template, and what the kind is called.
    Raises ValueError when the kind is declared twice."""

    def declared(body: type[B]) -> type[B]:
        if name in _BODIES:
            raise ValueError(f"kind {name!r} is declared twice")
        plain = name.replace("_", " ")
        _BODIES[name] = body
        _TITLES[name] = Text(zh=zh or en or plain, en=en or plain)
        return body

    return declared


@cache
def bodies() -> Mapping[str, type[Body]]:
    """The body of every kind, by name."""
    package = importlib.import_module("tongzhou.library.kinds")
    for info in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{info.name}")
    return dict(sorted(_BODIES.items()))


def title_of(name: str) -> Text:
    """What the kind is called; its name where it is not known any more."""
    bodies()
    return _TITLES.get(name) or Text(zh=name, en=name)

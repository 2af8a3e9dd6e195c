"""Small marks inside a line: icons, badges, chips, times, figures."""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from tongzhou.kernel import clock
from tongzhou.ui import moments
from tongzhou.ui.components.escaping import esc
from tongzhou.ui.icons import ICONS
from tongzhou.ui.tones import TONES, tone_of

#: The drawing that stands for each sector of units.
SECTOR_ICONS = {
    "government": "building-bank",
    "party_body": "flag",
    "cdc": "flask",
    "hospital": "building-hospital",
    "community": "building-community",
    "property_firm": "building-skyscraper",
    "social_organisation": "heart-handshake",
    "volunteer_team": "users-group",
    "enterprise": "building-factory",
    "media": "news",
    "residents_group": "home",
}


class UnknownIconError(ValueError):
    """A template asks for an icon that the sprite does not hold (see ``ui/icons.py``)."""


class UnknownToneError(ValueError):
    """A template asks for a tone that the style sheet does not know (see ``ui/tones.py``)."""


@lru_cache(maxsize=1024)
def _drawing(name: str, size: str) -> SafeString:
    if name not in ICONS:
        raise UnknownIconError(name)
    return format_html(
        '<svg class="tz-icon{}" aria-hidden="true"><use href="{}#i-{}"></use></svg>',
        f" tz-icon-{size}" if size else "",
        static("ui/vendor/icons.svg"),
        name,
    )


def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """An icon of the sprite. With a label it speaks to screen readers, else it is hidden."""
    drawing = _drawing(str(name), size)
    if label:
        return format_html('{}<span class="visually-hidden">{}</span>', drawing, label)
    return drawing


def tone_class(tone: str) -> str:
    """The class of a tone; raises UnknownToneError, so that a typo does not end up colourless."""
    if tone not in TONES:
        raise UnknownToneError(tone)
    return f"tz-tone-{tone}"


def badge(value: object, label: object, tone: str = "", icon: str = "") -> SafeString:
    """A state in a word. The tone follows the value unless it is given."""
    mark = _drawing(icon, "sm") if icon else '<i class="tz-dot"></i>'
    css = tone_class(tone or tone_of(value))
    return SafeString(f'<span class="tz-badge {css}">{mark}{esc(label)}</span>')


def moment(at: datetime | None, style: str = "minute") -> SafeString:
    """A moment in local time; a dash for none."""
    if at is None:
        return dash()
    return _time(at, moments.local_text(at, style), "tz-time")


def when_ago(at: datetime | None, now: datetime | None = None) -> SafeString:
    """How long ago; the exact moment is in the title."""
    if at is None:
        return dash()
    return _time(at, moments.ago_text(at, now or clock.now()), "tz-time")


def due(at: datetime | None, now: datetime | None = None, done: bool = False) -> SafeString:
    """What is left until a due time; red with an icon once it has passed, quiet when done."""
    if at is None:
        return SafeString(f'<span class="tz-due tz-due-none">{esc(gettext("no due time"))}</span>')
    now = now or clock.now()
    if done:
        return _time(at, moments.local_text(at, "short", now), "tz-due tz-due-done")
    urgency = moments.urgency(at, now)
    mark = _drawing("clock-exclamation" if urgency == "overdue" else "clock", "sm")
    return _time(at, moments.due_text(at, now), f"tz-due tz-due-{urgency}", mark)


def _time(at: datetime, text: str, classes: str, mark: str = "") -> SafeString:
    iso = timezone.localtime(at).isoformat(timespec="seconds")
    return SafeString(
        f'<time class="{classes}" datetime="{iso}" title="{iso.replace("T", " ")}">'
        f"{mark}{esc(text)}</time>"
    )


def dash() -> SafeString:
    """What stands where nothing is known."""
    label = esc(gettext("not known"))
    return SafeString(f'<span class="tz-muted" role="img" aria-label="{label}">–</span>')


def duration(seconds: float | None) -> str:
    """A length of time in words; a dash for none."""
    return "–" if seconds is None else moments.duration_text(seconds)


def number(value: float | Decimal | None) -> str:
    """A figure with groups of three digits; a dash for none. An exact one keeps its decimals."""
    if value is None:
        return "–"
    if isinstance(value, Decimal):
        text = f"{value:,f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, float) and not value.is_integer():
        return f"{value:,.1f}"
    return f"{value:,.0f}"


def localised(thing: Any, stem: str = "name") -> str:
    """``name_zh`` or ``name_en`` of an object or mapping, by the active language; the other one
    where that is empty; the object's own text where it has neither."""
    chinese, english = _part(thing, f"{stem}_zh"), _part(thing, f"{stem}_en")
    in_chinese = (get_language() or "").startswith("zh")
    found = (chinese or english) if in_chinese else (english or chinese)
    if found or thing is None:
        return str(found or "")
    return str(thing)


#: A character of Chinese writing.
_HAN = re.compile(r"[\u3400-\u9fff]")


def in_own_language(text: object) -> SafeString:
    """A text that there is in one language only, such as a citation: marked for screen readers
    and fonts where that is not the reader's, and with a word that says so."""
    said, chinese = str(text), _HAN.search(str(text)) is not None
    if not said or chinese == (get_language() or "").startswith("zh"):
        return format_html("{}", said)
    if not chinese:
        return format_html('<span lang="en">{}</span>', said)
    return format_html(
        '<span lang="zh-Hans">{}</span> <span class="tz-muted">({})</span>',
        said,
        gettext("in Chinese"),
    )


def _part(thing: Any, name: str) -> Any:
    if isinstance(thing, Mapping):
        return thing.get(name, "")
    return getattr(thing, name, "")


def chip(label: object, url: str = "", icon: str = "", hint: object = "") -> SafeString:
    """A small named thing, with a link where it has a page."""
    mark = _drawing(icon, "sm") if icon else ""
    after = f'<span class="tz-chip-hint">{esc(hint)}</span>' if hint else ""
    return _chip(f"{mark}<span>{esc(label)}</span>{after}", url)


def _chip(inner: str, url: str) -> SafeString:
    if url:
        return SafeString(f'<a class="tz-chip" href="{esc(url)}">{inner}</a>')
    return SafeString(f'<span class="tz-chip">{inner}</span>')


def unit_chip(unit: Any, url: str = "") -> SafeString:
    """A unit with the icon of its sector; a dash for none."""
    if unit is None:
        return dash()
    drawing = SECTOR_ICONS.get(str(_part(unit, "sector")), "building")
    return chip(localised(unit), url=url, icon=drawing)


def person_chip(person: Any, url: str = "") -> SafeString:
    """A person with the first letter of the name; a dash for none."""
    if person is None:
        return dash()
    name = localised(person)
    inner = f'<i class="tz-initial" aria-hidden="true">{esc(name[:1])}</i><span>{esc(name)}</span>'
    return _chip(inner, url)


def progress(value: float, total: float, label: object = "", tone: str = "") -> SafeString:
    """How much of a total is reached, as a bar and in words."""
    share = 0 if total <= 0 else max(0, min(100, round(100 * value / total)))
    words = gettext("%(value)s of %(total)s") % {"value": number(value), "total": number(total)}
    return format_html(
        '<div class="tz-progress {}"><div class="tz-progress-bar" role="progressbar" '
        'aria-valuemin="0" aria-valuemax="100" aria-valuenow="{}" aria-valuetext="{}" '
        'aria-label="{}"><i style="width:{}%"></i></div>'
        '<span class="tz-progress-text">{}</span></div>',
        tone_class(tone or "teal"),
        share,
        words,
        label or gettext("Progress"),
        share,
        words,
    )


def copy_button(text: object, label: str = "") -> SafeString:
    """A button that puts the text on the clipboard and says so."""
    return format_html(
        '<button type="button" class="btn btn-sm btn-ghost-secondary tz-copy" data-copy="{}" '
        'data-done="{}">{}<span>{}</span></button>',
        text,
        gettext("Copied"),
        _drawing("copy", "sm"),
        label or gettext("Copy"),
    )

"""The guide for page builders, the style sheets and the scripts hold what they promise."""

import re
from pathlib import Path

import pytest

from tongzhou import ui
from tongzhou.ui.templatetags.ui import registered
from tongzhou.ui.tones import TONES

ROOM = Path(ui.__file__).parent
STATIC = ROOM / "static" / "ui"
GUIDE = Path(__file__).parents[4] / "docs" / "developers" / "ui.md"
#: Tags that only the shell itself uses.
INNER = {"navigation_links", "page_words"}


def styles() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.css")))


def test_every_tag_is_in_the_guide() -> None:
    guide = GUIDE.read_text(encoding="utf-8")

    missing = {name for name in registered() if not re.search(rf"[% |\\]{name}\b", guide)}
    assert missing <= INNER


def test_every_class_in_the_guide_has_a_style() -> None:
    classes = set(re.findall(r"`(tz-[a-z-]+)`", GUIDE.read_text(encoding="utf-8")))
    known = styles()

    assert classes
    assert {name for name in classes if f".{name}" not in known} == set()


@pytest.mark.parametrize("tone", TONES)
def test_every_tone_has_its_colours(tone: str) -> None:
    known = styles()

    assert f".tz-tone-{tone} " in known
    for token in (f"--tz-{tone}:", f"--tz-{tone}-soft:", f"--tz-{tone}-solid:"):
        assert token in known


def _luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _token(name: str) -> tuple[str, str]:
    """The colour of a token in the light and in the dark theme."""
    found = re.search(rf"--tz-{name}: light-dark\((#\w{{6}}), (#\w{{6}})\)", styles())
    assert found is not None, name
    return found.group(1), found.group(2)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *[(tone, f"{tone}-soft") for tone in TONES],
        *[(tone, "surface") for tone in TONES],
        ("ink", "ground"),
        ("ink", "surface"),
        ("muted", "ground"),
        ("muted", "surface"),
        ("muted", "sunken"),
        ("muted", "hover"),
        ("primary", "ground"),
        ("primary", "surface"),
        ("on-primary", "primary"),
        ("on-primary", "primary-strong"),
    ],
)
def test_text_can_be_read_in_both_themes(ink: str, ground: str) -> None:
    for theme in (0, 1):
        assert _contrast(_token(ink)[theme], _token(ground)[theme]) >= 4.5


@pytest.mark.parametrize("ground", ["ground", "surface"])
def test_borders_of_controls_and_dots_can_be_made_out(ground: str) -> None:
    for name in ("line-strong", *(f"{tone}-solid" for tone in TONES if tone != "yellow")):
        for theme in (0, 1):
            assert _contrast(_token(name)[theme], _token(ground)[theme]) >= 2.6


def test_no_script_evaluates_text_or_fetches_from_elsewhere() -> None:
    for path in STATIC.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\beval\(|new Function\(|innerHTML\s*=|https?://", text), path.name

"""What a site may change of the widget's look: twelve names, values of closed shapes, text that stays readable."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vectorstore.errors import UsageError

TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
PART_CONTRAST = 3.0  # WCAG 2.2, 1.4.11

DEFAULTS = {
    "accent": "#12564f",
    "on-accent": "#ffffff",
    "background": "#ffffff",
    "text": "#1d282c",
    "muted": "#536168",
    "border": "#7d8785",
    "link": "#12564f",
    "radius": "0.75rem",
    "font": "system-ui",
    "launcher-offset": "1.5rem",
    "panel-width": "26rem",
    "panel-height": "40rem",
}
COLOURS = ("accent", "on-accent", "background", "text", "muted", "border", "link")
LENGTHS = {  # the least and the most, in rem
    "radius": (0.0, 2.0),
    "launcher-offset": (0.0, 10.0),
    "panel-width": (18.0, 40.0),
    "panel-height": (20.0, 60.0),
}
FONTS = (
    "system-ui",
    "sans-serif",
    "serif",
    "Arial",
    "Calibri",
    "Cambria",
    "Georgia",
    "Helvetica",
    "Segoe UI",
    "Tahoma",
    "Times New Roman",
    "Trebuchet MS",
    "Verdana",
)
PAIRS = (
    ("text", "background", TEXT_CONTRAST),
    ("muted", "background", TEXT_CONTRAST),
    ("link", "background", TEXT_CONTRAST),
    ("on-accent", "accent", TEXT_CONTRAST),
    ("accent", "background", PART_CONTRAST),
    ("border", "background", PART_CONTRAST),
)
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
_LENGTH = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)(rem|px)")
_PX_PER_REM = 16


def theme(given: Mapping[str, str]) -> dict[str, str]:
    """The theme that `given` describes, in one spelling. Raises UsageError that names the value and the remedy.

    A pair of which only one colour is given is compared with the widget's own other colour.
    """
    unknown = sorted(set(given) - set(DEFAULTS))
    if unknown:
        raise UsageError(f"A theme has no {unknown[0]!r}.", f"Its names are: {', '.join(DEFAULTS)}.")
    made = {name: _value(name, given[name].strip()) for name in DEFAULTS if name in given}
    shown = DEFAULTS | made
    for front, back, least in PAIRS:
        if front not in made and back not in made:
            continue
        reached = contrast(shown[front], shown[back])
        if reached < least:
            raise UsageError(
                f"The theme's {front} {shown[front]} on {back} {shown[back]} has a contrast of {reached:.2f}:1.",
                f"At least {least:g}:1 is needed; choose a darker or a lighter colour.",
            )
    return made


def _value(name: str, text: str) -> str:
    if name in COLOURS:
        return _colour(name, text.lower())
    if name in LENGTHS:
        return _length(name, text.lower())
    for font in FONTS:
        if text.lower() == font.lower():
            return font
    raise UsageError(f"The theme's font {text[:40]!r} is not offered.", f"Choose one of: {', '.join(FONTS)}.")


def _colour(name: str, text: str) -> str:
    if not _HEX.fullmatch(text):
        raise UsageError(
            f"The theme's {name} {text[:40]!r} is no colour.", "Write it as #rrggbb, for example #12564f."
        )
    return text if len(text) == 7 else "#" + "".join(c * 2 for c in text[1:])


def _length(name: str, text: str) -> str:
    least, most = LENGTHS[name]
    found = _LENGTH.fullmatch(text)
    rem = float(found[1]) / (_PX_PER_REM if found[2] == "px" else 1) if found else -1.0
    if not least <= rem <= most:
        raise UsageError(
            f"The theme's {name} {text[:40]!r} cannot be.", f"Give {least:g}rem to {most:g}rem, or the same in px."
        )
    return text


def contrast(one: str, other: str) -> float:
    """The contrast of two colours of six digits, as WCAG 2.2 defines it: 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

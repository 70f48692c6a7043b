"""What a site may change of the widget's look: eleven names, values of closed shapes, text that stays readable."""

from __future__ import annotations

import re
from collections.abc import Mapping

from vectorstore.errors import UsageError

TEXT_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
PART_CONTRAST = 3.0  # WCAG 2.2, 1.4.11

DEFAULTS = {  # the widget's own, as in its style sheet
    "accent": "#12564f",
    "accent-text": "#ffffff",
    "surface": "#ffffff",
    "text": "#1b2529",
    "muted": "#4f5d63",
    "line": "#7d8785",
    "focus": "#9a6200",
}
LETTERS = ("font", "heading-font")
LENGTHS = {  # the least and the most, in rem
    "radius": (0.0, 2.0),
    "size": (0.75, 2.0),
}
NAMES = (*DEFAULTS, *LETTERS, *LENGTHS)
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
    ("text", "surface", TEXT_CONTRAST),
    ("muted", "surface", TEXT_CONTRAST),
    ("accent", "surface", TEXT_CONTRAST),
    ("accent-text", "accent", TEXT_CONTRAST),
    ("line", "surface", PART_CONTRAST),
    ("focus", "surface", PART_CONTRAST),
)
WASH = 0.08  # of the accent, in the tint that questions stand on
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
_LENGTH = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)(rem|em|px)")
_PX_PER_REM = 16


def theme(given: Mapping[str, str]) -> dict[str, str]:
    """The theme that `given` describes, in one spelling. Raises UsageError that names the value and the remedy.

    A pair of which only one colour is given is compared with the widget's own other colour.
    """
    unknown = sorted(set(given) - set(NAMES))
    if unknown:
        raise UsageError(f"A theme has no {unknown[0]!r}.", f"Its names are: {', '.join(NAMES)}.")
    made = {name: _value(name, given[name].strip()) for name in NAMES if name in given}
    if made.keys() & DEFAULTS.keys():
        _readable(DEFAULTS | made)
    return made


def _readable(shown: Mapping[str, str]) -> None:
    """Raise UsageError for the first pair of colours that cannot be told apart well enough."""
    wash = _mixed(shown["accent"], shown["surface"], WASH)
    for front, back, least in PAIRS:
        reached = plain = contrast(shown[front], shown[back])
        if back == "surface" and least == TEXT_CONTRAST:
            reached = min(reached, contrast(shown[front], wash))
        if reached < least:
            pair = f"{front} {shown[front]} on {back} {shown[back]}"
            tinted = f" ({reached:.2f}:1 with a touch of the accent)" if reached < plain else ""
            raise UsageError(
                f"The theme's {pair} has a contrast of {plain:.2f}:1{tinted}.",
                f"At least {least:g}:1 is needed; choose a darker or a lighter colour.",
            )


def _value(name: str, text: str) -> str:
    if name in DEFAULTS:
        return _colour(name, text.lower())
    if name in LENGTHS:
        return _length(name, text.lower())
    for font in FONTS:
        if text.lower() == font.lower():
            return font
    raise UsageError(f"The theme's {name} {text[:40]!r} is not offered.", f"Choose one of: {', '.join(FONTS)}.")


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
            f"The theme's {name} {text[:40]!r} cannot be.",
            f"Give {least:g}rem to {most:g}rem, or that in em or px.",
        )
    return text


def contrast(one: str, other: str) -> float:
    """The contrast of two colours of six digits, as WCAG 2.2 defines it: 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _mixed(one: str, other: str, part: float) -> str:
    """`part` of one colour in the other."""
    parts = ((int(one[n : n + 2], 16), int(other[n : n + 2], 16)) for n in (1, 3, 5))
    return "#" + "".join(f"{int(a * part + b * (1 - part) + 0.5):02x}" for a, b in parts)


def _luminance(colour: str) -> float:
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
